"""Is the process alive, and can it work: two addresses for whoever watches the site.

Every part is asked, so that one look tells everything that is wrong; none of it tells more than that.
"""

import logging
import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage, storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from conference import clock
from conference.models import Outbox

OLDEST_MAIL = SILENCE = timedelta(minutes=10)
BEAT_EVERY = timedelta(seconds=30)
LEAST_ROOM = 1024**3  # bytes free; a few large uploads more, and nothing can be written any longer
BEAT = "worker.beat"
SILENT = "does not answer"
FOR_EVER = None
logger = logging.getLogger(__name__)


class Trouble(Exception):  # noqa: N818
    """str() is what the page says."""


def beat() -> None:
    """Said by the worker with each look into the outbox; written down now and then."""
    now = clock.now()
    last = cache.get(BEAT)
    if last is None or now - last >= BEAT_EVERY or last > now:
        cache.set(BEAT, now, FOR_EVER)


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_cache() -> None:
    if cache.get_or_set("health", "kept", 60) != "kept":
        raise Trouble("keeps nothing")


def check_storage() -> None:
    """Where uploads and pictures go; an object store says itself when it is away."""
    for storage in (storages["private"], default_storage):
        if settings.S3_URL:
            storage.exists("readyz")
            continue
        folder = getattr(storage, "location", "")
        if folder and not can_be_written(Path(folder)):
            raise Trouble("cannot be written")


def can_be_written(folder: Path) -> bool:
    """Its own folder is made with the first file."""
    there = folder if folder.exists() else folder.parent
    return os.access(there, os.W_OK | os.X_OK)


def check_room() -> None:
    if shutil.disk_usage(settings.DATA_DIR).free < LEAST_ROOM:
        raise Trouble("the disk is nearly full")


def check_mail() -> None:
    oldest = Outbox.objects.due().order_by("due_at").values_list("due_at", flat=True).first()
    if oldest and age(oldest) > OLDEST_MAIL:
        raise Trouble(f"the oldest waits for {minutes(oldest)} minutes")


def check_worker() -> None:
    last = cache.get(BEAT)
    if last is None:
        raise Trouble("has not been seen")
    if age(last) > SILENCE:
        raise Trouble(f"was seen {minutes(last)} minutes ago")


def age(moment: datetime) -> timedelta:
    return clock.now() - moment


def minutes(moment: datetime) -> int:
    return int(age(moment).total_seconds() // 60)


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "cache": check_cache,
    "storage": check_storage,
    "disk": check_room,
    "mail": check_mail,
    "worker": check_worker,
}


@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """One line for each part; 503 when any is not well."""
    found: dict[str, str] = {}
    for name, check in CHECKS.items():
        # Each would wait for the database as long as the first did.
        is_silent = found.get("database") == SILENT and name in asks_database()
        found[name] = SILENT if is_silent else state_of(check)
    lines = "".join(f"{name}: {state}\n" for name, state in found.items())
    return HttpResponse(
        lines, status=200 if set(found.values()) == {"ok"} else 503, content_type="text/plain"
    )


def state_of(check: Callable[[], None]) -> str:
    try:
        check()
    except Trouble as trouble:
        return str(trouble)
    except (DatabaseError, OSError) as error:
        logger.warning("/readyz: %s", error)
        return SILENT
    return "ok"


def asks_database() -> set[str]:
    return {"mail"} if settings.REDIS_URL else {"mail", "cache", "worker"}
