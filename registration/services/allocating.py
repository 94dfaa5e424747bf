"""Compute an allocation of a round, and fix places by hand; nothing of it is seen before it is published."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from conference import clock
from conference.models import User
from registration.allocation import allocate
from registration.models import AllocatedPlace, Allocation, FixedPlace, Registration, Round, RoundWorkshop
from registration.models.round import new_seed
from registration.rounds.exceptions import AlreadyPublished, CannotBeFixed, NotRankedChoice
from registration.rounds.posing import Busy, Posed, pose

Reason = AllocatedPlace.Reason


def compute(*, round_: Round, by: User | None) -> Allocation:
    """One more result beside those there are; nobody has a place by it yet."""
    began_at = clock.now()  # whatever is chosen later is not in it
    round_ = with_seed(round_)
    posed = pose(round_)
    result = allocate(posed.problem)
    with transaction.atomic():
        locked = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
        check_may_compute(locked)
        last = locked.allocations.aggregate(last=Max("number"))["last"] or 0  # type: ignore[attr-defined]
        allocation = Allocation.objects.create(
            round=round_,
            number=last + 1,
            seed=round_.seed,
            problem=posed.problem.as_json(),
            report=result.as_json(),
            by=by,
        )
        Allocation.objects.filter(pk=allocation.pk).update(created_at=began_at)
        allocation.created_at = began_at
        AllocatedPlace.objects.bulk_create(rows_of(allocation, posed, result.places), batch_size=500)
    return allocation


@transaction.atomic
def with_seed(round_: Round) -> Round:
    """The round as it is now; whoever made it without a seed gets one."""
    locked = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    check_may_compute(locked)
    if not locked.seed:
        locked.seed = new_seed()
        locked.save(update_fields=["seed"])
    return locked


def check_may_compute(round_: Round) -> None:
    if not round_.is_ranked:
        raise NotRankedChoice
    if round_.published_at:
        raise AlreadyPublished


def rows_of(allocation: Allocation, posed: Posed, places: dict) -> list[AllocatedPlace]:
    """Ranks as people gave them, also those of workshops that were not possible for them."""
    rows = []
    for key, place in places.items():
        registration = posed.people[key]
        choice = int(place.workshop) if place.workshop else None
        wishes = posed.wishes.get(registration.pk, [])
        reason = place.reason
        if registration.pk in posed.clashing:
            reason = Reason.CLASH
        elif not choice and reason == Reason.CLASH:
            reason = Reason.CLOSED  # nothing they ranked takes place any more
        rank = wishes.index(choice) + 1 if choice in wishes else None
        rows.append(
            AllocatedPlace(
                allocation=allocation, registration=registration, choice_id=choice, rank=rank, reason=reason
            )
        )
    return rows


@transaction.atomic
def fix(*, round_: Round, registration: Registration, choice: RoundWorkshop | None, by: User | None) -> None:
    """This person in this workshop, or in none of the round, whatever is computed next."""
    locked = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    check_may_compute(locked)
    if not registration.is_confirmed or registration.edition_id != locked.edition_id:
        raise CannotBeFixed(_("Only a confirmed registration can take a place in a workshop."))
    if registration.bookings.confirmed().filter(workshop__in_round__round=locked).exists():  # type: ignore[attr-defined]
        raise CannotBeFixed(_("This person has a place in a workshop of this round already."))
    if choice:
        busy = Busy(locked, {choice.workshop_id}, {registration.pk})
        for booking in busy.in_the_way(registration.pk, choice.workshop_id):
            text = _("At that time this person has a place in “%(title)s”.")
            raise CannotBeFixed(text % {"title": booking.workshop.title})
    FixedPlace.objects.update_or_create(
        round=locked, registration=registration, defaults={"choice": choice, "by": by}
    )


@transaction.atomic
def unfix(*, round_: Round, registration: Registration) -> None:
    locked = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    check_may_compute(locked)
    FixedPlace.objects.filter(round=locked, registration=registration).delete()


def is_outdated(allocation: Allocation) -> bool:
    """Whether the same computation would be given something else now: people cancelled, places changed."""
    return pose(allocation.round).problem.as_json() != allocation.problem
