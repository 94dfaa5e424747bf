"""The state of what the public sees: whoever changes it says so here, and kept pages are then known to be old."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError
from django.db.models import F, Max, Q, Sum
from django.http import HttpRequest
from django.utils.translation import get_language

from conference import clock
from conference.models import ContentVersion, Edition
from conference.turns import say_in_line

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ContentState:
    """A number that grows with every change, and when the last one was."""

    number: int
    changed_at: datetime | None

    def etag(self, *words: object) -> str:
        """An entity tag for a page that depends on nothing but the content, its language and these words."""
        said = "\n".join(map(str, (self.number, get_language(), *words)))
        return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def touch(edition: Edition | int | None = None) -> None:
    """The pages of this edition, or of all, are new from now on. Call it in the transaction of the change."""
    key = edition.pk if isinstance(edition, Edition) else edition
    row = ContentVersion.objects.filter(edition=key)
    if not row.update(number=F("number") + 1, changed_at=clock.now()):
        # Without an edition two rows may be made at once; the sum below still grows with each change.
        ContentVersion.objects.bulk_create([ContentVersion(edition_id=key)], ignore_conflicts=True)


def say_changed(request: HttpRequest, edition: Edition | int | None) -> None:
    """Once in a request, after its change is stored: a page built before it is not asked for any more."""
    if getattr(request, "has_said_changed", False):
        return
    request.has_said_changed = True  # type: ignore[attr-defined]
    key = edition.pk if isinstance(edition, Edition) else edition
    say_in_line(("changed", key), lambda: touch_at_last(key))


def touch_at_last(edition: int | None) -> None:
    """Not worth an error: what was changed is stored, and kept pages are soon too old."""
    try:
        touch(edition)
    except DatabaseError as error:
        logger.warning("A change shows only when kept pages are too old: %s", error)


def content_numbers() -> dict[str, tuple[int, int]]:
    """By slug each edition's key and number, and under "" the number of everything; two small queries."""
    rows = list(ContentVersion.objects.values_list("edition", "number"))
    shared = sum(number for edition, number in rows if edition is None)
    own = {edition: number for edition, number in rows if edition is not None}
    numbers = {slug: (pk, own.get(pk, 0) + shared) for slug, pk in Edition.objects.values_list("slug", "pk")}
    return {"": (0, shared + sum(own.values())), **numbers}


def content_state(edition: Edition | None = None) -> ContentState:
    """The state of one edition's pages, or of the pages that draw on all of them; one query."""
    rows = ContentVersion.objects.all()
    if edition:
        rows = rows.filter(Q(edition=edition) | Q(edition=None))
    found = rows.aggregate(number=Sum("number"), changed_at=Max("changed_at"))
    return ContentState(found["number"] or 0, found["changed_at"])
