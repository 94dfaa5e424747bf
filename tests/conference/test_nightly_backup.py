"""A night adds one backup and takes away only what no kept one builds on."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from conference.backup.nightly import CLOSED, beyond, kept_in, make_nightly
from tests.factories import make_presentation

MONDAY = datetime(2027, 3, 1, 4, 10, tzinfo=UTC)


def paths(folder, *names):
    return [folder / f"{name}.tar" for name in names]


def test_what_a_kept_backup_builds_on_stays(tmp_path):
    nights = paths(
        tmp_path,
        "20270301-041000-full", "20270302-041000-more",
        "20270308-041000-full", "20270309-041000-more",
        "20270315-041000-full",
    )  # fmt: skip

    assert beyond(nights, 3) == []
    assert beyond(nights, 2) == nights[:2]
    assert beyond(nights, 1) == nights[:4]


def test_other_files_in_the_folder_are_not_ours(tmp_path):
    for name in (
        "monday.tar",
        "20270301-041000-full.tar",
        "20270301-041000-full.tar.gz",
        ".20270301-041000-full.tar.ab",
    ):
        (tmp_path / name).touch()

    assert kept_in(tmp_path) == [tmp_path / "20270301-041000-full.tar"]


@pytest.mark.django_db(transaction=True)
def test_a_week_has_one_in_full_and_each_night_what_is_new(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    folder = tmp_path / "backups"
    folder.mkdir()
    made = []
    for night in range(9):
        if night == 1:
            make_presentation()
        made.append(make_nightly(folder, MONDAY + timedelta(days=night), weeks=1))

    names = [path.name for path in kept_in(folder)]
    assert names == ["20270308-041000-full.tar", "20270309-041000-more.tar"]
    assert [path.name.split("-")[2] for path, _manifest in made] == [
        "full.tar",
        *["more.tar"] * 6,
        "full.tar",
        "more.tar",
    ]
    of_tuesday = made[1][1]
    assert [entry.kept_in == of_tuesday.id for entry in of_tuesday.files].count(True) == 1
    assert made[2][1].since["name"] == "20270302-041000-more.tar"


@pytest.mark.django_db(transaction=True)
def test_the_list_of_closed_accounts_lies_beside_it(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    folder = tmp_path / "backups"
    folder.mkdir()

    call_command("nightly_backup", str(folder))

    assert len(kept_in(folder)) == 1
    assert json.loads((folder / CLOSED).read_text()) == []


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_not_made_for_everybody_to_read(tmp_path):
    with pytest.raises(CommandError, match="is no folder"):
        call_command("nightly_backup", str(tmp_path / "nowhere"))
