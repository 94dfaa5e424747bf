"""The events of a file beside the sessions of the edition."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from conference.models import Room
from sessions.exchange.schedule import Event
from sessions.models import Kind, Session, SessionType, Track
from sessions.services.importing.grouping import Group
from sessions.services.importing.loading import Existing
from sessions.services.importing.naming import folded, free_slug
from sessions.services.importing.parts import plan_appearances, plan_links
from sessions.services.importing.people import People
from sessions.services.importing.plan import Change, Plan
from sessions.services.importing.times import Times

TEXTS = ("title", "subtitle", "abstract", "description")


class Programme:
    """Plans session after session, with the rows that the other plans found."""

    def __init__(
        self,
        plan: Plan,
        existing: Existing,
        *,
        publish: bool,
        people: People,
        rooms: Mapping[str, Room],
        tracks: Mapping[str, Track],
        types: Mapping[str, SessionType],
    ) -> None:
        self.plan, self.existing, self.people = plan, existing, people
        self.tracks, self.types = tracks, types
        self.status = Session.Status.PUBLISHED if publish else Session.Status.DRAFT
        self.slugs = folded(row.slug for row in existing.sessions)
        self.position = max((row.position for row in existing.sessions), default=0)
        self.times = Times(plan, existing, rooms)
        self.known: dict[tuple[type, Any], Any] = {
            (type(row), row.pk): row for row in (*existing.tracks, *existing.types)
        }

    def plan_all(self, groups: list[Group]) -> None:
        for group in groups:
            change = Change(group.row) if group.row else Change(self.new(group), True)
            self.plan_facts(change, group.event)
            self.times.plan_one(change, group)
            plan_appearances(self.plan, self.existing, self.people, change, group.event.persons)
            plan_links(self.plan, self.existing, change, group.event)
            self.plan.sessions.append(change)
        self.plan.untouched["sessions"] = len(self.existing.sessions) - sum(bool(g.row) for g in groups)

    def new(self, group: Group) -> Session:
        self.position += 1
        event = group.event
        return Session(
            edition=self.existing.edition,
            guid=group.guid or uuid4(),
            slug=free_slug(event.slug, event.title, "session", 120, self.slugs),
            position=self.position,
            status=self.status,
        )

    def plan_facts(self, change: Change[Session], event: Event) -> None:
        row = change.row
        for name in TEXTS:
            change.give_text(name, getattr(event, name), event.language.partition("-")[0])
        change.give("language", event.language)
        change.give("recording_license", event.recording_license)
        change.give("do_not_record", event.do_not_record or None)
        self.plan_type(change, event)
        track = self.tracks.get(event.track)
        if track is not None and row.track_id != (track.pk or -1):
            self.relate(change, "track", track)
        kept = kept_of(event, row, has_type=bool(row.session_type_id) or "session_type" in change.columns)
        if not (not change.is_new and row.guid.hex == event.guid.replace("-", "") and not row.origin):
            change.give("origin", {**row.origin, **kept})

    def plan_type(self, change: Change[Session], event: Event) -> None:
        row, found = change.row, self.types.get(event.type)
        if change.is_new:
            row.kind = found.kind if found else event.type if event.type in Kind.values else Kind.SESSION
        if found is None or row.session_type_id == (found.pk or -1):
            return
        if found.kind != row.kind:
            words = _("the type “%(name)s” belongs to another kind; the session keeps its own.")
            self.plan.remarks.add(row.title, words % {"name": event.type})
            return
        self.relate(change, "session_type", found)

    def relate(self, change: Change[Any], name: str, other: Any) -> None:
        before = self.known.get((type(other), getattr(change.row, f"{name}_id")), "")
        setattr(change.row, name, other)
        change.columns.add(name)
        change.say(name, before, other)


def kept_of(event: Event, row: Session, *, has_type: bool) -> dict[str, Any]:
    """What has no field here, by the names of exports."""
    is_own_page = event.origin_url.startswith(f"{settings.SITE_URL}/")
    kept: dict[str, Any] = {
        "id": event.id,
        "code": event.code,
        "slug": event.slug if event.slug.casefold() != row.slug.casefold() else "",
        "logo": event.logo,
        "feedback_url": event.feedback_url,
        "origin_url": "" if is_own_page else event.origin_url,
        "type": "" if has_type else event.type,
        "link_types": {link.url: link.type for link in (*event.links, *event.attachments) if link.type},
        "extra": event.extra,
    }
    return {name: value for name, value in kept.items() if value}
