"""People in workshops, groups and sessions, with certificates and with invoices: one line for each."""

from dataclasses import replace

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from conference.models import Edition, User
from registration.exporting.columns import Column, email_of, of_registration, person_columns
from registration.exporting.wishes import Wish
from registration.models import Certificate, CheckIn, GroupPlace, InvoiceRequest, WorkshopBooking
from sessions.models import Session, Slot, Workshop

RELATED = tuple(f"registration__{name}" for name in ("user", "registration_type", "organisation"))

BOOKING = [
    Column("number", _("number"), lambda row: row.workshop.number),
    Column("workshop", _("workshop"), lambda row: row.workshop.title),
    Column("starts_at", _("starts"), lambda row: row.starts_at, is_usual=False),
    Column("status", _("status"), lambda row: row.get_status_display()),
    Column("queue_number", _("queue number"), lambda row: row.queue_number, is_usual=False),
    Column("booked_at", _("booked"), lambda row: row.created_at, is_usual=False),
]
GROUP = [
    Column("session", _("session"), lambda row: row.plan.session.title),
    Column("group", _("group"), lambda row: row.group.name),
    Column("room", _("room"), lambda row: row.group.room and row.group.room.name),
    Column("language", _("language"), lambda row: row.group.language),
]
PRESENCE = [
    Column("session", _("session"), lambda row: row.session.title if row.session else str(_("at the door"))),
    Column("starts_at", _("starts"), lambda row: row.starts_at),
    Column("at", _("when"), lambda row: row.at),
    Column("way", _("how"), lambda row: row.get_way_display(), is_usual=False),
]
CERTIFICATE = [
    Column("number", _("number"), str),
    Column("certified_name", _("name on the certificate"), lambda row: row.name),
    Column("hours", _("hours"), lambda row: row.hours),
    Column("language", _("language"), lambda row: row.language),
    Column("issued_at", _("issued"), lambda row: row.issued_at),
    Column("revoked_at", _("revoked"), lambda row: row.revoked_at),
    Column("revoke_reason", _("why it was revoked"), lambda row: row.revoke_reason, is_usual=False),
]
INVOICE = [
    Column("invoice_status", _("status"), lambda row: row.get_status_display()),
    Column("amount", _("amount"), lambda row: row.amount),
    Column("currency", _("currency"), lambda row: row.currency),
    Column("billing_name", _("name on the invoice"), lambda row: row.billing_name),
    Column("billing_address", _("address"), lambda row: row.billing_address),
    Column("vat_number", _("VAT number"), lambda row: row.vat_number),
    Column("order_number", _("order number"), lambda row: row.order_number),
    Column("billing_email", _("send the invoice to"), lambda row: row.billing_email),
    Column("requested_at", _("requested"), lambda row: row.created_at),
    Column("sent_at", _("invoice sent"), lambda row: row.sent_at),
    Column("paid_at", _("paid"), lambda row: row.paid_at),
]


def invoice_columns() -> list[Column]:
    """Whose invoice it is: whoever asked for it, who may have handed the registration on since.

    What is known of the person who has it now says nothing of the invoice then, and stays out.
    """
    asker = [
        Column("name", _("name"), lambda row: row.asked_by.name),
        Column("email", _("email"), lambda row: email_of(row.asked_by)),
    ]
    known = {column.key: column for column in person_columns(of_registration)}
    others = [only_theirs(known[key]) for key in ("organisation", "role", "country", "country_code")]
    return [*INVOICE, known["reference"], *asker, *others, known["type"]]


def only_theirs(column: Column) -> Column:
    return replace(column, of=lambda row: "" if row.kept_by_id else column.of(row))


def participants(edition: Edition, wish: Wish, by: User) -> QuerySet:
    rows: QuerySet = WorkshopBooking.objects.filter(registration__edition=edition, status__in=wish.statuses)
    rows = of_session(wish.of_people(rows, "registration__"), wish, "workshop")
    rows = rows.select_related("workshop", *RELATED).annotate(starts_at=begin_of("workshop"))
    return rows.order_by("workshop__number", "workshop", "status", "queue_number", "pk")


def group_places(edition: Edition, wish: Wish, by: User) -> QuerySet:
    rows = GroupPlace.objects.filter(registration__in=wish.chosen(edition))
    rows = of_session(rows, wish, "plan__session").select_related("plan__session", "group__room", *RELATED)
    return rows.order_by("plan", "group__position", "group", "registration__user__name", "pk")


def presences(edition: Edition, wish: Wish, by: User) -> QuerySet:
    rows: QuerySet = CheckIn.objects.standing().filter(registration__in=wish.chosen(edition))
    rows = of_session(rows, wish, "session").select_related("session", *RELATED)
    return rows.annotate(starts_at=begin_of("session")).order_by("session", "at", "pk")


def issued(edition: Edition, wish: Wish, by: User) -> QuerySet:
    rows = Certificate.objects.filter(edition=edition, registration__in=wish.chosen(edition))
    return rows.select_related("edition", *RELATED).order_by("number")


def invoices(edition: Edition, wish: Wish, by: User) -> QuerySet:
    rows = InvoiceRequest.objects.filter(registration__in=wish.chosen(edition))
    return rows.select_related("kept_by", *RELATED).order_by("created_at", "pk")


# --- Of one session ---------------------------------------------------------------------------------------------


def of_session(rows: QuerySet, wish: Wish, path: str) -> QuerySet:
    return rows.filter(**{path: wish.session}) if wish.session else rows


def begin_of(path: str) -> Subquery:
    """When the session begins by the released timetable."""
    slots = Slot.objects.released().filter(session=OuterRef(path), starts_at__isnull=False)
    return Subquery(slots.order_by("starts_at").values("starts_at")[:1])


def workshops_of(edition: Edition) -> QuerySet:
    return Workshop.objects.filter(edition=edition, bookings__isnull=False).distinct().in_order()


def split_sessions(edition: Edition) -> QuerySet:
    return Session.objects.filter(edition=edition, group_plan__isnull=False).in_order()


def visited_sessions(edition: Edition) -> QuerySet:
    return Session.objects.filter(edition=edition, check_ins__isnull=False).distinct().in_order()
