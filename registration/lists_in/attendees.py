"""Attendees from a sheet: each gets a place or waits, in the order of the sheet, and confirms it by a link.

A place belongs to nobody until its person takes it over: consent and answers are their own. They are found again by
their address among accounts and open links, so the same sheet makes nothing twice.
"""

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from conference import clock
from conference.mail.batches import one_batch
from conference.models import Edition, User
from registration.claims import mails as claim_mails
from registration.models import Claim, Registration, RegistrationType
from registration.services.claims import TOKEN_BYTES, VALID_FOR, hash_of
from registration.services.place_log import Reason, note
from registration.services.waiting_list import counted, fill, free_places, lock_types
from sessions.lists_in.planning import NEW, SAME, Line, ListIn, Plan, Table, checked
from sessions.lists_in.taking_in import KINDS

WITHOUT_MAIL_FOR = timedelta(days=365)
WAIT, REFUSE = "wait", "refuse"
Status = Registration.Status


class Choices(forms.Form):
    kind = forms.ModelChoiceField(RegistrationType.objects.none(), label=gettext_lazy("Registration type"))
    when_full = forms.ChoiceField(
        label=gettext_lazy("When it is full"),
        choices=[
            (WAIT, gettext_lazy("the others go to the waiting list")),
            (REFUSE, gettext_lazy("nobody comes in")),
        ],
    )
    invite = forms.BooleanField(
        label=gettext_lazy("Send each a mail with a link to confirm"),
        required=False,
        help_text=gettext_lazy("Without it nobody hears of it; the places are kept."),
    )

    def __init__(self, data: Any = None, *, edition: Edition) -> None:
        super().__init__(data)
        kinds = edition.registration_types.all()
        field: Any = self.fields["kind"]
        field.queryset, field.initial = kinds, kinds.first()


def plan_attendees(edition: Edition, table: Table, chosen: Mapping[str, Any]) -> Plan:
    plan, there = Plan(), addresses_in(edition)
    for number, values in checked(table, plan):
        role = role_of(values.get("role", ""))
        if role is None:
            words = _("“%(text)s” is no role.") % {"text": values["role"][:60]}
            plan.wrong(number, table.heading("role"), words)
            continue
        words = f"{values['name']} <{values['email']}>"
        if values["email"] in there:
            plan.lines.append(Line(number, words, SAME))
        else:
            plan.lines.append(Line(number, words, NEW, None, {**values, "role": role}))
    say_places(plan, chosen["kind"], chosen["when_full"], len(plan.of(NEW)))
    if chosen["invite"]:
        count = len(plan.of(NEW))
        plan.notes.append(ngettext("%(count)s mail will be sent.", "%(count)s mails will be sent.", count) % {"count": count})  # fmt: skip
    else:
        plan.notes.append(_("No mail will be sent."))
    return plan


def addresses_in(edition: Edition) -> set[str]:
    """Of everybody who has a place there or waits, or for whom one is kept."""
    rows = Registration.objects.active().filter(edition=edition)
    kept = Claim.objects.filter(registration__in=rows, withdrawn_at=None)
    found = [*rows.values_list("user__email", flat=True), *kept.values_list("email", flat=True)]
    return {email.lower() for email in found}


def role_of(words: str) -> str | None:
    """By its key or its name in the language of whoever reads; empty is "other"."""
    if not words:
        return Registration.Role.OTHER
    wanted = words.casefold()
    for role in Registration.Role:
        if wanted in (role.value, str(role.label).casefold()):
            return role.value
    return None


def say_places(plan: Plan, kind: RegistrationType, when_full: str, wanted: int) -> None:
    left = free_places(kind)
    waiting = 0 if left is None else max(0, wanted - left)
    if waiting and when_full == REFUSE:
        plan.errors.append(
            _("%(wanted)s people, and %(left)s places are free.") % {"wanted": wanted, "left": left or 0}
        )
    elif waiting:
        plan.notes.append(
            _("%(count)s get a place, %(waiting)s go to the waiting list.")
            % {"count": wanted - waiting, "waiting": waiting}
        )
    else:
        plan.notes.append(_("%(count)s get a place.") % {"count": wanted})


