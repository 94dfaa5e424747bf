"""What a person sees of a round of ranked choice: the workshops in their order, and the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from conference.models import Edition
from registration.models import Preference, Registration, Round, RoundWorkshop
from registration.panels import Choice, choices_of
from registration.services.ranking import fingerprint, offered_in, ranking_of
from sessions.models import Session
from sessions.outline import Entry, add_people, entries_of, flat


@dataclass
class Item:
    """One workshop that can be ranked: what it is, its places, and what of this person is in its way."""

    pk: int  # of the choice
    entry: Entry
    choice: Choice


@dataclass
class Board:
    round: Round
    ranked: list[Item] = field(default_factory=list)
    others: list[Item] = field(default_factory=list)
    seen: str = ""  # of what is saved
    saved_at: datetime | None = None
    is_saved: bool = True


def board_of(registration: Registration, round_: Round, ranking: Sequence[int] | None = None) -> Board:
    """As it is saved, or as it was sent and could not be saved; the same few queries for any number."""
    saved = ranking_of(registration, round_)
    items = items_of(registration, round_)
    shown = [pk for pk in (saved if ranking is None else dict.fromkeys(ranking)) if pk in items]
    latest = Preference.objects.filter(registration=registration, choice__round=round_).order_by(
        "-created_at"
    )
    return Board(
        round=round_,
        ranked=[items[pk] for pk in shown],
        others=[item for pk, item in items.items() if pk not in shown],
        seen=fingerprint(saved),
        saved_at=latest.values_list("created_at", flat=True).first(),
        is_saved=ranking is None,
    )


def items_of(registration: Registration, round_: Round) -> dict[int, Item]:
    """Every workshop that is offered, by the pk of its choice, in the order of the programme."""
    offered = RoundWorkshop.objects.filter(pk__in=offered_in(round_))
    pks = dict(offered.values_list("workshop", "pk"))
    entries = entries_in(round_.edition, list(pks))
    choices = choices_of(registration, [entry.session for entry in entries])
    by_workshop = {choice.workshop.pk: choice for choice in choices}
    return {
        pks[entry.session.pk]: Item(pks[entry.session.pk], entry, by_workshop[entry.session.pk])
        for entry in entries
    }


def entries_in(edition: Edition, workshop_ids: Sequence[int]) -> list[Entry]:
    sessions = Session.objects.filter(pk__in=workshop_ids).in_order()
    entries = flat(entries_of(sessions, edition, has_texts=True))
    add_people(entries)
    return entries
