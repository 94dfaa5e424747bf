"""Close an account for good: whoever keeps something of a person under their name says what becomes of it."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from conference.accounts.traces import addresses_of, erase_former_states, erase_traces
from conference.mail import queue_mail
from conference.models import ClosedAccount, Outbox, User

TRIES = 5
Closed = dict[str, Any]  # number, mark, name_stays


@dataclass(frozen=True)
class Leaving:
    """Whose account is closed, and whether their name stays with talks and presentations that are public."""

    user: User
    name_stays: bool = True


BEFORE_CLOSING: list[Callable[[Leaving], object]] = []  # filled in AppConfig.ready(), by the apps above


class ChangedWhileClosing(Exception):  # noqa: N818  it is no error, all is read anew
    """The person did something at that very moment; what was read no longer holds."""


class LastOrganiser(Exception):  # noqa: N818  a refusal, not an error
    def __str__(self) -> str:
        return _(
            "You are the last one who may do everything on this site. Make somebody else a superuser in the admin "
            "first; then you can close your account."
        )


def close_account(*, user: User, name_stays: bool = True, is_told: bool = False) -> None:
    """The only way in which an account is deleted: what its person wished comes first. Raises LastOrganiser.

    What they do at the same moment is undone with the rest: then all is read anew.
    """
    for _try in range(TRIES - 1):
        try:
            return _close(user, name_stays, is_told)
        except (ChangedWhileClosing, IntegrityError):
            continue
    return _close(user, name_stays, is_told)


@transaction.atomic
def _close(user: User, name_stays: bool, is_told: bool) -> None:
    found = User.objects.filter(pk=user.pk).first()
    if found is None:
        return
    for step in BEFORE_CLOSING:
        step(Leaving(found, name_stays))
    _refuse_last_organiser(found)
    erase_traces(found)
    ClosedAccount.objects.get_or_create(
        mark=mark_of(found), defaults={"number": found.pk, "name_stays": name_stays}
    )
    key, name, addresses = found.pk, found.name, addresses_of(found)
    found.delete()
    erase_former_states(key, [name, *addresses])
    if is_told:
        mail = queue_mail(to=user.email, template="account_closed", context={}, language=user.language)
        Outbox.objects.filter(pk=mail.pk).update(is_forgotten=True)


def closes_the_last(people: Iterable[User]) -> bool:
    """Whether nobody would be left who may do everything, of those who may now."""
    able = set(User.objects.filter(is_superuser=True, is_active=True).values_list("pk", flat=True))
    return bool(able) and able <= {one.pk for one in people}


def _refuse_last_organiser(user: User) -> None:
    """Two who leave at once see each other."""
    if not user.is_superuser:
        return
    rows = User.objects.select_for_update().filter(is_superuser=True, is_active=True).order_by("pk")
    if [one.pk for one in rows] == [user.pk]:
        raise LastOrganiser


# --- Once more, in a restored copy -------------------------------------------------------------------------------


def mark_of(user: User) -> str:
    """Tells the account from a later one that was given the same number; says nothing of its person."""
    opened_at = user.created_at.astimezone(UTC).isoformat()
    return hashlib.sha256(f"{user.pk} {opened_at}".encode()).hexdigest()


def closed_accounts() -> list[Closed]:
    """What has to survive beside a backup: numbers, marks, and the one choice that each person made."""
    rows = ClosedAccount.objects.order_by("pk")
    return [{"number": one.number, "mark": one.mark, "name_stays": one.name_stays} for one in rows]


def erase_again(closed: Iterable[Closed] = ()) -> int:
    """Close what was closed since the backup was made, with all that it frees, and write it down again; how many."""
    count = 0
    for one in [*closed_accounts(), *closed]:
        user = User.objects.filter(pk=one["number"]).first()
        if user and mark_of(user) == one["mark"]:
            close_account(user=user, name_stays=bool(one["name_stays"]))
            count += 1
        ClosedAccount.objects.get_or_create(
            mark=one["mark"], defaults={"number": one["number"], "name_stays": one["name_stays"]}
        )
    return count


def listed(file: Path) -> list[Closed]:
    """What `closed_accounts()` was, read back from a file; anything else is refused in words."""
    try:
        return [
            {"number": int(one["number"]), "mark": str(one["mark"]), "name_stays": bool(one["name_stays"])}
            for one in json.loads(file.read_text())
        ]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise CommandError(f"{file} is no list of closed accounts: {problem}") from problem
