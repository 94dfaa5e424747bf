"""What an organisation brought over the years: in which editions it has a part, who presented, what they left behind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet

from conference.models import Edition, EditionOrganisation, Membership, Organisation
from conference.viewer import Viewer
from sessions.access import with_access
from sessions.models import Appearance, Credit, Presentation, Session
from sessions.previews.covers import with_cover


@dataclass
class Year:
    """One edition, with what the organisation did in it."""

    edition: Edition
    parts: list[EditionOrganisation] = field(default_factory=list)
    sessions: dict[int, tuple[Session, list[Appearance]]] = field(default_factory=dict)
    presentations: list[Presentation] = field(default_factory=list)

    @property
    def programme(self) -> list[tuple[Session, list[Appearance]]]:
        return list(self.sessions.values())


def years_of(organisation: Organisation, viewer: Viewer) -> list[Year]:
    """The latest edition first; three queries, however much there is."""
    years: dict[int, Year] = {}
    for part in parts_of(organisation):
        years.setdefault(part.edition_id, Year(part.edition)).parts.append(part)
    hidden = set(hidden_presenters(organisation))
    for one in appearances_of(organisation):
        year = years.setdefault(one.session.edition_id, Year(one.session.edition))
        one.session.edition = year.edition
        people = year.sessions.setdefault(one.session_id, (one.session, []))[1]
        if one.speaker.user_id is None or one.speaker.user_id not in hidden:
            people.append(one)
    for presentation in presentations_of(organisation, viewer):
        if presentation.edition_id in years:
            years[presentation.edition_id].presentations.append(presentation)
    return sorted(years.values(), key=begins, reverse=True)


def begins(year: Year) -> tuple[str, int]:
    return (str(year.edition.starts_on or ""), year.edition.pk)


def parts_of(organisation: Organisation) -> Iterable[EditionOrganisation]:
    return organisation.parts.filter(edition__is_published=True).select_related("edition")


def appearances_of(organisation: Organisation) -> QuerySet[Appearance]:
    """What the public programme says, in its order."""
    published = Q(session__status=Session.Status.PUBLISHED, session__edition__is_published=True)
    order: list[Any] = [
        "session__position",
        F("session__number").asc(nulls_last=True),
        "session",
        "position",
        "pk",
    ]
    rows = organisation.appearances.filter(published).select_related("session__edition", "speaker")
    return rows.order_by(*order)


def hidden_presenters(organisation: Organisation) -> Iterable[int]:
    """Members decide for themselves, also as presenters; whoever has no account stands as in the programme."""
    return organisation.memberships.members().filter(is_shown=False).values_list("user", flat=True)


def presentations_of(organisation: Organisation, viewer: Viewer) -> QuerySet[Presentation]:
    """Of its presenters' sessions, as far as this viewer finds them listed; not those of others in a panel."""
    appearances = organisation.appearances.values("pk")
    of_sessions = Presentation.objects.filter(session__appearances__in=appearances)
    own = Credit.objects.filter(
        speaker__appearances__in=appearances, presentation__session=F("speaker__appearances__session")
    )
    without_credits = ~Q(pk__in=Credit.objects.values("presentation"))
    by_its_people = Q(pk__in=own.values("presentation")) | without_credits
    listed = (
        Presentation.objects.listed_to(viewer).public().filter(by_its_people, pk__in=of_sessions.values("pk"))
    )
    rows = with_cover(with_access(listed.for_lists(), viewer))
    return rows.select_related("current_file__preview", "session", "edition")


def shown_members(organisation: Organisation) -> list[str]:
    """The names of those who want to be named."""
    rows = organisation.memberships.members().filter(is_shown=True, user__is_active=True)
    return sorted(rows.values_list("user__name", flat=True), key=str.casefold)


def may_see(organisation: Organisation, viewer: Viewer, members: list[str]) -> bool:
    """Of one that is in no public programme: organisers, its members, and, once somebody is named, who is logged in."""
    if viewer.is_organiser or (viewer.user_id is not None and members):
        return True
    return Membership.objects.members().filter(user=viewer.user_id, organisation=organisation).exists()
