"""Where an edition takes place: its venues and their rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models.edition import Edition


class Venue(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="venues", verbose_name=_("edition"))
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    travel_note = models.TextField(_("how to get there"), blank=True, help_text=_("Markdown"))
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="venue_once_in_an_edition")]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    venue = models.ForeignKey(Venue, models.CASCADE, related_name="rooms", verbose_name=_("venue"))
    name = models.CharField(_("name"), max_length=120)
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["venue__position", "position", "name"]
        constraints = [models.UniqueConstraint(fields=["venue", "name"], name="room_once_in_a_venue")]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> Edition:
        return self.venue.edition
