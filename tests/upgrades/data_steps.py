"""Run in the scratch site, on an empty database: walk all migrations once, and at each step that moves data put rows
there before it and look at them after it. Prints what was seen, by step."""

# ruff: noqa: E402
import json
import os
from collections.abc import Callable
from typing import Any, NamedTuple

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django

django.setup()

from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django_test_migrations.migrator import Migrator

from tests.upgrades.steps import FORMER

NOW = timezone.now()


class Step(NamedTuple):
    before: Callable[[Any], None]
    after: Callable[[Any], Any]


def nothing(apps: Any) -> None:
    """Rows of people play no part in it."""


def edition_of(apps: Any, slug: str) -> Any:
    get = apps.get_model
    series, _new = get("conference", "Series").objects.get_or_create(
        slug="series", defaults={"title": "Series"}
    )
    fields = {"series": series, "title": slug, "starts_on": NOW.date(), "ends_on": NOW.date()}
    return get("conference", "Edition").objects.get_or_create(slug=slug, defaults=fields)[0]


def rooms(apps: Any) -> None:
    venue = apps.get_model("conference", "Venue").objects.create(edition=edition_of(apps, "ed"), name="Here")
    for name in ("Room A", "Room A!", "!"):
        apps.get_model("conference", "Room").objects.create(venue=venue, name=name)


def room_addresses(apps: Any) -> Any:
    rows = apps.get_model("conference", "Room").objects.order_by("pk")
    return [[row.slug for row in rows], len({row.guid for row in rows})]


def slots(apps: Any) -> None:
    get, edition = apps.get_model, edition_of(apps, "ed")
    kind, _new = get("conference_sessions", "SessionType").objects.get_or_create(
        slug="talk", defaults={"name": "Talk"}
    )
    session = get("conference_sessions", "Session").objects.create(
        edition=edition, title="One", slug="one", session_type=kind
    )
    release = get("conference_sessions", "Release").objects.create(edition=edition, number=1, is_latest=True)
    for of in (None, release):
        get("conference_sessions", "Slot").objects.create(session=session, release=of, starts_at=NOW)


def slot_guids(apps: Any) -> Any:
    rows = list(apps.get_model("conference_sessions", "Slot").objects.select_related("session"))
    return [
        len(rows),
        {row.guid == row.session.guid for row in rows} == {True},
        [row.sequence for row in rows],
    ]


def told_releases(apps: Any) -> Any:
    rows = apps.get_model("conference_sessions", "Release").objects
    return [rows.count(), rows.filter(told_at=None).count()]


def power(apps: Any, *codenames: str) -> dict[str, list[str]]:
    """Which groups may do each of these."""
    groups = apps.get_model("auth", "Group").objects
    return {
        one: sorted(groups.filter(permissions__codename=one).values_list("name", flat=True))
        for one in codenames
    }


def registrations(apps: Any) -> None:
    get, edition = apps.get_model, edition_of(apps, "ed")
    user = get("conference", "User").objects.create(email="ada@example.org", name="Ada")
    for number in range(2):
        kind = get("registration", "RegistrationType").objects.create(edition=edition, name=f"Kind {number}")
    get("registration", "Registration").objects.create(
        user=user, edition=edition, registration_type=kind, status="confirmed", queue_number=1
    )


def codes(apps: Any) -> Any:
    tickets = apps.get_model("registration", "Registration").objects.values_list("ticket_code", flat=True)
    keys = list(
        apps.get_model("registration", "RegistrationType").objects.values_list("invitation_key", flat=True)
    )
    return [[len(code) for code in tickets], len(set(keys)), min(map(len, keys)) >= 32]


def group_places(apps: Any) -> None:
    get = apps.get_model
    sessions, registration = (
        get("conference_sessions", "Session").objects,
        get("registration", "Registration").objects.get(),
    )
    known = sessions.get()
    other = sessions.create(edition=known.edition, title="Two", slug="two", session_type=known.session_type)
    for session, is_published in ((known, True), (other, False)):
        plan = get("registration", "GroupPlan").objects.create(session=session, is_published=is_published)
        group = get("registration", "Group").objects.create(plan=plan, name="Group 1")
        get("registration", "GroupPlace").objects.create(plan=plan, group=group, registration=registration)


def told_places(apps: Any) -> Any:
    rows = apps.get_model("registration", "GroupPlace").objects.order_by("pk")
    return [row.told_id == row.group_id for row in rows]


