"""A hundred wrong passwords in a row, and passwords open the account no more until its owner chose a new one.

The number is that of NIST SP 800-63B-4 (3.2.2). Codes and links by mail, and passkeys, still let the owner in.
"""

import hashlib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from conference.accounts.services import owner_of
from conference.limits import count_one
from conference.models import RateCount, User

IN_A_ROW = 100
REMEMBERED = timedelta(days=365)


def count_try(email: str) -> None:
    """Count before looking, so that tries at the same moment are all counted; raises ValidationError beyond the last.

    An address without an account is counted like any other: nobody learns from it who has one.
    """
    if count_one(_key(owner_of(email), email), REMEMBERED) > IN_A_ROW:
        raise ValidationError(
            _(
                "Wrong passwords were given a hundred times in a row, so passwords no longer open this account."
                " Choose a new one by mail (“Forgot your password?”), or log in with a code by mail."
            )
        )


def forget_tries(owner: User) -> None:
    """The row is broken: the right password was given, or there is a new one."""
    RateCount.objects.filter(key=_key(owner, "")).delete()


def _key(owner: User | None, email: str) -> str:
    whose = str(owner.pk) if owner else email.strip().lower()
    return hashlib.sha256(f"wrong passwords\n{whose}".encode()).hexdigest()
