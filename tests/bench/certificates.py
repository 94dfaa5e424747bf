"""How long it takes to issue 1,000 certificates with their mails, and to set them as PDF: `measure()` gives the rows.

Alone: `python -m tests.bench.certificates`, on SQLite in a scratch folder.
"""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

PEOPLE, SESSIONS = 1_000, 12
HEAD = f"{'certificates':<34}{'of':>7}{'seconds':>10}{'per second':>12}"
NAMES = [
    "Zoë Þórsdóttir",
    "محمد بن عبد الله",
    "王小明",
    "Nguyễn Thị Ánh",
    "Giovanni Battista della Valle-Montefiore",
]


def measure() -> list[dict[str, Any]]:
    """Rows of what, how many, seconds; on the database of the settings, where it leaves what it made."""
    from registration.certificates.candidates import candidates
    from registration.certificates.issuing import issue_due
    from registration.certificates.pdf import pdf_of, pdfs_of
    from registration.models import Certificate

    edition = edition_with_people()
    rows = [timed("preview of who would get one", PEOPLE, lambda: candidates(edition))]
    rows.append(timed("issued, with a mail each", PEOPLE, lambda: issue_due(edition=edition, by=None)))
    made = list(Certificate.objects.filter(edition=edition).select_related("edition"))
    if len(made) != PEOPLE:
        raise AssertionError(f"{len(made)} certificates instead of {PEOPLE}")
    rows.append(timed("set as tagged PDF, 100 at a time", PEOPLE, lambda: set_all(made, pdfs_of)))
    rows.append(timed("set alone, for one person", 1, lambda: pdf_of(made[0])))
    return rows


def timed(what: str, count: int, work: Callable[[], Any]) -> dict[str, Any]:
    begun = time.perf_counter()
    work()
    return {"what": what, "count": count, "seconds": time.perf_counter() - begun}


def set_all(made: list[Any], pdfs_of: Any) -> None:
    for start in range(0, len(made), 100):
        files = pdfs_of(made[start : start + 100], seconds=120)
        if not all(file.startswith(b"%PDF-") for file in files):
            raise AssertionError("not a PDF")


def edition_with_people() -> Any:
    """An edition with a released day of twelve sessions, and people who were in eight of them."""
    from conference.models import Edition, Series, User
    from registration.models import CheckIn, Registration, RegistrationType
    from sessions.models import Competence, Release, Session, Slot

    series = Series.objects.create(title="Certified", slug="certified")
    edition = Edition.objects.create(
        series=series, title="A certified conference", short_title="Certified", slug="certified", city="Mechelen",
        is_published=True,
    )  # fmt: skip
    release = Release.objects.create(edition=edition, number=1)
    begins = datetime(2027, 3, 13, 8, tzinfo=UTC)
    sessions = [
        Session.objects.create(edition=edition, title=f"Session {number} about learning abroad", slug=f"s{number}", status="published")
        for number in range(SESSIONS)
    ]  # fmt: skip
    for number, session in enumerate(sessions):
        session.competences.add(Competence.objects.create(name=f"Competence {number}", slug=f"c{number}"))
        starts_at = begins + timedelta(hours=number)
        Slot.objects.create(
            session=session, release=release, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
        )
    users = User.objects.bulk_create(
        User(email=f"certified{number}@example.org", name=f"{NAMES[number % len(NAMES)]} {number}")
        for number in range(PEOPLE)
    )
    kind = RegistrationType.objects.create(edition=edition, name="Participant")
    registrations = Registration.objects.bulk_create(
        Registration(user=user, edition=edition, registration_type=kind, role="teacher", status="confirmed")
        for user in users
    )
    CheckIn.objects.bulk_create(
        CheckIn(registration=one, session=session, at=begins)
        for one in registrations
        for session in sessions[:8]
    )
    return edition


def line(row: dict[str, Any]) -> str:
    return f"{row['what']:<34}{row['count']:>7}{row['seconds']:>10.2f}{row['count'] / row['seconds']:>12.0f}"


def certificates(database_url: str = "") -> int:
    """Print the rows, measured in a scratch site; how much was wrong."""
    from tests.bench.site import run, scratch_site

    with scratch_site(database_url) as env:
        rows = json.loads(run(env | {"MEASURE": "yes"}, "-m", "tests.bench.certificates"))
    print(f"\n{HEAD}")
    for row in rows:
        print(line(row))
    return 0


if __name__ == "__main__":
    if os.environ.get("MEASURE"):
        import django

        django.setup()
        print(json.dumps(measure()))
    else:
        certificates()
