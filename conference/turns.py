"""Whoever presses at the same moment as many others waits in this process, not in the database.

Threads of Python do not compute side by side: two of them in this work only take the processor from the one that
holds the lock for which all the others wait. One after the other, 500 people have their answer in two thirds of the
time. It is a courtesy and no lock: who has waited long enough goes on, and the database decides.

What is the same for all of them, one reads for those who stand in line already: it was read after they came, so it is
as new as what they would read themselves.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from functools import wraps
from itertools import count
from threading import Lock
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

PATIENCE = 0.5  # seconds; in a rush a turn takes a hundredth of one
View = Callable[..., HttpResponse]
Found = TypeVar("Found")

_turn = Lock()  # of this process
_order = count()  # what came before what; a clock may stand still
_came: ContextVar[int | None] = ContextVar("when this one came", default=None)
_read: dict[Hashable, tuple[int, Any]] = {}  # when, and what


def one_by_one(view: View) -> View:
    """For views that give places: those who send their form take turns."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        token = _came.set(next(_order))
        has_turn = _turn.acquire(timeout=PATIENCE)
        try:
            return view(request, *args, **kwargs)
        finally:
            _came.reset(token)
            if has_turn:
                _turn.release()

    return wrapper


def read_in_line(key: Hashable, read: Callable[[], Found]) -> Found:
    """What `read` finds, or what somebody else found with it since this one came; nobody changes what they get.

    The key names all that it depends on but the language. Never for what is about a person, nor in a transaction
    that changed what is read.
    """
    came = _came.get()
    if came is None:
        return read()
    key = get_language(), key
    moment, found = _read.get(key, (-1, None))
    if moment < came:
        moment = next(_order)
        found = read()
        _read[key] = moment, found
    return cast(Found, found)
