"""Counts the states of what the public sees, so that a kept page is known to be old."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.models.edition import Edition


class ContentVersion(models.Model):
    """The state of one edition's pages; the row without an edition counts for all of them."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="content_version", null=True, verbose_name=_("edition")
    )
    number = models.PositiveBigIntegerField(_("number"), default=1)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content versions")

    def __str__(self) -> str:
        return f"{self.edition or _('all editions')}: {self.number}"
