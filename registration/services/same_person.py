"""A registration may become another person's while a request is on its way: whoever had it changes nothing any more."""

from registration.exceptions import ChangedMeanwhile
from registration.models import Registration


def check_same_person(locked: Registration, asked_for: Registration) -> None:
    """`locked`: the row as it is now; `asked_for`: as it was when the request found it."""
    if locked.user_id != asked_for.user_id:
        raise ChangedMeanwhile
