"""Release the timetable: keep the times, rooms, titles and names of the draft as everyone sees them."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from conference.content import touch
from conference.models import Edition, User
from conference.translated_columns import in_languages
from sessions import freezing
from sessions.changes import Change, changes_between
from sessions.conflicts import find_conflicts
from sessions.exceptions import DraftChanged, ReleasedMeanwhile, ReleaseForbidden
from sessions.models import Appearance, Release, Session, Slot

LONG = in_languages("session__abstract", "session__description")


@dataclass(frozen=True)
class NextRelease:
    """What a release made now would hold, against what the public sees; nothing of it is saved."""

    before: list[Slot]
    after: list[Slot]
    renumbered: list[Slot]  # draft slots that take over a guid
    last: Release | None  # the one before it

    @property
    def changes(self) -> list[Change]:
        return changes_between(self.before, self.after)

    @property
    def other_names(self) -> int:
        """How many slots stay and have other speakers."""
        return len(freezing.with_other_names(self.before, self.after))

    @property
    def fingerprint(self) -> str:
        return freezing.fingerprint(self.after)

    @property
    def seen(self) -> str:
        """What a person was shown: these slots, after that release."""
        return f"{self.last.number if self.last else 0}-{self.fingerprint}"

    @property
    def is_same(self) -> bool:
        return self.fingerprint == freezing.fingerprint(self.before)


@transaction.atomic
def release_timetable(*, edition: Edition, by: User, note: str = "") -> Release:
    """Copy the draft of the published sessions into a new release, which the public then sees."""
    return _release(_locked(edition), by, note)


@transaction.atomic
def release_seen(*, edition: Edition, by: User, seen: str, note: str = "") -> Release:
    """The same for a person who looked at it first: only what they saw, and nothing that is broken.

    `seen` is NextRelease.seen of what they were shown: the same button pressed twice makes one release.
    """
    edition = _locked(edition)
    if any(conflict.is_blocking for conflict in find_conflicts(edition)):
        raise ReleaseForbidden
    return _release(edition, by, note, seen)


def _locked(edition: Edition) -> Edition:
    # The edition owns its releases: two organisers at once get two numbers, and one of them is the latest.
    return Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)


def _release(edition: Edition, by: User, note: str, seen: str | None = None) -> Release:
    next_one = next_release(edition)
    if seen is not None and seen != next_one.seen:
        raise ReleasedMeanwhile if seen.endswith(f"-{next_one.fingerprint}") else DraftChanged
    number = next_one.last.number + 1 if next_one.last else 1
    edition.releases.filter(is_latest=True).update(is_latest=False)
    release = Release.objects.create(edition=edition, number=number, note=note, released_by=by)
    for slot in next_one.after:
        slot.release = release
    Slot.objects.bulk_create(next_one.after)
    if next_one.renumbered:
        Slot.objects.bulk_update(next_one.renumbered, ["guid"])
    touch(edition)
    return release


def next_release(edition: Edition) -> NextRelease:
    before = list(Slot.objects.filter(release__edition=edition, release__is_latest=True))
    drafts = list(draft_of(edition))
    renumbered = freezing.known_again(drafts, before)
    last = edition.releases.order_by("number").last()  # type: ignore[attr-defined]
    return NextRelease(before, freezing.frozen_draft(drafts, before), renumbered, last)


def draft_of(edition: Edition) -> QuerySet[Slot]:
    people = Appearance.objects.select_related("speaker").only(
        "session", "speaker__name", "speaker__is_minor"
    )
    return (
        Slot.objects.draft()
        .filter(session__edition=edition, session__status=Session.Status.PUBLISHED)
        .select_related("session", "room")
        .defer(*LONG, "session__origin")
        .prefetch_related(Prefetch("session__appearances", queryset=people))
    )
