"""What an organiser should look at in the rounds of an edition: times that do not meet, workshops left out."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.models import Edition
from registration.models import Round, RoundWorkshop, WorkshopBooking
from registration.panels import slots_of
from sessions.models import Session, Slot, Workshop


def warnings_of(round_: Round) -> list[str]:
    """In words; empty when all is well."""
    rows = list(RoundWorkshop.objects.filter(round=round_).select_related("workshop"))
    workshops = [row.workshop for row in rows]
    slots = times_of({workshop.pk for workshop in workshops})
    return [
        *not_parallel(workshops, slots),
        *never_full_enough(rows),
        *not_bookable(workshops),
        *placed_before(round_),
        *in_no_round(round_.edition),
    ]


def times_of(workshops: set[int]) -> dict[int, list[Slot]]:
    """As released; what is not released yet, as it is planned."""
    found = slots_of(workshops)
    planned = Slot.objects.draft().filter(session__in=workshops - set(found), starts_at__isnull=False)
    for slot in planned:
        found.setdefault(slot.session_id, []).append(slot)
    return found


def not_parallel(workshops: list[Workshop], slots: dict[int, list[Slot]]) -> list[str]:
    untimed = [workshop.title for workshop in workshops if workshop.pk not in slots]
    apart = [
        workshop.title
        for workshop in workshops
        if workshop.pk in slots
        and not all(meet(slots[workshop.pk], slots[other.pk]) for other in workshops if other.pk in slots)
    ]
    found = []
    if apart:
        text = _(
            "These workshops do not take place at the time of all the others, and still nobody gets two: %(titles)s."
        )
        found.append(text % {"titles": names(apart)})
    if untimed:
        found.append(_("These workshops have no time yet: %(titles)s.") % {"titles": names(untimed)})
    return found


def meet(some: list[Slot], others: list[Slot]) -> bool:
    return any(one.meets(other) for one in some for other in others)


def never_full_enough(rows: list[RoundWorkshop]) -> list[str]:
    """A minimum above the number of places can never be reached."""
    found = [
        row.workshop.title
        for row in rows
        if row.workshop.capacity is not None and row.minimum > row.workshop.capacity
    ]
    if not found:
        return []
    text = _(
        "These workshops need more people than they have places for, so they cannot take place: %(titles)s."
    )
    return [text % {"titles": names(found)}]


def not_bookable(workshops: list[Workshop]) -> list[str]:
    found = [
        workshop.title
        for workshop in workshops
        if workshop.status != Session.Status.PUBLISHED or not workshop.takes_bookings
    ]
    if not found:
        return []
    text = _(
        "Nobody can choose these workshops, because they are not published or take no bookings: %(titles)s."
    )
    return [text % {"titles": names(found)}]


def placed_before(round_: Round) -> list[str]:
    """Who booked while these workshops went to whoever came first: the allocation moves nobody."""
    if not round_.is_ranked or round_.published_at:
        return []
    count = WorkshopBooking.objects.confirmed().filter(workshop__in_round__round=round_).count()
    if not count:
        return []
    text = ngettext(
        "%(count)s person has a place in these workshops already, and keeps it whatever they rank.",
        "%(count)s people have a place in these workshops already, and keep it whatever they rank.",
        count,
    )
    return [text % {"count": count}]


def in_no_round(edition: Edition) -> list[str]:
    """Somebody who makes rounds rarely means to leave a workshop out."""
    left = Workshop.objects.filter(
        edition=edition, takes_bookings=True, status=Session.Status.PUBLISHED, in_round=None
    )
    found = [workshop.title for workshop in left.in_order()]
    if not found:
        return []
    return [_("These workshops are in no round: %(titles)s.") % {"titles": names(found)}]


def names(titles: list[str]) -> str:
    return get_text_list([_("“%(title)s”") % {"title": title} for title in titles], _("and"))
