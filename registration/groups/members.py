"""Who takes part in a session that splits into groups, and what they said by which it splits."""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from registration.groups.dealing import Person
from registration.models import Answer, GroupPlace, GroupPlan, PlaceQuerySet, Registration, WorkshopBooking
from sessions.models import Session

CONFIRMED = Registration.Status.CONFIRMED


def members_of(session: Session) -> PlaceQuerySet:
    """Everybody with a place at the edition; of a workshop that takes bookings, whoever has a place in it."""
    members = Registration.objects.confirmed().filter(edition=session.edition_id)
    if not session.takes_bookings:
        return members
    booked = WorkshopBooking.objects.confirmed().filter(workshop=session.pk)
    return members.filter(pk__in=booked.values("registration"))


def standing() -> QuerySet[GroupPlace]:
    """Places in groups of people who still come: whoever cancelled has left at once."""
    booked = WorkshopBooking.objects.confirmed().filter(
        registration=OuterRef("registration"), workshop=OuterRef("plan__session")
    )
    comes = Q(plan__session__takes_bookings=False) | Exists(booked)
    return GroupPlace.objects.filter(comes, registration__status=CONFIRMED)


def people_of(plan: GroupPlan, members: Iterable[Registration], kept: Mapping[int, int]) -> list[Person]:
    """The members as the dealing knows them; `kept` says who stays where, by registration."""
    is_by_answer = plan.split_by == GroupPlan.SplitBy.ANSWER
    values = answered(plan) if is_by_answer else {}
    return [
        Person(
            id=member.pk,
            values=values.get(member.pk, ()) if is_by_answer else own_values(plan, member),
            observes=member.role in plan.observer_roles,
            kept=kept.get(member.pk),
        )
        for member in members
    ]


def own_values(plan: GroupPlan, member: Registration) -> tuple[str, ...]:
    value = str(member.country) if plan.split_by == GroupPlan.SplitBy.COUNTRY else member.role
    return (value,) if value else ()


def answered(plan: GroupPlan) -> dict[int, tuple[str, ...]]:
    """What each registration answered: the pks of options as text, else a country code, yes or no."""
    answers = Answer.objects.filter(question=plan.question_id, deleted_at=None).prefetch_related("options")
    return {
        answer.registration_id: tuple(str(option.pk) for option in answer.options.all()) or (answer.text,)
        for answer in answers
    }
