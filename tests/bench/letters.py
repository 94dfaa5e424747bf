"""A letter to 3,000 people while the worker is killed twenty times: how long it takes, and that each has it once.

`python -m tests.bench.letters` on SQLite; with a URL, or called with one, on that PostgreSQL.
"""

import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from subprocess import Popen

from tests.bench.site import ROOT, run, scratch_site

PEOPLE, KILLS = 3_000, 20
LONGEST = 900  # seconds


def load(people: int) -> dict[str, object]:
    """In the scratch site: an edition with so many people, and a letter to them that is confirmed."""
    import django

    django.setup()
    from conference.models import User
    from registration.letters.audience import Audience
    from registration.letters.sending import send, state_of
    from registration.models import Letter, Registration
    from tests.factories import make_edition, make_organiser, make_registration_type

    edition = make_edition("A large conference")
    kind, olga = make_registration_type(edition), make_organiser()
    users = User.objects.bulk_create(
        User(email=f"person{number}@example.org", name=f"Person {number}", language=("en", "nl")[number % 2])
        for number in range(people)
    )
    Registration.objects.bulk_create(
        Registration(user=user, edition=edition, registration_type=kind, status="confirmed", role="teacher")
        for user in users
    )
    texts = {
        "en": "Dear {name},\n\n{workshops}\n\n{ticket}",
        "nl": "Beste {name},\n\n{workshops}\n\n{ticket}",
    }
    letter = Letter.objects.create(
        edition=edition, subjects={"en": "Welcome", "nl": "Welkom"}, texts=texts,
        audience=Audience(attendees=True, statuses=["confirmed"]).as_options(),
    )  # fmt: skip
    begun = time.perf_counter()
    send(letter=letter, by=olga, seen=state_of(letter, people))
    return {"letter": letter.pk, "confirming": time.perf_counter() - begun}


def finish() -> dict[str, int]:
    """In the scratch site: what was in flight at a kill is taken back sooner than after five minutes."""
    from datetime import timedelta

    import django

    django.setup()
    from django.utils import timezone

    from conference.mail import send_due
    from conference.models import Outbox

    while send_due(timezone.now() + timedelta(minutes=10), limit=500):
        pass
    rows = Counter(Outbox.objects.values_list("status", flat=True))
    again = Outbox.objects.filter(attempts__gt=1).count()
    return {"rows": rows.total(), "sent": rows["sent"], "again": again}


def letters(url: str = "", people: int = PEOPLE, kills: int = KILLS) -> int:
    """Print what was measured; how much of it was wrong."""
    with scratch_site(url) as env:
        loaded = json.loads(run(env, "-m", "tests.bench.letters", "--load", str(people)))
        mail = Path(env["DATA_DIR"], "mail")
        begun = time.monotonic()
        for number in range(1, kills + 1):
            work(env, mail, people * number // (kills + 1), is_killed=True)
        work(env, mail, people - kills, is_killed=False)
        seconds = time.monotonic() - begun
        found = json.loads(run(env, "-m", "tests.bench.letters", "--finish"))
        received = Counter(recipients(mail))
    once = sum(received[f"person{number}@example.org"] == 1 for number in range(people))
    wrong = (
        people - once + sum(abs(count - people) for count in (len(received), found["rows"], found["sent"]))
    )
    print(
        f"letter to {people} people, worker killed {kills} times: confirmed in {loaded['confirming']:.2f} s, sent in "
        f"{seconds:.0f} s ({people / seconds:.0f} per s); {once} people have it exactly once, wrong {wrong}; in flight at a kill, so sent again under the "
        f"same Message-ID: {found['again']}",
        flush=True,
    )
    return wrong + max(0, found["again"] - kills)


def work(env: dict[str, str], mail: Path, until: int, *, is_killed: bool) -> None:
    """A real worker until so many mails are out; then it is killed at once, or told to stop."""
    worker = Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=env)
    ends = time.monotonic() + LONGEST
    while len(list(mail.glob("*.eml"))) < until and time.monotonic() < ends:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL if is_killed else signal.SIGTERM)
    worker.wait()


def recipients(mail: Path) -> Iterator[str]:
    for file in mail.glob("*.eml"):
        yield message_from_bytes(file.read_bytes(), policy=policy.default)["To"]


if __name__ == "__main__":
    if "--load" in sys.argv:
        print(json.dumps(load(int(sys.argv[-1]))))
    elif "--finish" in sys.argv:
        print(json.dumps(finish()))
    else:
        sys.exit(1 if letters(*sys.argv[1:2]) else 0)
