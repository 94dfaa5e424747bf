"""A theme through the years: each edition with its sessions in time, who was there, and what they left behind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from conference.models import Edition, Theme
from conference.viewer import Viewer
from sessions.access import with_access
from sessions.models import Appearance, Kind, Presentation, Publication, Session, Slot
from sessions.previews.covers import with_cover
from sessions.publications.source import visible_to

OF_PERSON = ["session__edition_id", "speaker__name", "speaker__slug", "speaker__is_minor", "speaker__country"]
OF_PERSON += ["organisation__country"]


@dataclass(frozen=True)
class Moment:
    """A guest lecture, a learning week, a seminar: a session with the moment at which it began, if that is known."""

    session: Session
    at: datetime | None


@dataclass
class Year:
    """One edition of the theme."""

    edition: Edition
    moments: list[Moment] = field(default_factory=list)
    people: dict[int, Appearance] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    presentations: list[Presentation] = field(default_factory=list)

    @property
    def country_names(self) -> list[str]:
        return sorted(self.countries)


@dataclass(frozen=True)
class Timeline:
    years: list[Year]
    others: list[Presentation]  # practices of members, and what was given another year's theme
    publications: list[Publication]


def timeline_of(theme: Theme, viewer: Viewer) -> Timeline:
    """The first year first; the number of queries does not grow with the years."""
    editions = theme.editions.published().order_by("starts_on", "pk")  # type: ignore[attr-defined]
    years = {edition.pk: Year(edition) for edition in editions}
    for session in sessions_of(years):
        session.edition = years[session.edition_id].edition
        years[session.edition_id].moments.append(Moment(session, session.began_at))  # type: ignore[attr-defined]
    for appearance in appearances_of(years):
        add_person(years[appearance.session.edition_id], appearance)
    others = []
    for presentation in presentations_of(theme, years, viewer):
        year = years.get(presentation.edition_id or 0)
        (year.presentations if year else others).append(presentation)
        if year and presentation.country:
            year.countries.add(name_of(presentation))
    for year in years.values():
        if year.edition.country:
            year.countries.add(name_of(year.edition))
        year.moments.sort(key=in_time)
    publications = list(visible_to(viewer).filter(themes=theme))
    return Timeline(list(years.values()), others, publications)


def sessions_of(editions: Iterable[int]) -> QuerySet[Session]:
    began = Slot.objects.released().filter(session=OuterRef("pk"), starts_at__isnull=False)
    first = Subquery(began.order_by("starts_at").values("starts_at")[:1])
    sessions = Session.objects.published().filter(edition__in=list(editions)).exclude(kind=Kind.BREAK)
    return sessions.top_level().in_order().select_related("session_type").annotate(began_at=first)


def in_time(moment: Moment) -> tuple[bool, float]:
    """By the time they began; what has none keeps its place in the programme, after the others."""
    return (moment.at is None, moment.at.timestamp() if moment.at else 0.0)


def appearances_of(editions: Iterable[int]) -> QuerySet[Appearance]:
    """Everybody on stage, in the order of the programme."""
    public = {"session__status": Session.Status.PUBLISHED, "session__edition__in": list(editions)}
    order: list[Any] = [
        "session__position",
        F("session__number").asc(nulls_last=True),
        "session",
        "position",
        "pk",
    ]
    rows = Appearance.objects.filter(**public).select_related("session", "speaker", "organisation")
    return rows.only(*OF_PERSON).order_by(*order)


def add_person(year: Year, appearance: Appearance) -> None:
    year.people.setdefault(appearance.speaker_id, appearance)
    origin = appearance.organisation if appearance.organisation else appearance.speaker
    if origin.country:
        year.countries.add(name_of(origin))


def name_of(row: Any) -> str:
    return row.country.name


def presentations_of(theme: Theme, editions: Iterable[int], viewer: Viewer) -> QuerySet[Presentation]:
    """Of its editions unless they say another theme, and whatever else says this one."""
    own = Q(theme=theme) | Q(theme=None, edition__in=list(editions))
    listed = Presentation.objects.filter(own).listed_to(viewer).public()
    rows = with_cover(with_access(listed.for_lists(), viewer))
    return rows.select_related("current_file__preview", "session", "edition")
