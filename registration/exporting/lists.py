"""The lists there are: of whom, with which columns, and for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from conference.models import Edition, User
from registration.exporting.badges import badge_columns
from registration.exporting.columns import (
    Column,
    itself,
    need_columns,
    of_registration,
    person_columns,
    registration_columns,
)
from registration.exporting.counts import COUNTED_NEEDS, COUNTED_PRESENCE, counted_needs, counted_presence
from registration.exporting.people import (
    BOOKING,
    CERTIFICATE,
    GROUP,
    PRESENCE,
    group_places,
    invoice_columns,
    invoices,
    issued,
    participants,
    presences,
    split_sessions,
    visited_sessions,
    workshops_of,
)
from registration.exporting.wishes import Wish
from registration.models import CheckIn, Registration

Rows = QuerySet | list
Status = Registration.Status
ALL = tuple(Status.values)
PLACED = (Status.CONFIRMED.value,)
RELATED = ("user", "registration_type", "organisation")


@dataclass(frozen=True)
class Listing:
    key: str
    words: Any
    about: Any
    columns: Callable[[Edition], list[Column]]
    rows: Callable[[Edition, Wish, User], Rows]
    person: Callable[[Any], Registration] | None = itself  # None: rows that are nobody's
    has_answers: bool = False
    statuses: tuple[str, ...] = PLACED  # chosen until somebody chooses otherwise
    sessions: Callable[[Edition], QuerySet] | None = None
    permissions: tuple[str, ...] = ()  # beside that to export


def registrations(edition: Edition, wish: Wish, by: User) -> QuerySet:
    door = CheckIn.objects.standing().at_the_door().filter(registration=OuterRef("pk"))
    rows = wish.chosen(edition).select_related(*RELATED).order_by("created_at", "pk")
    return rows.annotate(arrived_at=Subquery(door.values("at")[:1]))


def people_columns(own: list[Column]) -> Callable[[Edition], list[Column]]:
    """The columns of the list itself, then who it is, then needs."""
    columns = [*own, *person_columns(of_registration), *need_columns(of_registration)]
    return lambda edition: columns


def only(columns: list[Column]) -> Callable[[Edition], list[Column]]:
    return lambda edition: columns


LISTINGS = {
    one.key: one
    for one in [
        Listing(
            "registrations", _("Registrations"), _("One line for each person."),
            only([*person_columns(itself), *registration_columns(), *need_columns(itself)]),
            registrations, has_answers=True, statuses=ALL[:3],
        ),
        Listing(
            "workshops", _("Participants per workshop"),
            _("One line for each person in each workshop; the status is that of the booking."),
            people_columns(BOOKING), participants, of_registration, True, ("confirmed", "waiting"), workshops_of,
        ),
        Listing(
            "groups", _("Participants per group"), _("One line for each person in a group of a session."),
            people_columns(GROUP), group_places, of_registration, True, PLACED, split_sessions,
        ),
        Listing(
            "needs", _("Dietary needs and choices, counted"),
            _("How many need or chose what, and no names: for the kitchen."),
            only(COUNTED_NEEDS), counted_needs, None, permissions=("registration.view_needs",),
        ),
        Listing(
            "badges", _("Names for badges"),
            _("For a printer outside. Who speaks without a registration is not in it, and no code of a ticket."),
            badge_columns, registrations,
        ),
        Listing(
            "presence", _("Presence"), _("One line for each person at the door and in each session."),
            people_columns(PRESENCE), presences, of_registration, sessions=visited_sessions,
        ),
        Listing(
            "presence_counts", _("Presence, counted"), _("How many were in each session and in each hour."),
            only(COUNTED_PRESENCE), counted_presence, None,
        ),
        Listing(
            "certificates", _("Certificates"), _("One line for each certificate, also revoked ones."),
            people_columns(CERTIFICATE), issued, of_registration, statuses=ALL,
        ),
        Listing(
            "invoices", _("Invoice requests"), _("One line for each invoice that was asked for."),
            only(invoice_columns()), invoices, of_registration, statuses=ALL,
            permissions=("registration.change_invoicerequest",),
        ),
    ]
}  # fmt: skip


def lists_for(user: User) -> dict[str, Listing]:
    """What this person may export."""
    if not user.is_active or not user.has_perm("registration.export_registration"):
        return {}
    return {key: one for key, one in LISTINGS.items() if user.has_perms(one.permissions)}
