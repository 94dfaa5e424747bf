"""Registration opens, and 200 people press at the same moment, then 500, for 25 places: how long each of them waits."""

import json
import statistics
import time
from collections import Counter
from functools import partial

from tests.bench.site import gunicorn, run, scratch_site
from tests.race.crowd import Action, Person, all_at_once
from tests.race.database import places
from tests.race.test_races import registering

PLACES = 25
CROWDS = {"rush": 200, "locked": 500}  # the edition, and how many press


def rush(database_url: str) -> int:
    """Print the waits and the outcome; how many crowds were not served right."""
    wrong = 0
    with scratch_site(database_url) as env:
        data = json.loads(run(env, "-m", "tests.race.load", str(max(CROWDS.values()))))
        with gunicorn(env) as site:
            people = [Person(site.removeprefix("http://"), session) for session in data["sessions"]]
            for edition, number in CROWDS.items():
                wrong += pressed(env, people[:number], data[edition])
    return wrong


def pressed(env: dict[str, str], people: list[Person], edition: dict) -> int:
    """1 when a place went wrong, or somebody was sent away."""
    answered: dict[str, list[float]] = {person.session: [] for person in people}
    begun = time.perf_counter()
    answers = all_at_once(
        [partial(timed, registering(person, edition), answered[person.session]) for person in people]
    )
    took = time.perf_counter() - begun
    rows = places(env, edition["pk"])
    given = Counter(status for _user, status, _number in rows)
    in_order = [number for _user, _status, number in rows] == list(range(1, len(people) + 1))
    refused = sum(status != 302 for status, _page in answers)
    busy = sum(len(times) - 1 for times in answered.values())
    hundredths = statistics.quantiles([times[-1] - begun for times in answered.values()], n=100)
    print(
        f"rush: {len(people)} press at once, {took:.1f} s, {len(people) / took:.0f} per second;"
        f" waits p50 {hundredths[49]:.1f} s, p95 {hundredths[94]:.1f} s;"
        f" {given['confirmed']} confirmed, {given['waiting']} waiting,"
        f" {'in order without gaps' if in_order else 'OUT OF ORDER'}, {refused} refused, {busy} asked to try again",
        flush=True,
    )
    right = {"confirmed": PLACES, "waiting": len(people) - PLACES}
    return int(given != right or not in_order or refused > 0)


def timed(action: Action, answered: list[float]) -> tuple[int, str]:
    """Who is asked to try again has one more time, and waited until the last."""
    answer = action()
    answered.append(time.perf_counter())
    return answer
