"""The pictures of parts in the private store: one goes with its part, and with the picture that takes its place."""

from datetime import timedelta

from django.db import transaction

from conference import clock
from sessions.models import PublicationPart
from sessions.models.presentation_file import private_storage
from sessions.services.storing import remove, stored_files

FOLDER = "publications"
DAY = timedelta(days=1)


def forget_pictures(*names: str) -> None:
    """In the transaction that takes them out of their parts; a change that is undone keeps its pictures."""
    for name in filter(None, names):
        transaction.on_commit(lambda name=name: remove_unused(name))  # type: ignore[misc]


def remove_unused(name: str) -> bool:
    if PublicationPart.objects.filter(picture=name).exists():
        return False
    remove(name)
    return True


def remove_orphan_pictures(older_than: timedelta = DAY) -> int:
    """What a broken-off change left behind; young ones may still be on their way into a part."""
    storage, limit = private_storage(), clock.now() - older_than
    old = [name for name in stored_files(storage, FOLDER) if storage.get_modified_time(name) < limit]
    return sum(map(remove_unused, old))
