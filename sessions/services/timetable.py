"""Release the timetable: keep the times, rooms, titles and names of the draft as everyone sees them."""

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Prefetch, QuerySet
from modeltranslation.utils import build_localized_fieldname

from conference.models import Edition, User
from sessions.models import Appearance, Release, Session, Slot


@transaction.atomic
def release_timetable(*, edition: Edition, by: User, note: str = "") -> Release:
    """Copy the draft of the published sessions into a new release, which the public then sees."""
    # The edition owns its releases: two organisers at once get two numbers, and one of them is the latest.
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    last = edition.releases.aggregate(last=Max("number"))["last"] or 0
    edition.releases.filter(is_latest=True).update(is_latest=False)
    release = Release.objects.create(edition=edition, number=last + 1, note=note, released_by=by)
    Slot.objects.bulk_create(frozen(slot, release) for slot in draft_of(edition))
    return release


def draft_of(edition: Edition) -> QuerySet[Slot]:
    people = Appearance.objects.select_related("speaker")
    return (
        Slot.objects.draft()
        .filter(session__edition=edition, session__status=Session.Status.PUBLISHED)
        .select_related("session", "room")
        .prefetch_related(Prefetch("session__appearances", queryset=people))
    )


def frozen(slot: Slot, release: Release) -> Slot:
    names = dict.fromkeys(a.speaker.public_name for a in slot.session.appearances.all())
    copy = Slot(
        guid=slot.guid,
        session=slot.session,
        release=release,
        room=slot.room,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        speaker_names=", ".join(names),
    )
    for language, _name in settings.LANGUAGES:
        title = getattr(slot.session, build_localized_fieldname("title", language))
        setattr(copy, build_localized_fieldname("title", language), title)
        room = getattr(slot.room, build_localized_fieldname("name", language)) if slot.room else ""
        setattr(copy, build_localized_fieldname("room_name", language), room)
    return copy