def table(name: str) -> Callable[[Any], Any]:
    return lambda apps: any(name in one for one in connection.introspection.table_names())


def an_entry_is_found(apps: Any) -> Any:
    """A term that an entry got is found by the databases' own index, and not by another term."""
    get = apps.get_model
    session = get("conference_sessions", "Session").objects.get()
    get("conference_sessions", "LibraryEntry").objects.create(
        kind="session", session=session, title="fraction"
    )
    asked = {
        "sqlite": "SELECT count(*) FROM library_index WHERE library_index MATCH %s",
        "postgresql": "SELECT count(*) FROM conference_sessions_libraryentry WHERE title_index @@ %s::tsquery",
    }
    with connection.cursor() as cursor:
        found = []
        for term in ("fraction", "other"):
            cursor.execute(asked[connection.vendor], [term])
            found += cursor.fetchone()
    return found


def words(apps: Any) -> Any:
    return {
        name: apps.get_model("conference_sessions", name).objects.count()
        for name in ("Audience", "Level", "Subject")
    }


def words_of_their_own(apps: Any) -> None:
    """One that somebody gave a French name, and one that somebody called otherwise."""
    audiences = apps.get_model("conference_sessions", "Audience").objects
    audiences.filter(slug="teachers").update(name_fr="Profs")
    audiences.filter(slug="parents").update(name="Families", name_en="Families")


def names(apps: Any) -> Any:
    rows = apps.get_model("conference_sessions", "Audience").objects.filter(
        slug__in=["parents", "researchers", "teachers"]
    )
    return [[row.name_fr, row.name_de] for row in rows.order_by("slug")]


STEPS = {
    "conference.0002_cache_table": Step(nothing, table("cache")),
    "conference.0004_fill_room_addresses": Step(rooms, room_addresses),
    "conference_sessions.0003_fill_slot_guids": Step(slots, slot_guids),
    "conference_sessions.0005_old_releases_are_told": Step(nothing, told_releases),
    "conference_sessions.0010_search_index": Step(nothing, an_entry_is_found),
    "conference_sessions.0011_library_words": Step(nothing, words),
    "conference_sessions.0016_library_words_in_french_and_german": Step(words_of_their_own, names),
    "registration.0003_groups": Step(nothing, lambda apps: power(apps, "add_session", "export_registration")),
    "registration.0005_schedule_permissions": Step(nothing, lambda apps: power(apps, "add_topic")),
    "registration.0007_fill_codes": Step(registrations, codes),
    "registration.0009_permissions_in_full": Step(
        nothing, lambda apps: power(apps, "add_checkin", "add_round")
    ),
    "registration.0013_told_before": Step(group_places, told_places),
    "registration.0018_library_permissions": Step(nothing, lambda apps: power(apps, "add_publication")),
    "registration.0022_news_and_feedback_permissions": Step(
        nothing, lambda apps: power(apps, "add_newsitem", "delete_newsitem", "add_feedbackplan")
    ),
    "registration.0024_letter_permissions": Step(
        nothing, lambda apps: power(apps, "add_letter", "change_mailtext")
    ),
}


def moves_data(loader: MigrationLoader, key: tuple[str, str]) -> bool:
    return key[0] in FORMER and any(
        isinstance(one, RunPython) for one in loader.get_migration(*key).operations
    )


def walk() -> dict[str, Any]:
    loader, seen, unknown = MigrationLoader(None), {}, []
    plan: list[tuple[str, str]] = []
    for leaf in loader.graph.leaf_nodes():
        plan += [key for key in loader.graph.forwards_plan(leaf) if key not in plan]
    migrator = Migrator()
    for number, key in enumerate(plan):
        if not moves_data(loader, key):
            continue
        name = ".".join(key)
        if name not in STEPS:
            unknown.append(name)
            continue
        if STEPS[name].before is not nothing:  # to stop here takes as long as ten steps
            STEPS[name].before(migrator.apply_tested_migration(front(plan[:number])).apps)
        seen[name] = STEPS[name].after(migrator.apply_tested_migration(front(plan[: number + 1])).apps)
    return {"seen": seen, "unknown": unknown}


def front(done: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """How far each app is; none is taken back."""
    return list(dict(done).items())


if __name__ == "__main__":
    print(json.dumps(walk()))
