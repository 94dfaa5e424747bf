"""Show a session to the public, cancel it in public, or take it back."""

from collections.abc import Callable

from django.db import transaction

from conference.content import touch
from sessions.library.index import reindex
from sessions.models import Session

# What apps above this one do in the same transaction when a session is published, perhaps again.
AFTER_PUBLISHING: list[Callable[[Session], object]] = []


@transaction.atomic
def publish(*, session: Session) -> Session:
    """The public sees the session from now on, once its edition is published too."""
    _set_status(session, Session.Status.PUBLISHED)
    for step in AFTER_PUBLISHING:
        step(session)
    return session


def withdraw(*, session: Session) -> Session:
    """The session leaves every page and keeps its number, so that nothing is renumbered."""
    return _set_status(session, Session.Status.WITHDRAWN)


def cancel(*, session: Session) -> Session:
    """The session keeps its page, which says that it is cancelled, and leaves every list."""
    return _set_status(session, Session.Status.CANCELLED)


@transaction.atomic
def _set_status(session: Session, status: str) -> Session:
    locked = Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    if locked.status != status:
        locked.status = status
        locked.save(update_fields=["status", "updated_at"])
        reindex(locked)
        touch(locked.edition_id)
    session.status, session.updated_at = locked.status, locked.updated_at
    return session
