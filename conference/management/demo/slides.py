"""Presentations on their way to the second conference: some promised, some not expected, and when speakers are asked."""

from datetime import timedelta

from django.utils import timezone

from conference import clock
from conference.models import Edition
from sessions.collecting.moments import add_moment
from sessions.collecting.promising import expect_none, promise
from sessions.models import Session

PROMISED = "Finding a partner school without a network"
NONE = "Country groups: from plan to first step"


def load(second: Edition) -> None:
    """A deadline in three weeks, on whole hours."""
    at_six = timezone.localtime(clock.now(), second.zone).replace(hour=18, minute=0, second=0, microsecond=0)
    second.presentations_due_at = at_six + timedelta(weeks=3)
    second.save(update_fields=["presentations_due_at", "updated_at"])
    sessions = Session.objects.filter(edition=second)
    promise(sessions=sessions.filter(title_en=PROMISED), day=at_six.date() + timedelta(days=10))
    expect_none(sessions=sessions.filter(title_en=NONE))
    for weeks in (1, 2):
        add_moment(edition=second, at=at_six + timedelta(weeks=weeks))
