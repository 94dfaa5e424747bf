"""Stores a timetable that was looked at: in the page, or by the worker when it is large."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.models import Edition, User
from conference.tasks import Progress, handles
from sessions.exchange.reading import SHEETS, Reading, RefusedSchedule, format_of, read, sheet_in
from sessions.services.importing.applying import ChangedMeanwhile, run_import
from sessions.services.importing.columns import remember
from sessions.services.importing.keeping import Waiting
from sessions.services.importing.later import refused, take_in_once
from sessions.services.importing.plan import Plan

KIND = "import"
NEEDS = [
    "conference_sessions.add_session",
    "conference_sessions.change_session",
    "conference_sessions.add_slot",
    "conference_sessions.change_slot",
    "speakers.add_speaker",
    "speakers.change_speaker",
    "conference.add_room",
]


def reading_of(edition: Edition, kept: Waiting, data: bytes) -> Reading:
    return read(data, zone=edition.zone, mapping=dict(kept.mapping) or None)


def bring_in(edition: Edition, kept: Waiting, data: bytes) -> str:
    """What was shown, and in which columns it stood. What became of it, in words."""
    reading = reading_of(edition, kept, data)
    with transaction.atomic():
        plan = run_import(edition=edition, reading=reading, publish=kept.publish, seen=kept.seen or "none")
        if format_of(data) in SHEETS:
            remember(edition, KIND, sheet_in(data).headers, dict(kept.mapping))
    return done_words(plan)


def done_words(plan: Plan) -> str:
    new = sum(change.is_new for change in plan.sessions)
    changed = sum(not change.is_new and not change.is_left for change in plan.sessions)
    left = len(plan.sessions) - new - changed
    made = ngettext("%(count)s session imported", "%(count)s sessions imported", new) % {"count": new}
    return _("%(made)s, %(changed)s changed, %(left)s left as they were.") % {
        "made": made, "changed": changed, "left": left,
    }  # fmt: skip


@handles(KIND)
def bring_in_large(progress: Progress) -> None:
    """Asks again whether whoever confirmed it may."""

    def store(edition: Edition, by: User, kept: Waiting, data: bytes) -> str:
        if not by.is_active or not by.has_perms(NEEDS):
            raise refused(_("You may no longer do this."))
        try:
            return bring_in(edition, kept, data)
        except (ChangedMeanwhile, RefusedSchedule) as refusal:
            raise refused(str(refusal)) from refusal

    take_in_once(progress, store)
