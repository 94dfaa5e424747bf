"""Run in the scratch site: six organisers release the timetable of an edition at the same moment; prints how it went."""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from conference.models import Edition, User  # noqa: E402
from sessions.services.timetable import release_timetable  # noqa: E402
from tests.factories import make_session, make_slot  # noqa: E402

ORGANISERS = 6


def main(pk: int) -> dict:
    edition, by = Edition.objects.get(pk=pk), User.objects.first()
    for title in ("Talk", "Lunch"):
        make_slot(make_session(edition, title))
    ready = Barrier(ORGANISERS)

    def release(_number: int) -> int:
        connection.ensure_connection()
        ready.wait()
        try:
            return release_timetable(edition=edition, by=by).number
        finally:
            connection.close()

    with ThreadPoolExecutor(ORGANISERS) as pool:
        numbers = list(pool.map(release, range(ORGANISERS)))
    rows = edition.releases.order_by("number")
    return {
        "numbers": sorted(numbers),
        "latest": [row.number for row in rows if row.is_latest],
        "slots": [row.slots.count() for row in rows],
        "guids": len({slot.guid for row in rows for slot in row.slots.all()}),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
