"""Many mails of one occasion ask the database once for what is the same for all of them."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from conference.models import Site

_KEPT: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept for a batch of mails", default=None)


@contextmanager
def one_batch(site: Site | None = None) -> Iterator[None]:
    """Around what writes mails, or as its function's decorator; the next batch reads anew all but what it is given."""
    if _KEPT.get() is not None:  # part of a larger one
        yield
        return
    token = _KEPT.set({"site": site} if site else {})
    try:
        yield
    finally:
        _KEPT.reset(token)


def once(key: Hashable, read: Callable[[], Any]) -> Any:
    """What `read` finds: in a batch the first time only, otherwise each time."""
    kept = _KEPT.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return kept[key]


def the_site() -> Site:
    return cast(Site, once("site", lambda: Site.objects.filter(pk=1).first() or Site(pk=1)))
