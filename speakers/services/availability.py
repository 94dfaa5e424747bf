"""When a speaker can be at an edition: entered by themselves or by an organiser."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conference.models import Edition
from speakers.exceptions import TooManyTimes
from speakers.models import Availability, Speaker

MOST = 30  # times of one speaker at one edition


@transaction.atomic
def add_availability(
    *, speaker: Speaker, edition: Edition, starts_at: datetime, ends_at: datetime
) -> Availability:
    """The same time entered twice stays one."""
    Speaker.objects.select_for_update(no_key=True).get(pk=speaker.pk)
    times = Availability.objects.filter(speaker=speaker, edition=edition)
    same = times.filter(starts_at=starts_at, ends_at=ends_at).first()
    if same:
        return same
    if times.count() >= MOST:
        raise TooManyTimes(_("More than %(most)s times are not kept.") % {"most": MOST})
    return Availability.objects.create(speaker=speaker, edition=edition, starts_at=starts_at, ends_at=ends_at)


@transaction.atomic
def remove_availability(*, speaker: Speaker, edition: Edition, pk: int) -> None:
    """Only one of this speaker's own; what is gone already stays gone."""
    Availability.objects.filter(speaker=speaker, edition=edition, pk=pk).delete()
