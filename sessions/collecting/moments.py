"""The moments at which speakers are asked by themselves; organisers set and take them back."""

from datetime import datetime

from django.db import transaction

from conference.models import Edition
from sessions.models import SlidesReminder


@transaction.atomic
def add_moment(*, edition: Edition, at: datetime) -> SlidesReminder:
    """The same moment entered twice stays one."""
    return SlidesReminder.objects.get_or_create(edition=edition, at=at)[0]


@transaction.atomic
def remove_moment(*, edition: Edition, pk: int) -> bool:
    """Only one that was not sent: what was sent stays on record."""
    return bool(SlidesReminder.objects.filter(edition=edition, pk=pk, sent_at=None).delete()[0])
