"""What several machines share, looked at by the doctor: the object store and Redis, where they are set."""

import uuid
from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError

from conference.management.findings import Finding, good, wrong

WORD = b"Can be deleted."


def machines() -> Iterator[Finding]:
    if settings.S3_URL:
        yield object_store()
    elif settings.MACHINES > 1:
        yield good(
            "Files",
            f"S3_URL is not set: private/ and media/ in {settings.DATA_DIR} must be one folder for all.",
        )
    if settings.REDIS_URL:
        yield redis()


def object_store() -> Finding:
    """Written, read and deleted, which is all that the site asks of it."""
    store = storages["private"]
    try:
        name = store.save(f"doctor/{uuid.uuid4().hex}", ContentFile(WORD))
        with store.open(name, "rb") as file:
            came_back = file.read() == WORD
        store.delete(name)
    except OSError as error:
        return wrong(
            "Object store", f"S3_URL: {error.strerror}. The key must be allowed to list, get, put and delete."
        )
    if not came_back:
        return wrong("Object store", "What was put there came back changed.")
    return good("Object store", "It takes files, gives them back and deletes them.")


def redis() -> Finding:
    try:
        cache.set("doctor", "kept", 60)
        kept = cache.get("doctor") == "kept"
    except DatabaseError as error:
        return wrong("Redis", f"REDIS_URL: {error}. Is it running?")
    return good("Redis", "It keeps what it is given.") if kept else wrong("Redis", "It keeps nothing.")
