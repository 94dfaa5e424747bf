"""Store what a plan says: all of it, or nothing."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conference import clock
from conference.content import touch
from conference.models import Edition
from conference.trail.records import MADE, note
from sessions.exchange.reading import Reading
from sessions.library.renamed import reindex_many
from sessions.services.importing.plan import Change, Plan, new_and_changed
from sessions.services.importing.planning import plan_import

AT_ONCE = 500  # rows in one statement


class ChangedMeanwhile(ValueError):  # noqa: N818
    """The edition is not as it was when the plan was shown."""


def run_import(*, edition: Edition, reading: Reading, publish: bool, seen: str = "") -> Plan:
    """Plan again on what is there now, and store it; refuses when that is not the plan that was `seen`."""
    try:
        with transaction.atomic():
            locked = Edition.objects.select_for_update(no_key=True, of=("self",)).get(pk=edition.pk)
            plan = plan_import(locked, reading, publish=publish, lock=True)
            if seen and plan.fingerprint() != seen:
                raise ChangedMeanwhile(_("The edition was changed meanwhile. Look at what would happen now."))
            if not plan.does_nothing:
                store(plan)
                reindex_many(*locked.sessions.all(), *(change.row for change in plan.speakers))
                touch(locked)
            return plan
    except IntegrityError as error:
        raise ChangedMeanwhile(
            _("Something was stored at the same moment by somebody else. Nothing was imported; try again.")
        ) from error


def store(plan: Plan) -> None:
    """In the order in which rows need each other; no row is ever deleted."""
    if plan.venue:
        plan.venue.save()
    if plan.edition.columns:
        plan.edition.row.save(update_fields=[*plan.edition.columns, "updated_at"])
    for changes in (
        plan.rooms, plan.tracks, plan.types, plan.speakers, plan.sessions, plan.slots, plan.appearances, plan.links,
    ):  # fmt: skip
        store_rows(changes)


def store_rows(changes: list[Change[Any]]) -> None:
    new, changed, columns = new_and_changed(changes)
    if new:
        type(new[0])._base_manager.bulk_create(new, batch_size=AT_ONCE)
        note(new, MADE)
    if changed:
        if hasattr(changed[0], "updated_at"):
            now = clock.now()
            columns.append("updated_at")
            for row in changed:
                row.updated_at = now
        type(changed[0])._base_manager.bulk_update(changed, columns, batch_size=AT_ONCE)
        note(changed)
