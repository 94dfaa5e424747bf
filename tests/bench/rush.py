"""200 people register at the same moment for 25 places: how fast, and is everyone where they belong."""

import json
import time
from collections import Counter

from tests.bench.site import gunicorn, run, scratch_site
from tests.race.crowd import Person, all_at_once
from tests.race.database import places
from tests.race.test_races import registering

RIGHT = {"confirmed": 25, "waiting": 175}


def rush(database_url: str) -> int:
    """Print the rate and the outcome; 1 when a place went wrong."""
    with scratch_site(database_url) as env:
        data = json.loads(run(env, "-m", "tests.race.load"))
        edition = data["rush"]
        with gunicorn(env) as site:
            people = [Person(site.removeprefix("http://"), session) for session in data["sessions"]]
            begun = time.perf_counter()
            answers = all_at_once([registering(person, edition) for person in people])
            took = time.perf_counter() - begun
        rows = places(env, edition["pk"])
    given = Counter(status for _user, status, _number in rows)
    in_order = [number for _user, _status, number in rows] == list(range(1, len(people) + 1))
    refused = sum(status != 302 for status, _page in answers)
    print(
        f"rush: {len(people)} registrations in {took:.1f} s, {len(people) / took:.0f} per second;"
        f" {given['confirmed']} confirmed, {given['waiting']} waiting,"
        f" {'in order without gaps' if in_order else 'OUT OF ORDER'}, {refused} refused",
        flush=True,
    )
    return int(given != RIGHT or not in_order or refused > 0)
