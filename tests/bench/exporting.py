"""How long exports of many registrations take, in both forms, with every column and two answers of each person."""

import time
from dataclasses import dataclass

HEAD = f"{'export':<24}{'rows':>7}{'seconds':>9}{'cpu s':>8}{'per s':>8}{'MB':>7}"
PEOPLE = 5_000


@dataclass(frozen=True)
class Row:
    form: str
    count: int
    seconds: float
    cpu: float
    size: int

    def __str__(self) -> str:
        return f"{self.form:<24}{self.count:>7}{self.seconds:>9.1f}{self.cpu:>8.1f}{self.count / self.seconds:>8.0f}{self.size / 1e6:>7.1f}"


def measure(count: int = PEOPLE) -> list[Row]:
    """Needs Django set up and a migrated database that may be written to; the rows stay in it."""
    from registration.exporting.lists import LISTINGS
    from registration.exporting.making import file_of, known_columns, rows_of
    from registration.exporting.wishes import Wish
    from tests.factories import make_organiser

    edition, organiser = people(count), make_organiser("Exporter", email="exporter@example.org")
    columns = [one.key for one in known_columns(LISTINGS["registrations"], edition, organiser)]
    found = []
    for form in ("csv", "xlsx"):
        wish = Wish("registrations", form, columns, ["confirmed"])
        begun, cpu = time.perf_counter(), time.process_time()
        content, _headings, rows = file_of(wish, edition, organiser, rows_of(wish, edition, organiser))
        found.append(Row(form, rows, time.perf_counter() - begun, time.process_time() - cpu, len(content)))
        print(found[-1], flush=True)
    return found


def people(count: int):
    """An edition with so many registrations, each with two answers."""
    from django.utils import timezone

    from conference.models import User
    from registration.models import Answer, Registration
    from tests.factories import make_edition, make_question, make_registration_type

    edition = make_edition("A large conference")
    kind, now = make_registration_type(edition), timezone.now()
    questions = [make_question(edition, "Telephone?"), make_question(edition, "Why do you come?")]
    users = User.objects.bulk_create(
        User(email=f"export{number}@example.org", name=f"Zoë Ærøskøbing {number}") for number in range(count)
    )
    rows = Registration.objects.bulk_create(
        Registration(
            user=user, edition=edition, registration_type=kind, status="confirmed", role="teacher", country="BE",
            organisation_name="A school", consent_at=now,
        )
        for user in users
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(registration=row, question=question, text="+49 170 1234567", answered_at=now)
        for row in rows
        for question in questions
    )
    return edition


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")
    django.setup()
    print(HEAD)
    measure()
