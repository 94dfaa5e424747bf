"""That a file was downloaded, and when; never by whom or from where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models import PresentationFile


class Download(models.Model):
    version = models.ForeignKey(
        PresentationFile, models.CASCADE, related_name="downloads", verbose_name=_("version")
    )
    created_at = models.DateTimeField(_("downloaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.version} {self.created_at:%Y-%m-%d}"
