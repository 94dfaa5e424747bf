"""How long an import takes and how much memory: the largest published example, and 5,000 made-up talks."""

import json
import os
import random
import resource
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

TALKS, ROOMS, DAYS, SPEAKERS = 5_000, 40, 5, 3_500
OPENING = datetime(2027, 3, 13, 8, 0, tzinfo=timezone(timedelta(hours=1)))
EXAMPLE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "frab" / "frab-camp2019.json"
HEAD = f"{'import':<24}{'MB':>7}{'talks':>8}{'read s':>9}{'store s':>9}{'again s':>9}{'peak MB':>9}"


def big_schedule() -> bytes:
    """frab JSON of five days, the same every time."""
    from tests.bench.big_edition import text, title

    chance = random.Random(2027)
    days: list[dict] = []
    for day in range(DAYS):
        begins = OPENING + timedelta(days=day)
        rooms = {f"Room {room}": [] for room in range(ROOMS)}
        days.append(
            {"index": day + 1, "date": str(begins.date()), "day_start": begins.isoformat(), "rooms": rooms}
        )
    for number in range(TALKS):
        turn, room = divmod(number // DAYS, ROOMS)
        starts_at = OPENING + timedelta(days=number % DAYS, minutes=30 * turn)
        days[number % DAYS]["rooms"][f"Room {room}"].append(
            talk(chance, number, starts_at, title(chance), text)
        )
    conference = {"acronym": "large", "title": "Large", "time_zone_name": "Europe/Brussels", "days": days}
    return json.dumps(
        {"schedule": {"version": "1", "base_url": "https://large.test/", "conference": conference}}
    ).encode()


def talk(chance: random.Random, number: int, starts_at: datetime, title: str, text) -> dict:
    people = [
        {"id": 1 + (number + turn * 7) % SPEAKERS, "public_name": f"Speaker {(number + turn * 7) % SPEAKERS}"}
        for turn in range(2)
    ]
    return {
        "guid": str(UUID(int=chance.getrandbits(128))),
        "id": number + 1,
        "date": starts_at.isoformat(),
        "start": f"{starts_at:%H:%M}",
        "duration": "00:25",
        "slug": f"large-{number + 1}-talk",
        "title": title,
        "track": f"Track {number % 60}",
        "type": "lecture",
        "language": "en",
        "abstract": f"<p>{text(chance, 80)}</p><p>{text(chance, 40)}</p>",
        "persons": people,
        "links": [{"url": f"https://large.test/{number}", "title": "Page"}],
        "attachments": [{"url": f"/files/{number}.pdf", "title": "Slides"}],
    }  # fmt: skip


def measure(name: str, data: bytes) -> None:
    from conference.models import Series
    from sessions.exchange.reading import read
    from sessions.services.importing import run_import
    from tests.factories import make_edition

    series = Series.objects.create(title=name, slug=name)  # the server may hold one of an import before
    edition = make_edition(slug=name, series=series, starts_on=None, ends_on=None)
    moments = [time.perf_counter()]
    reading = read(data, zone=edition.zone)
    moments.append(time.perf_counter())
    run_import(edition=edition, reading=reading, publish=True)
    moments.append(time.perf_counter())
    again = run_import(edition=edition, reading=read(data, zone=edition.zone), publish=True)
    moments.append(time.perf_counter())
    if not again.does_nothing:
        sys.exit(f"{name}: the second import was not left as it was")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = [after - before for before, after in zip(moments, moments[1:], strict=False)]
    figures = "".join(f"{second:>9.2f}" for second in seconds)
    print(
        f"{name:<24}{len(data) / 1e6:>7.1f}{len(reading.schedule.events):>8}{figures}{peak:>9.0f}", flush=True
    )


def alone(name: str) -> None:
    """One import in a process and a database of its own, so that the peak of memory is its own."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    measure(name, big_schedule() if name == "generated" else EXAMPLE.read_bytes())


def importing(database: str = "") -> int:
    """Measure both in turn, on SQLite or on the server of this address; how many failed."""
    import subprocess

    print(HEAD, flush=True)
    failed = 0
    for name in ["example", "generated"] if EXAMPLE.exists() else ["generated"]:
        with tempfile.TemporaryDirectory() as folder:
            env = {**os.environ, "DJANGO_SETTINGS_MODULE": "conference.settings", "DATA_DIR": folder}
            env |= {"DATABASE_URL": database} if database else {}
            done = subprocess.run([sys.executable, "-m", "tests.bench.importing", name], env=env, check=False)  # noqa: S603
            failed += done.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(importing() if len(sys.argv) == 1 else alone(sys.argv[1]))
