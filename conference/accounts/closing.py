"""Close an account for good: whoever keeps something of a person under their name says what becomes of it."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from conference.models import User

BEFORE_CLOSING: list[Callable[[User], object]] = []  # filled in AppConfig.ready(), by the apps above
TRIES = 5


class ChangedWhileClosing(Exception):  # noqa: N818  it is no error, all is read anew
    """The person did something at that very moment; what was read no longer holds."""


def close_account(*, user: User) -> None:
    """The only way in which an account is deleted: what its person wished comes first.

    What they do at the same moment is undone with the rest: then all is read anew.
    """
    for _try in range(TRIES - 1):
        try:
            return _close(user)
        except (ChangedWhileClosing, IntegrityError):
            continue
    return _close(user)


@transaction.atomic
def _close(user: User) -> None:
    found = User.objects.filter(pk=user.pk).first()
    if found is None:
        return
    for step in BEFORE_CLOSING:
        step(found)
    found.delete()
