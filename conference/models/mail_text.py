"""Words that organisers put in the place of those of an automatic mail, for the whole site or for one edition."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models.edition import Edition


class MailText(models.Model):
    """In one language; those of the edition come first, then those of the site, then the original words."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="mail_texts", null=True, blank=True, verbose_name=_("edition")
    )
    kind = models.CharField(_("mail"), max_length=60)  # its name in conference/mail/register.py
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("text of an automatic mail")
        verbose_name_plural = _("texts of automatic mails")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"], condition=Q(edition=None), name="one_text_of_a_mail_on_the_site"
            ),
            models.UniqueConstraint(
                fields=["edition", "kind", "language"], condition=Q(edition__isnull=False),
                name="one_text_of_a_mail_in_an_edition",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"
