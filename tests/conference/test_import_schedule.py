from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sessions.models import Session
from tests.factories import make_edition
from tests.sessions.exchange.reading.samples import csv, event, frab_json

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition(slug="here")


def run(path, *arguments):
    said = StringIO()
    call_command("import_schedule", str(path), "--edition", "here", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def file(tmp_path, edition):
    path = tmp_path / "plan"
    path.write_bytes(frab_json(event()))
    return path


def test_a_file_is_imported_and_a_second_time_left(file):
    assert "Sessions: 1 new, 0 changed, 0 left" in run(file)
    assert "Sessions: 0 new, 0 changed, 1 left" in run(file)
    assert Session.objects.get().status == "published"


def test_a_dry_run_says_what_would_happen_and_stores_nothing(file):
    said = run(file, "--dry-run")

    assert "Sessions: 1 new" in said
    assert said.endswith("Nothing was stored (--dry-run).\n")
    assert not Session.objects.exists()


def test_changes_are_named_by_their_fields(file):
    run(file, "--unpublished")
    file.write_bytes(frab_json(event(title="Closing")))

    assert "  Closing: title" in run(file)
    assert Session.objects.get().status == "draft"


def test_columns_of_a_sheet_may_be_named(file):
    file.write_bytes(csv("Wat,Wanneer", "Een dag,2027-03-13 10:00"))

    run(file, "--mapping", "title=Wat,start=Wanneer")

    assert Session.objects.get().slots.get().starts_at.hour == 9


@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        (frab_json(event(start="late", date=...)), [], "[0].start: “late” is no time."),
        (
            csv("Wat", "A"),
            ["--mapping", "title=Wie"],
            "“title=Wie” names no meaning or no column. The columns are: Wat",
        ),
        (b"", [], "this file is empty."),
    ],
)
def test_a_refusal_says_where_and_nothing_is_stored(file, content, arguments, words):
    file.write_bytes(content)

    with pytest.raises(CommandError) as refusal:
        run(file, *arguments)

    assert words in str(refusal.value)
    assert not Session.objects.exists()


def test_a_missing_file_or_edition_is_said(file):
    with pytest.raises(CommandError, match="cannot be read"):
        run(file.with_name("nothing"))
    with pytest.raises(CommandError, match="There is no edition “there”."):
        call_command("import_schedule", str(file), "--edition", "there")