@one_batch()
def store_attendees(edition: Edition, plan: Plan, chosen: Mapping[str, Any], by: User) -> int:
    """In one transaction, under the lock of the registration type."""
    at, new = clock.now(), plan.of(NEW)
    kind = lock_types([chosen["kind"].pk])[0]
    fill(kind, at)  # whoever waits comes before whoever comes
    for line, place in zip(new, places_in_turn(kind, at), strict=False):
        made = keep_place(line.changes, kind, place, by, at)
        keep_link(made, line.changes, by, at, is_mailed=chosen["invite"])
    return len(new)


def places_in_turn(kind: RegistrationType, at: datetime) -> Iterator[dict[str, Any]]:
    """What each newcomer gets, without end; the kind is locked and filled, so counting once is enough."""
    queue = counted(kind)
    first, free = (queue["last"] or 0) + 1, free_places(kind)
    for nth in count():
        place: dict[str, Any] = {"queue_number": first + nth, "status": Status.WAITING}
        if free is None or nth < free:
            place |= {"status": Status.CONFIRMED, "confirmed_at": at}
        yield place


def keep_place(
    values: Mapping[str, Any], kind: RegistrationType, place: Mapping[str, Any], by: User, at: datetime
) -> Registration:
    made = Registration.objects.create(
        user=User.objects.create_stand_in(values["name"]), edition=kind.edition, registration_type=kind,
        role=values["role"], country=values.get("country", ""),
        organisation_name=values.get("organisation", ""), registered_by=by, **place,
    )  # fmt: skip
    note(made, kind, Reason.TAKEN, at, by=by)
    return made


def keep_link(
    made: Registration, values: Mapping[str, Any], by: User, at: datetime, *, is_mailed: bool
) -> None:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    valid = VALID_FOR if is_mailed else WITHOUT_MAIL_FOR
    claim = Claim.objects.create(
        registration=made, name=values["name"], email=values["email"], token_hash=hash_of(token), offered_by=by,
        is_handing_over=False, expires_at=(at + valid).replace(second=0, microsecond=0),
    )  # fmt: skip
    if is_mailed:
        claim_mails.offered(claim, token, get_language() or "en")


def lock_places(edition: Edition) -> list[RegistrationType]:
    """Of every kind: whoever registers at this moment is counted before, or counts after."""
    return lock_types(edition.registration_types.values_list("pk", flat=True))  # type: ignore[attr-defined]


ATTENDEES = ListIn(
    key="attendees",
    title=gettext_lazy("Attendees from a sheet"),
    about=gettext_lazy("One line for each person, as CSV or XLSX. Each gets a place, or waits, in the order of the sheet."),
    columns={
        "name": gettext_lazy("name"), "email": gettext_lazy("email"), "role": gettext_lazy("role"),
        "country": gettext_lazy("country"), "organisation": gettext_lazy("organisation"),
    },
    headings={
        "name": "name full-name attendee participant naam volledige-naam deelnemer nom nom-complet participante teilnehmer teilnehmerin",
        "email": "email e-mail mail email-address e-mail-address e-mailadres mailadres courriel adresse-e-mail adresse-mail e-mail-adresse",
        "role": "role rol functie function fonction rolle funktion",
        "country": "country land pays country-code landcode",
        "organisation": "organisation organization organisatie school company organisme ecole institution einrichtung schule",
    },
    needed=["name", "email"],
    permissions=["registration.change_registration", "registration.export_registration"],
    plan=plan_attendees,
    store=store_attendees,
    lock=lock_places,
    choices=Choices,
)  # fmt: skip
KINDS[ATTENDEES.key] = ATTENDEES
