"""What somebody who moves up from the waiting list of an allocated round does not need any more."""

from registration.models import Preference, WorkshopBooking


def lower_bookings(place: WorkshopBooking) -> list[WorkshopBooking]:
    """Their other places in the round, but for those they wait for and want more than this one."""
    others = WorkshopBooking.objects.active().filter(
        registration=place.registration_id,
        workshop__in_round__round__published_at__isnull=False,
        workshop__in_round__round__choices__workshop=place.workshop_id,
    )
    found = list(others.exclude(pk=place.pk).select_related("workshop__edition").order_by("workshop"))
    if not found:
        return []
    ranks = dict(
        Preference.objects.filter(
            registration=place.registration_id,
            choice__workshop__in=[place.workshop_id, *(booking.workshop_id for booking in found)],
        ).values_list("choice__workshop", "rank")
    )
    last = len(ranks) + 1
    own = ranks.get(place.workshop_id, last)
    return [
        booking for booking in found if booking.is_confirmed or ranks.get(booking.workshop_id, last) > own
    ]
