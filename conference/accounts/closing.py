"""Close an account for good: whoever keeps something of a person under their name says what becomes of it."""

from collections.abc import Callable

from django.db import transaction

from conference.models import User

BEFORE_CLOSING: list[Callable[[User], object]] = []  # filled in AppConfig.ready(), by the apps above


@transaction.atomic
def close_account(*, user: User) -> None:
    """The only way in which an account is deleted: what its person wished comes first."""
    for step in BEFORE_CLOSING:
        step(user)
    user.delete()
