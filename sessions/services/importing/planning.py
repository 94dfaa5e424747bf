"""Make the plan of an import: what the file says beside what the edition has."""

from django.utils.translation import gettext as _

from conference.models import Edition
from sessions.exchange.reading import Reading
from sessions.exchange.schedule import Schedule
from sessions.services.importing.grouping import find_rows, grouped
from sessions.services.importing.loading import load
from sessions.services.importing.people import People
from sessions.services.importing.places import plan_rooms, plan_tracks, plan_types
from sessions.services.importing.plan import Change, Plan
from sessions.services.importing.programme import Programme


def plan_import(edition: Edition, reading: Reading, *, publish: bool, lock: bool = False) -> Plan:
    """Nothing is stored; the rows in the plan carry their new values in memory only."""
    schedule = reading.schedule
    existing = load(edition, schedule, lock=lock)
    plan = Plan(Change(edition), reading.remarks)
    plan_edition(plan, schedule)
    rooms = plan_rooms(plan, existing, schedule)
    tracks = plan_tracks(plan, existing, schedule)
    types = plan_types(plan, existing, schedule)
    people = People(plan, existing, schedule)
    people.plan_all()
    groups = grouped(schedule.events)
    find_rows(groups, existing)
    programme = Programme(
        plan, existing, publish=publish, people=people, rooms=rooms, tracks=tracks, types=types
    )
    programme.plan_all(groups)
    return plan


def plan_edition(plan: Plan, schedule: Schedule) -> None:
    """Days are set where the edition has none; its zone stays, and a file with another is told so."""
    edition = plan.edition.row
    if not edition.starts_on and not edition.ends_on:
        plan.edition.give("starts_on", schedule.starts_on)
        plan.edition.give("ends_on", schedule.ends_on)
    if schedule.time_zone and schedule.time_zone != edition.time_zone:
        words = _(
            "the file is in the time zone %(theirs)s, the edition in %(ours)s: times are shown in its own."
        )
        plan.remarks.add("", words % {"theirs": schedule.time_zone, "ours": edition.time_zone})
