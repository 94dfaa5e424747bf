"""The CRC-32 of a version's file: a ZIP says it before the file, so it is counted once and kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models import PresentationFile


class FileSum(models.Model):
    version = models.OneToOneField(
        PresentationFile,
        models.CASCADE,
        related_name="file_sum",
        primary_key=True,
        verbose_name=_("version"),
    )
    crc32 = models.PositiveBigIntegerField("CRC-32")
    size = models.PositiveBigIntegerField(_("size"))  # bytes that were counted

    class Meta:
        verbose_name = _("checksum of a file")
        verbose_name_plural = _("checksums of files")
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.crc32:08x}"
