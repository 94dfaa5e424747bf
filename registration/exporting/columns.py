"""What may stand in a column, and what of a person is in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference.models import User
from conference.models.user import STAND_IN
from registration.models import Registration


@dataclass(frozen=True)
class Column:
    key: str
    words: Any  # lazy: the heading is in the language of whoever exports
    of: Callable[[Any], Any]
    is_need: bool = False  # only for those who may read needs
    is_usual: bool = True  # chosen until somebody chooses otherwise

    @property
    def heading(self) -> str:
        return capfirst(str(self.words))


def cell_of(value: Any) -> str:
    """The text of a cell; moments with their offset, on the clock that is active."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return str(value)


def email_of(user: User) -> str:
    """The address of a stand-in cannot exist, so nobody is given it."""
    return "" if user.email.endswith(STAND_IN) else user.email


def itself(row: Any) -> Registration:
    return row


def of_registration(row: Any) -> Registration:
    return row.registration


def person_columns(person: Callable[[Any], Any]) -> list[Column]:
    """Who it is: for every list of people, whatever its rows are."""
    return [
        Column("reference", _("reference"), lambda row: person(row).reference),
        Column("name", _("name"), lambda row: person(row).user.name),
        Column("email", _("email"), lambda row: email_of(person(row).user)),
        Column("organisation", _("organisation"), lambda row: person(row).organisation_words),
        Column("role", _("role"), lambda row: person(row).get_role_display()),
        Column("country", _("country"), lambda row: person(row).country.name),
        Column("country_code", _("country code"), lambda row: person(row).country.code, is_usual=False),
        Column("type", _("registration type"), lambda row: person(row).registration_type.name),
    ]


def need_columns(person: Callable[[Any], Registration]) -> list[Column]:
    return [
        Column("dietary_needs", _("dietary needs"), lambda row: person(row).dietary_needs, True, False),
        Column("access_needs", _("access needs"), lambda row: person(row).access_needs, True, False),
    ]


def registration_columns() -> list[Column]:
    """What else is known of a registration."""
    return [
        Column("status", _("status"), lambda row: row.get_status_display()),
        Column("queue_number", _("queue number"), lambda row: row.queue_number, is_usual=False),
        Column("registered_at", _("registered"), lambda row: row.created_at),
        Column("confirmed_at", _("confirmed"), lambda row: row.confirmed_at, is_usual=False),
        Column("cancelled_at", _("cancelled"), lambda row: row.cancelled_at, is_usual=False),
        Column("consent_at", _("consent given"), lambda row: row.consent_at, is_usual=False),
        Column("arrived_at", _("came through the door"), lambda row: row.arrived_at, is_usual=False),
        Column("badge_printed_at", _("badge printed"), lambda row: row.badge_printed_at, is_usual=False),
    ]
