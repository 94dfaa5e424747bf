"""A line through the programme of one edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from conference.models.edition import HUES


class Track(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="tracks", verbose_name=_("edition"))
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80)
    hue = models.PositiveSmallIntegerField(_("colour"), choices=HUES, default=255)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="track_once_in_an_edition")]

    def __str__(self) -> str:
        return self.name
