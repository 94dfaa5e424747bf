"""How many badges are made in a second: names of the world, a code on each, in a child process as the worker does it."""

import time
from dataclasses import dataclass

NAMES = [
    "Ada Lovelace", "Maximiliane-Charlotte von Hohenstaufen-Wittelsbach", "محمد عبد الرحمن الأنصاري", "王小明",
    "Žofie Nguyễn Ærøskøbing Øðinsdóttir", "Zoë 😀", "Wolfeschlegelsteinhausenbergerdorff" * 5, "Γιώργος Παπαδόπουλος",
]  # fmt: skip
HEAD = f"{'badges':<24}{'count':>7}{'seconds':>9}{'per s':>8}{'MB':>7}"
DESIGNS_MEASURED = ["a6", "a6_folded", "a7_on_a4", "labels_3x8"]
PEOPLE = 1_000


@dataclass(frozen=True)
class Row:
    design: str
    count: int
    seconds: float
    size: int

    def __str__(self) -> str:
        per_second = self.count / self.seconds
        return (
            f"{self.design:<24}{self.count:>7}{self.seconds:>9.1f}{per_second:>8.0f}{self.size / 1e6:>7.1f}"
        )


def measure(count: int = PEOPLE) -> list[Row]:
    """Needs Django set up, and no database."""
    from conference.models import Edition
    from registration.badges.people import Bearer, Choice
    from registration.badges.sheets import pdf_of
    from registration.models.registration import new_ticket_code

    edition = Edition(short_title="On learning", title="On learning", accent_hue=150)
    bearers = [
        Bearer(f"{NAMES[n % len(NAMES)]} {n}", "", "Speaker" if n % 10 == 0 else "", "A school", "Belgium", new_ticket_code())
        for n in range(count)
    ]  # fmt: skip
    rows = []
    for design in DESIGNS_MEASURED:
        begun = time.perf_counter()
        pdf, _is_lacking = pdf_of(edition, Choice(design), bearers)
        rows.append(Row(design, count, time.perf_counter() - begun, len(pdf)))
    return rows


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")
    django.setup()
    print(HEAD, *measure(), sep="\n")
