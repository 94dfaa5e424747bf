"""Whoever presses at the same moment as many others waits in this process, not in the database.

Threads of Python do not compute side by side: two of them in this work only take the processor from the one that
holds the lock for which all the others wait. One after the other, 500 people have their answer in two thirds of the
time. It is a courtesy and no lock: who has waited long enough goes on, and the database decides.

What is the same for all of them, one reads for those who stand in line by then: it was read after they came, so it is
as new as what they would read themselves. And what each would say after their change, the last one says for all.
"""

import fcntl
import os
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import wraps
from itertools import count
from threading import Lock
from typing import IO, Any, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

PATIENCE = 0.5  # seconds; in a rush a turn takes a hundredth of one
STEP = 0.001  # seconds between two looks
LATEST = 0.25  # seconds after which what is to be said does not wait for the last one
View = Callable[..., HttpResponse]
Found = TypeVar("Found")


class Line:
    """One after the other, in the order in which they came: a plain lock goes to whoever happens to be running."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_taken = False
        self._waiting: deque[Lock] = deque()

    def enter(self, patience: float) -> bool:
        """Whether it is one's turn now; not when it took longer than so many seconds."""
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=patience):
            return True
        with self._lock:
            if mine not in self._waiting:  # it came in this very moment
                return True
            self._waiting.remove(mine)
            return False

    def leave(self) -> bool:
        """The turn of the next one; whether there is one."""
        with self._lock:
            self._is_taken = bool(self._waiting)
            if self._waiting:
                self._waiting.popleft().release()
            return self._is_taken


_line = Line()  # of this process
_order = count()  # what came before what; a clock may stand still
_came: ContextVar[int | None] = ContextVar("when this one came", default=None)
_has_turn: ContextVar[bool] = ContextVar("whether it is this one's turn", default=False)
_read: dict[Hashable, tuple[int, Any]] = {}  # when, and what
_to_say: dict[Hashable, tuple[float, Callable[[], object]]] = {}  # since when, and how


def one_by_one(view: View) -> View:
    """For views that give places: those who send their form take turns."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        token = _came.set(next(_order))
        has_turn = _line.enter(PATIENCE)
        mine = _has_turn.set(has_turn)
        try:
            return view(request, *args, **kwargs)
        finally:
            _has_turn.reset(mine)
            _came.reset(token)
            if has_turn and (not _line.leave() or any(map(is_late, list(_to_say)))):
                say_all()

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


def read_anew() -> None:
    """From here on: whoever was refused sees what is so now, and not what was read before."""
    if _came.get() is not None:
        _came.set(next(_order))


def say_in_line(key: Hashable, say: Callable[[], object]) -> None:
    """Now, or once for all who stand in line: whoever is handed the turn has to say it too, or hands it on.

    The key names all that it depends on.
    """
    if not _has_turn.get():
        say()
        return
    _to_say.setdefault(key, (time.monotonic(), say))


def is_late(key: Hashable) -> bool:
    since, _say = _to_say.get(key, (time.monotonic(), None))
    return time.monotonic() - since >= LATEST


def say_all() -> None:
    while _to_say:
        try:
            _key, (_since, say) = _to_say.popitem()
        except KeyError:  # another one said the last of it
            return
        say()


@contextmanager
def writing() -> Iterator[None]:
    """Around the transaction of a turn: on SQLite the processes wait for each other here.

    By itself SQLite sleeps for up to a tenth of a second while the other is done long ago; whoever waits for PostgreSQL
    hears at once.
    """
    if _came.get() is None or connection.vendor != "sqlite":
        yield
        return
    folder = os.open(settings.DATA_DIR, os.O_RDONLY)
    try:
        wait_for(folder)
        yield
    finally:
        os.close(folder)


def wait_for(folder: int) -> None:
    """Not for ever, and not at all where folders cannot be locked, as on some networks."""
    until = time.monotonic() + PATIENCE
    with suppress(OSError):
        while not is_ours(folder) and time.monotonic() < until:
            time.sleep(STEP)


def is_ours(opened: int | IO[str]) -> bool:
    """Whether the lock of what is open is this process's until it is closed; whoever is killed gives it back."""
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
