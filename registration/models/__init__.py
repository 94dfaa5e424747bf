"""Attendees: who has a place at an edition and in its workshops."""

from registration.models.booking import WorkshopBooking
from registration.models.calendar_feed import CalendarFeed
from registration.models.download import Download
from registration.models.place import Place, PlaceQuerySet
from registration.models.registration import Registration
from registration.models.registration_type import RegistrationType

__all__ = [
    "CalendarFeed",
    "Download",
    "Place",
    "PlaceQuerySet",
    "Registration",
    "RegistrationType",
    "WorkshopBooking",
]
