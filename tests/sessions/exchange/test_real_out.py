"""Real timetables of other houses, imported and released, leave again in files that are valid and in calendars that read."""

import pytest

from sessions.exchange.reading import read
from sessions.models import Slot
from sessions.services.importing import run_import
from tests.factories import make_edition
from tests.sessions.exchange.formats import (
    REFERENCE,
    entries_in,
    json_errors,
    needs_schemas,
    released,
    xml_errors,
)


@needs_schemas
@pytest.mark.django_db
@pytest.mark.parametrize("name", ["frab-camp2019.json", "pretalx-democon.json"])
def test_a_real_timetable_leaves_again_in_valid_files(client, name):
    edition = make_edition(slug="real", starts_on=None, ends_on=None)
    reading = read((REFERENCE / name).read_bytes(), zone=edition.zone)
    run_import(edition=edition, reading=reading, publish=True)
    edition.refresh_from_db()
    released(edition)

    assert json_errors(client.get("/real/schedule.json").content) == []
    assert xml_errors(client.get("/real/schedule.xml").content) == []
    titles = {slot.title for slot in Slot.objects.released()}
    assert {title.strip() for title in entries_in(client.get("/real/schedule.ics").content)} == titles
