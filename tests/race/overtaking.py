"""Run in the scratch site: between what one of two reads and what they write, the other does everything; prints how it went.

`python -m tests.race.overtaking SECONDS`: so long waits who is slow, unless the other is through before. A lock lets nobody through.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from threading import Event, Thread
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from django.db import IntegrityError, connection  # noqa: E402

from conference.models import Edition  # noqa: E402
from tests import factories  # noqa: E402

CHANGES = ("INSERT", "UPDATE", "DELETE")
DONE = "done"
LONGEST = 30  # seconds for everything that one of them does


@dataclass
class Scene:
    """What two people do at once; `look` says how it stands afterwards, `right` what both may be told and how it may then stand.

    With `is_order_hidden` that does not say who was first: being overtaken is then what is wrong. With `is_one_way`
    only `one` is the slow one: the other way round it would be another story. `before` names the table whose change
    the slow one stops before, where that is not the first change.
    """

    one: Callable[[], object]
    other: Callable[[], object]
    look: Callable[[], Any]
    right: list[tuple[str, str, Any]]
    is_order_hidden: bool = False
    is_one_way: bool = False
    before: str = ""


class Actor:
    """One of the two, in a thread with a connection of its own."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act, self.told, self.constraint, self.is_through = act, "nothing", "", Event()
        self.thread = Thread(target=self.run, daemon=True)

    def run(self) -> None:
        try:
            connection.ensure_connection()
            self.act()
            self.told = DONE
        except Exception as error:
            self.told, self.constraint = type(error).__name__, constraint_behind(error)
        finally:
            connection.close()
            self.is_through.set()


class Slow(Actor):
    """Stops before the first change, with everything read that decides about it."""

    def __init__(self, act: Callable[[], object], before: str, patience: float) -> None:
        super().__init__(act)
        self.before, self.patience = before, patience
        self.has_read, self.is_overtaken = Event(), False
        self.other: Actor | None = None

    def run(self) -> None:
        with connection.execute_wrapper(self.stop_before_changing):
            super().run()
        self.has_read.set()

    def stop_before_changing(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        if sql.startswith(CHANGES) and self.before in sql and not self.has_read.is_set():
            self.has_read.set()
            self.is_overtaken = bool(self.other) and self.other.is_through.wait(self.patience)
        return execute(sql, params, many, context)


def constraint_behind(error: BaseException | None) -> str:
    """The constraint that refused, as PostgreSQL names it, also where a refusal was made of it."""
    while error and not isinstance(error, IntegrityError):
        error = error.__cause__
    return getattr(getattr(error and error.__cause__, "diag", None), "constraint_name", None) or ""


def played(scene: Scene, patience: float, *, is_turned: bool) -> dict[str, Any]:
    """What `one` and `other` were told, whether the slow one was overtaken, what is wrong, and which constraint refused."""
    acts = [scene.one, scene.other]
    slow, quick = Slow(acts[is_turned], scene.before, patience), Actor(acts[not is_turned])
    slow.other = quick
    slow.thread.start()
    slow.has_read.wait(LONGEST)
    quick.thread.start()
    for actor in (slow, quick):
        actor.thread.join(LONGEST)
    told = (quick.told, slow.told) if is_turned else (slow.told, quick.told)
    now = scene.look()
    is_wrong = (*told, now) not in scene.right
    if scene.is_order_hidden and slow.is_overtaken and slow.told == DONE:
        is_wrong = True
    return {
        "told": told,
        "is_overtaken": slow.is_overtaken,
        "wrong": [f"{told}, {now}"] if is_wrong else [],
        "constraint": slow.constraint or quick.constraint,
    }


def main(patience: float) -> dict[str, list[dict[str, Any]]]:
    from tests.race.scenes import PLACES
    from tests.race.scenes_of_collecting import ASKED
    from tests.race.scenes_of_lists import LISTS
    from tests.race.scenes_of_publications import PARTS
    from tests.race.scenes_of_rounds import ONCE

    # More is made in the same site: past every number that was given there.
    factories.counter = count(1000 * (1 + Edition.objects.count()))
    return {make.__name__: both_ways(make, patience) for make in (*PLACES, *ONCE, *ASKED, *PARTS, *LISTS)}


def both_ways(make: Callable[[], Scene], patience: float) -> list[dict[str, Any]]:
    scene = make()
    played_out = [played(scene, patience, is_turned=False)]
    return played_out if scene.is_one_way else [*played_out, played(make(), patience, is_turned=True)]


if __name__ == "__main__":
    print(json.dumps(main(float(sys.argv[1]))))
