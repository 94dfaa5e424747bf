"""Save in which order somebody wants the workshops of a round."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from conference import clock
from registration.exceptions import NotRegistered
from registration.models import Preference, Registration, Round, RoundWorkshop
from registration.rounds.exceptions import NotRankedChoice, RankingChanged, RankingClosed
from registration.services.same_person import check_same_person
from sessions.models import Session


def offered_in(round_: Round) -> list[int]:
    """The choices people can rank, by pk: workshops the public sees and that take bookings."""
    rows = RoundWorkshop.objects.filter(
        round=round_, workshop__status=Session.Status.PUBLISHED, workshop__takes_bookings=True
    )
    return list(rows.values_list("pk", flat=True))


def ranking_of(registration: Registration, round_: Round) -> list[int]:
    """The choices somebody saved, by pk, what they want most first."""
    saved = Preference.objects.filter(registration=registration, choice__round=round_).order_by("rank")
    return list(saved.values_list("choice", flat=True))


def fingerprint(ranking: Sequence[int]) -> str:
    """What a page remembers of the saved order it shows."""
    return hashlib.sha256(",".join(map(str, ranking)).encode()).hexdigest()[:16]


@transaction.atomic
def save_ranking(
    *,
    registration: Registration,
    round_: Round,
    ranking: Sequence[int],
    seen: str | None = None,
    at: datetime | None = None,
) -> list[int]:
    """Replace the whole order; what is not offered is left out. `seen`: of the order that was shown."""
    # The round first: what was said to be saved in time is there when the result is computed.
    round_ = Round.objects.select_for_update(no_key=True, of=("self",)).select_related("edition").get(
        pk=round_.pk
    )  # fmt: skip
    # The person too: two windows must see each other.
    rows = Registration.objects.confirmed().select_for_update(no_key=True, of=("self",))
    locked = rows.filter(pk=registration.pk, edition=round_.edition_id).first()
    if locked is None:
        raise NotRegistered
    check_same_person(locked, registration)
    at = at or clock.now()  # after waiting
    if not round_.is_ranked:
        raise NotRankedChoice
    if round_.published_at or not round_.is_open(at):
        raise RankingClosed(round_, at)
    saved, offered = ranking_of(locked, round_), set(offered_in(round_))
    wanted = [pk for pk in dict.fromkeys(ranking) if pk in offered]
    if wanted == saved:
        return saved
    if seen is not None and seen != fingerprint(saved):
        raise RankingChanged
    Preference.objects.filter(registration=locked, choice__round=round_).delete()
    Preference.objects.bulk_create(
        Preference(registration=locked, choice_id=pk, rank=rank) for rank, pk in enumerate(wanted, start=1)
    )
    return wanted
