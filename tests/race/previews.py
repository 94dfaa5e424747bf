"""Run in the scratch site: previews asked for, or taken by workers, at the same moment; prints how it went.

`python -m tests.race.previews ask|take|load`: `load` leaves two that wait, for workers that are killed.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from conference.models import Edition  # noqa: E402
from sessions.files.documents import make_pdf  # noqa: E402
from sessions.models import Presentation, PresentationFile, Preview  # noqa: E402
from sessions.previews.asking import ask_for_preview  # noqa: E402
from sessions.previews.making import claim  # noqa: E402
from tests import factories  # noqa: E402
from tests.sessions.previews.files import uploaded  # noqa: E402

AT_ONCE, CONTENTS, WAITING = 6, 15, 60


def together(act: Callable[[int], Any]) -> list[Any]:
    """What each of several was answered; nobody starts before everybody is there."""
    barrier = Barrier(AT_ONCE)

    def run(number: int) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(run, range(AT_ONCE)))


def ask() -> dict[str, Any]:
    """The same content comes from several people at once, one content after the other."""
    rows = [
        [PresentationFile(presentation=presentation, file=f"x/{content}-{n}.pdf", number=content + 2, sha256=f"{content:064}", format="pdf") for n, presentation in enumerate(presentations())]
        for content in range(CONTENTS)
    ]  # fmt: skip
    for versions in rows:
        PresentationFile.objects.bulk_create(versions)
        together(lambda number, versions=versions: ask_for_preview(versions[number]))
    linked = PresentationFile.objects.filter(file__startswith="x/", preview__isnull=False)
    contents = Counter(linked.values_list("preview__sha256", flat=True))
    return {"versions": sorted(contents.values()), "previews": linked.values("preview").distinct().count()}


def presentations() -> list[Presentation]:
    return [factories.make_presentation() for _one in range(AT_ONCE)]


def take() -> dict[str, int]:
    """Several workers take what waits until nothing does."""
    Preview.objects.all().delete()
    Preview.objects.bulk_create(Preview(sha256=f"{number:064}", format="pdf") for number in range(WAITING))

    def work(_number: int) -> list[int]:
        taken = []
        while preview := claim():
            taken.append(preview.pk)
        return taken

    taken = [key for one in together(work) for key in one]
    Preview.objects.all().delete()
    return {"taken": len(taken), "different": len(set(taken))}


def load() -> list[dict[str, Any]]:
    return [loaded(title) for title in ("Killed once", "Killed again and again")]


def loaded(title: str) -> dict[str, Any]:
    made = uploaded(make_pdf(title, ["One", "Two", "Three"], pages=3))
    preview = ask_for_preview(made.current_file)
    assert preview
    return {"pk": preview.pk, "sha256": preview.sha256}


if __name__ == "__main__":
    factories.counter = count(1000 * (1 + Edition.objects.count()) + 500)
    print(json.dumps({"ask": ask, "take": take, "load": load}[sys.argv[1]]()))
