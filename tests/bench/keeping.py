"""Backup and restore of 5,000 attendees and 2,000 files, on PostgreSQL, from one folder and server to others.

`python -m tests.bench.keeping`; with `fill` it runs in the scratch site.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ATTENDEES, FILES, SIZE = 5000, 2000, 100_000
COUNTS = "SELECT (SELECT count(*) FROM registration_registration), count(*) FROM conference_sessions_presentationfile"
STEP = ("-m", "tests.bench.keeping", "fill")


def keeping() -> int:
    from tests.bench.site import run, scratch_environment, scratch_site
    from tests.postgres import postgres_server
    from tests.race.database import rows

    with postgres_server() as url, scratch_site(url) as env, tempfile.TemporaryDirectory() as folder:
        run(env, *STEP)
        first, more = Path(folder, "first.tar"), Path(folder, "more.tar")
        making = timed(lambda: run(env, "manage.py", "backup", str(first)))
        again = timed(lambda: run(env, "manage.py", "backup", str(more), "--since", str(first)))
        with postgres_server() as elsewhere:
            empty = scratch_environment(f"{folder}/data", elsewhere)
            restoring = timed(lambda: run(empty, "manage.py", "restore", str(first)))
            counts = rows(empty, COUNTS)[0]
        size = first.stat().st_size / 1024**2
    print(
        f"\nbackup of {counts[0]} attendees and {counts[1]} files, {size:.0f} MB: {making:.1f} s; a second one without"
        f" new files: {again:.1f} s; restore: {restoring:.1f} s, rows and files compared",
        flush=True,
    )
    return 0 if counts == (ATTENDEES, FILES) else 1


def timed(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def fill() -> None:
    import django

    django.setup()
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from conference.models import User
    from registration.models import Registration
    from sessions.models import PresentationFile
    from tests.factories import make_edition, make_presentation, make_registration_type, make_session

    edition = make_edition()
    kind = make_registration_type(edition)
    users = User.objects.bulk_create(
        User(email=f"person{n}@example.org", name=f"Person {n}", country="BE", password=f"!{n}")
        for n in range(ATTENDEES)
    )
    for number, user in enumerate(users, start=1):
        Registration.objects.create(
            edition=edition, user=user, registration_type=kind, role="teacher", country="BE",
            status="confirmed", queue_number=number, created_at=timezone.now(),
        )  # fmt: skip
    slides = make_presentation(make_session(edition))
    for number in range(2, FILES + 1):
        version = PresentationFile(presentation=slides, number=number, format="pdf", size=SIZE)
        version.file.save("slides.pdf", ContentFile(os.urandom(SIZE)))


if __name__ == "__main__":
    fill() if sys.argv[1:] == ["fill"] else sys.exit(keeping())
