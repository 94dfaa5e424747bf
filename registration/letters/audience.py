"""Whom a letter is for: circles of people that organisers narrow and join; each person once, however many they are in."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from conference.models import Edition, User
from conference.models.user import STAND_IN
from registration.models import Certificate, Group, Registration, WorkshopBooking
from sessions.collecting.people import language_of
from sessions.collecting.states import expected_of, is_owed
from sessions.models import Appearance
from speakers.models import Speaker

Status = Registration.Status


@dataclass(frozen=True)
class Audience:
    """As the row of a letter keeps it. An empty list narrows nothing; without a circle it is nobody."""

    attendees: bool = False
    statuses: list[str] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    workshops: list[int] = field(default_factory=list)
    places: str = "confirmed"  # in these workshops: confirmed, waiting or any
    speakers: bool = False
    sessions: list[int] = field(default_factory=list)
    state: str = ""  # of speakers: "", "unconfirmed" or "owing"
    facilitators: bool = False
    certified: bool = False
    newcomers: bool = False  # who may want to come: see `invited`; only letters that go by themselves

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Audience":
        return cls(**{name: value for name, value in kept.items() if name in cls.__dataclass_fields__})

    def as_options(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Reader:
    """Somebody whom a letter reaches."""

    email: str
    name: str
    language: str
    user: User | None = None
    speaker: Speaker | None = None

    @property
    def address(self) -> str:
        """By which it is told whether somebody has the letter already."""
        return self.email.lower()

    @property
    def key(self) -> str:
        """For addresses of pages, in which no mail address should stand."""
        return f"u{self.user.pk}" if self.user else f"s{self.speaker.pk if self.speaker else 0}"


@dataclass(frozen=True)
class Found:
    """Who gets the letter, and who would if they wanted news."""

    readers: list[Reader]
    left_out: list[Reader]


def people_of(edition: Edition, audience: Audience, *, is_news: bool) -> Found:
    """Everybody once, by name; from a few queries, however many they are."""
    readers: dict[str, Reader] = {}
    for reader in everybody(edition, audience):
        readers.setdefault(reader.address, reader)
    wanted = [one for one in readers.values() if not is_news or takes_news(one)]
    refusing = [one for one in readers.values() if is_news and not takes_news(one)]
    return Found(in_order(wanted), in_order(refusing))


def in_order(readers: Iterable[Reader]) -> list[Reader]:
    return sorted(readers, key=lambda one: (one.name.casefold(), one.address))


def takes_news(reader: Reader) -> bool:
    """Without an account nobody could unsubscribe, so nobody without one gets news."""
    return reader.user is not None and reader.user.wants_news


def everybody(edition: Edition, audience: Audience) -> Iterator[Reader]:
    """Accounts first: who is on stage as well is reached as the person with the account."""
    for user in reachable(users_of(edition, audience)):
        yield Reader(user.email, user.name, user.language, user=user)
    if audience.speakers or audience.facilitators:
        yield from on_stage(edition, audience)


def users_of(edition: Edition, audience: Audience) -> Q:
    found = Q(pk__in=[])
    if audience.attendees:
        found |= Q(pk__in=attendees(edition, audience).values("user"))
    if audience.certified:
        valid = Certificate.objects.filter(edition=edition, revoked_at=None)
        found |= Q(pk__in=valid.order_by().values("registration__user"))
    if audience.newcomers:
        found |= invited(edition)
    return found


def reachable(users: Q) -> QuerySet[User]:
    return User.objects.filter(users, is_active=True).exclude(email__endswith=STAND_IN).order_by("pk")


def attendees(edition: Edition, audience: Audience) -> QuerySet[Registration]:
    rows = Registration.objects.filter(edition=edition).order_by()
    narrowed = {
        "status__in": audience.statuses,
        "registration_type__in": audience.types,
        "role__in": audience.roles,
        "country__in": audience.countries,
    }
    rows = rows.filter(**{name: chosen for name, chosen in narrowed.items() if chosen})
    if audience.workshops:
        booked = WorkshopBooking.objects.active().filter(workshop__in=audience.workshops)
        if audience.places != "any":
            booked = booked.filter(status=audience.places)
        rows = rows.filter(pk__in=booked.order_by().values("registration"))
    return rows


def invited(edition: Edition) -> Q:
    """Who was at an earlier edition of the series, or is on stage, and has not registered; not who cancelled either."""
    earlier = Registration.objects.confirmed().filter(edition__series=edition.series_id)
    stage = Appearance.objects.filter(session__edition=edition, speaker__user__isnull=False)
    known = Q(pk__in=earlier.order_by().values("user")) | Q(pk__in=stage.order_by().values("speaker__user"))
    here = Registration.objects.filter(edition=edition).order_by().values("user")
    return known & ~Q(pk__in=here)


def on_stage(edition: Edition, audience: Audience) -> Iterator[Reader]:
    """Speakers by account or by the address for their invitation; who has neither is not reached."""
    chosen = appearances(edition, audience) if audience.speakers else []
    for appearance in chosen:
        yield from reader_of(appearance.speaker, language_of(appearance.session))
    if audience.facilitators:
        leads = Appearance.objects.filter(session__edition=edition, part=Appearance.Part.FACILITATOR)
        for appearance in leads.select_related("speaker__user", "session").order_by("pk"):
            yield from reader_of(appearance.speaker, language_of(appearance.session))
        groups = Group.objects.filter(plan__session__edition=edition).select_related("plan__session")
        for group in groups.prefetch_related("facilitators__user").order_by("pk"):
            for speaker in group.facilitators.all():
                yield from reader_of(speaker, language_of(group.plan.session))


def appearances(edition: Edition, audience: Audience) -> list[Appearance]:
    """Of sessions that may still take place."""
    rows = Appearance.objects.filter(session__edition=edition).select_related("speaker__user", "session")
    rows = rows.exclude(session__status__in=["cancelled", "withdrawn"]).order_by("pk")
    if audience.sessions:
        rows = rows.filter(session__in=audience.sessions)
    if audience.state == "unconfirmed":
        rows = rows.filter(speaker__user=None)
    if audience.state == "owing":
        today = edition.today()
        owing = [one.pk for one in expected_of(edition) if is_owed(one, today)]
        rows = rows.filter(session__in=owing)
    return list(rows)


def reader_of(speaker: Speaker, language: str) -> Iterator[Reader]:
    user = speaker.user
    if user and user.is_active and not user.email.endswith(STAND_IN):
        yield Reader(user.email, user.name, user.language, user=user, speaker=speaker)
    elif not user and speaker.email.strip():
        yield Reader(speaker.email.strip().lower(), speaker.name, language, speaker=speaker)
