"""That a file was downloaded or a presentation looked at, and from accounts of which country; never by whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from sessions.models import Presentation, PresentationFile


class Download(models.Model):
    version = models.ForeignKey(
        PresentationFile, models.CASCADE, related_name="downloads", verbose_name=_("version")
    )
    country = CountryField(_("country of the account"), blank=True)
    created_at = models.DateTimeField(_("downloaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.version} {self.created_at:%Y-%m-%d}"


class ViewCount(models.Model):
    """How often a presentation was looked at on a day, by accounts of one country or without one."""

    presentation = models.ForeignKey(
        Presentation, models.CASCADE, related_name="view_counts", verbose_name=_("presentation")
    )
    day = models.DateField(_("day"))
    country = CountryField(_("country of the account"), blank=True)
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("views of a day")
        verbose_name_plural = _("views by day")
        ordering = ["-day", "presentation"]
        constraints = [
            models.UniqueConstraint(fields=["presentation", "day", "country"], name="views_once_for_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.presentation} {self.day}: {self.count}"
