"""After a release of the timetable: one mail to each person whose own programme it changed, saying what moved."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation

from conference import clock
from conference.mail import absolute, queue_mail
from conference.mail.batches import one_batch
from conference.mail.unsubscribing import link_for
from conference.models import User
from registration.models import WorkshopBooking
from sessions.changes import Change, words_of
from sessions.models import Appearance, Release, Star
from sessions.releases import changes_of

CHUNK = 50  # people in one transaction
TOO_OLD = timedelta(days=2)  # a site that slept, or was updated, does not wake people with old news
log = logging.getLogger(__name__)


def tell_people(at: datetime | None = None) -> int:
    """Queue the next mails about releases of which people are not told yet; answers how many, 0 when all are told.

    Each call is one transaction that writes the mails and how far they have come, so that whatever is killed between
    two of them goes on where it stopped, and nobody gets two.
    """
    at = at or clock.now()
    waiting = Release.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True)
    for pk in list(waiting):
        if told := tell_next(pk, at):
            return told
    return 0


@transaction.atomic
def tell_next(release_pk: int, at: datetime) -> int:
    """The next people of one release; when there are no more, the release is told."""
    locked = Release.objects.select_for_update(no_key=True, of=("self",)).select_related("edition")
    release = locked.get(pk=release_pk)
    if release.told_at:  # by another worker, meanwhile
        return 0
    keys = {change.session_pk for change in news(release, at) if change.kind != "renamed"}
    people = list(concerned(release, keys)[:CHUNK]) if keys else []
    mail(release, people, at)
    if people:
        release.told_up_to = people[-1].pk
    if len(people) < CHUNK:
        release.told_at = at
    release.save(update_fields=["told_up_to", "told_at"])
    return len(people)


def news(release: Release, at: datetime) -> list[Change]:
    """What a release changed that is not over yet; nothing if it is the first, is old, or nobody may see it."""
    is_first = not Release.objects.filter(edition=release.edition_id, number__lt=release.number).exists()
    if is_first or not release.edition.is_published:
        return []
    if release.created_at < at - TOO_OLD:
        log.warning("Nobody was told of release %s in time; now nobody is.", release)
        return []
    return [change for change in changes_of(release) if not is_over(change, at)]


def is_over(change: Change, at: datetime) -> bool:
    ends = [when.ends_at for when in (change.before, change.after) if when and when.ends_at]
    return bool(ends) and max(ends) <= at


def concerned(release: Release, sessions: Collection[int]) -> QuerySet[User]:
    """Whoever starred or booked one of the sessions before the release, or appears in it, and is not told yet.

    But for those who unsubscribed.
    """
    stars, bookings, appearances = reasons(release, sessions)
    behind = Q(pk__in=stars.values("user")) | Q(pk__in=bookings.values("registration__user"))
    behind |= Q(pk__in=appearances.values("speaker__user"))
    return User.objects.filter(behind, is_active=True, wants_news=True, pk__gt=release.told_up_to).order_by(
        "pk"
    )


def reasons(
    release: Release, sessions: Collection[int]
) -> tuple[QuerySet[Star], QuerySet[WorkshopBooking], QuerySet[Appearance]]:
    """Who starred or booked it after the release saw it as it is now."""
    before = {"created_at__lte": release.created_at}
    return (
        Star.objects.filter(session__in=sessions, **before).order_by(),
        WorkshopBooking.objects.active().filter(workshop__in=sessions, **before).order_by(),
        Appearance.objects.filter(session__in=sessions, speaker__user__isnull=False).order_by(),
    )


@one_batch()
def mail(release: Release, people: list[User], at: datetime) -> None:
    """One mail each, in the person's language, about their own sessions only."""
    by_language = defaultdict(list)
    for person in people:
        by_language[person.language].append(person)
    for language, readers in by_language.items():
        with translation.override(language):
            changes = news(release, at)
            own = sessions_of(release, readers, {change.session_pk for change in changes})
            links = links_of(release)
            for person in readers:
                mine = [change for change in changes if change.session_pk in own[person.pk]]
                tell(person, release, lines_of(mine, release), links)


def sessions_of(release: Release, people: Iterable[User], sessions: Collection[int]) -> dict[int, set[int]]:
    """Which of the sessions are in whose programme."""
    stars, bookings, appearances = reasons(release, sessions)
    pairs = [
        *stars.filter(user__in=people).values_list("user", "session"),
        *bookings.filter(registration__user__in=people).values_list("registration__user", "workshop"),
        *appearances.filter(speaker__user__in=people).values_list("speaker__user", "session"),
    ]
    found: dict[int, set[int]] = defaultdict(set)
    for person, session in pairs:
        found[person].add(session)
    return found


def lines_of(changes: Iterable[Change], release: Release) -> list[str]:
    """A line each, whatever line ends a title has."""
    return [" ".join(words_of(change, release.edition.zone).split()) for change in changes]


def links_of(release: Release) -> dict[str, str]:
    edition = release.edition.slug
    return {
        "link": absolute(reverse("registration:my_programme", args=[edition])),
        "release_link": absolute(reverse("sessions:release", args=[edition, release.number])),
    }


def tell(person: User, release: Release, changes: list[str], links: dict[str, str]) -> None:
    context = {
        "name": person.name,
        "edition": release.edition,
        "changes": changes,
        "note": " ".join(release.note.split()),
        **links,
    }
    queue_mail(
        to=person.email,
        template="timetable_changed",
        context=context,
        language=person.language,
        unsubscribe_link=link_for(person),
    )
