"""An address that belongs to a session: further reading, or a file that lies elsewhere."""

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.session import Session


class SessionLink(models.Model):
    class Kind(models.TextChoices):
        LINK = "link", _("link")
        ATTACHMENT = "attachment", _("file elsewhere")

    session = models.ForeignKey(Session, models.CASCADE, related_name="links", verbose_name=_("session"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.LINK)
    title = models.CharField(_("title"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=2000, validators=[URLValidator(["http", "https"])])
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("link of a session")
        verbose_name_plural = _("links of a session")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or self.url
