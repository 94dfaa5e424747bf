"""Keep sessions in a person's own programme, also those that a browser kept before the person logged in."""

from collections.abc import Iterable
from itertools import islice
from uuid import UUID

from django.db import transaction

from conference.models import User
from sessions.models import Kind, Session, Star
from sessions.models.session import SessionQuerySet

MOST_AT_ONCE = 500


def that_take_stars() -> SessionQuerySet:
    """What has a public page; a break is for everybody anyway."""
    return Session.objects.known().exclude(kind=Kind.BREAK)


@transaction.atomic
def star(*, user: User, session: Session) -> Star:
    """Put the session into the person's programme; it is there once."""
    return Star.objects.get_or_create(user=user, session=session)[0]


@transaction.atomic
def unstar(*, user: User, session: Session) -> None:
    """Take the session out of the person's programme."""
    Star.objects.filter(user=user, session=session).delete()


@transaction.atomic
def take_over(*, user: User, guids: Iterable[UUID]) -> list[UUID]:
    """Put what a browser kept into the account, and answer what is there now; what is not known is left out."""
    sessions = that_take_stars().filter(guid__in=list(islice(guids, MOST_AT_ONCE))).in_order()
    known = list(sessions.only("pk", "guid"))
    Star.objects.bulk_create([Star(user=user, session=session) for session in known], ignore_conflicts=True)
    return [session.guid for session in known]
