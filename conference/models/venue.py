"""Where an edition takes place: its venues and their rooms."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
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
    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    venue = models.ForeignKey(Venue, models.CASCADE, related_name="rooms", verbose_name=_("venue"))
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, help_text=_("For the screen at its door."))
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("How to find it, what is there.")
    )
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["venue__position", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["venue", "name"], name="room_once_in_a_venue"),
            models.UniqueConstraint(fields=["venue", "slug"], name="room_address_once_in_a_venue"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> Edition:
        return self.venue.edition

    def clean(self) -> None:
        if not self.venue_id or not self.slug:
            return
        others = Room.objects.filter(venue__edition=self.venue.edition_id, slug=self.slug).exclude(pk=self.pk)
        if others.exists():
            errors: dict[str, Any] = {"slug": _("Another room of this edition has that address.")}
            raise ValidationError(errors)
