"""Words that organisers put in the place of those of an automatic mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailText(models.Model):
    """In one language; without a row the mail has its original words."""

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
            models.UniqueConstraint(fields=["kind", "language"], name="one_text_of_a_mail_in_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"
