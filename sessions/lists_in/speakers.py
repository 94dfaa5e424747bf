"""Speakers from a sheet: found again by their address, else by a name that only one of them has."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.models import Edition, User
from sessions.library.renamed import reindex_many
from sessions.lists_in.planning import CHANGED, NEW, SAME, Line, ListIn, Plan, Table, checked
from sessions.lists_in.taking_in import KINDS
from sessions.services.importing import Change
from sessions.services.importing.applying import store_rows
from sessions.services.importing.naming import folded, free_slug
from speakers.models import Speaker

FIELDS = ("name", "email", "country", "biography", "website")


def plan_speakers(edition: Edition, table: Table, chosen: Mapping[str, Any]) -> Plan:
    """Texts of the sheet win; what it leaves empty stays. Whoever has an account keeps what they wrote themselves."""
    plan = Plan()
    known = list(Speaker.objects.all())
    by_email = {one.email.lower(): one for one in known if one.email}
    count = Counter(one.name.casefold() for one in known)
    by_name = {one.name.casefold(): one for one in known if count[one.name.casefold()] == 1}
    names: dict[str, int] = {}
    for number, values in checked(table, plan):
        name = values["name"].casefold()
        row = by_email.get(values.get("email", "")) or by_name.get(name)
        if row and values.get("email") and row.email and row.email.lower() != values["email"]:
            row = None  # somebody else of that name
        if not values.get("email") and names.setdefault(name, number) != number:
            plan.wrong(
                number,
                table.heading("name"),
                _("this name stands in line %(line)s too; give addresses.") % {"line": names[name]},
            )
            continue
        plan.lines.append(line_of(number, values, row))
    if any(line.row and line.row.user_id and line.what == SAME for line in plan.lines):
        plan.notes.append(_("Speakers with an account keep what they wrote themselves."))
    return plan


def line_of(number: int, values: Mapping[str, str], row: Speaker | None) -> Line:
    given = {name: values[name] for name in FIELDS if values.get(name)}
    if row is None:
        return Line(number, values["name"], NEW, None, given)
    changes = {} if row.user_id else {name: new for name, new in given.items() if said(row, name) != new}
    return Line(number, values["name"], CHANGED if changes else SAME, row, changes)


def said(row: Speaker, name: str) -> str:
    """As a sheet would say it: with the ends of lines that it has."""
    return "\n".join(line.rstrip() for line in str(getattr(row, name)).splitlines()).strip()


def store_speakers(edition: Edition, plan: Plan, chosen: Mapping[str, Any], by: User) -> int:
    """With few statements, so that on SQLite others wait for a moment only; search, pages and the trail are told."""
    slugs = folded(Speaker.objects.values_list("slug", flat=True))
    changes = []
    for line in [*plan.of(NEW), *plan.of(CHANGED)]:
        row = line.row or Speaker(slug=free_slug("", line.words, "speaker", 120, slugs))
        change = Change(row, line.row is None)
        for name, value in line.changes.items():
            change.give(name, value)
        changes.append(change)
    store_rows(changes)
    reindex_many(*(change.row for change in changes))
    return len(changes)


def lock_editions(edition: Edition) -> list[Edition]:
    """Speakers belong to none of them: so a list or a timetable that comes in anywhere is waited for."""
    return list(Edition.objects.select_for_update(no_key=True, of=("self",)).order_by("pk"))


SPEAKERS = ListIn(
    key="speakers",
    title=gettext_lazy("Speakers from a sheet"),
    about=gettext_lazy("One line for each speaker, as CSV or XLSX. They are found again by their address, else by their name; nobody gets a mail."),
    columns={
        "name": gettext_lazy("name"), "email": gettext_lazy("email"), "country": gettext_lazy("country"),
        "biography": gettext_lazy("biography"), "website": gettext_lazy("website"),
    },
    headings={
        "name": "name full-name speaker naam volledige-naam spreker nom nom-complet orateur intervenant referent referentin vollstandiger-name",
        "email": "email e-mail mail email-address e-mail-address e-mailadres mailadres courriel adresse-e-mail adresse-mail e-mail-adresse",
        "country": "country land pays country-code landcode",
        "biography": "biography bio about biografie over biographie presentation a-propos uber",
        "website": "website url web homepage site site-web webseite",
    },
    needed=["name"],
    permissions=["speakers.add_speaker", "speakers.change_speaker"],
    plan=plan_speakers,
    store=store_speakers,
    lock=lock_editions,
    prose=["biography"],
)  # fmt: skip
KINDS[SPEAKERS.key] = SPEAKERS
