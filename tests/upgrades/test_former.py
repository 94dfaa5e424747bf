"""The former version of the program works on the tables of this one, as it must while an update is under way."""

import json
import subprocess
import sys

import pytest

from tests.bench.site import ROOT, scratch_environment
from tests.conftest import NOT_OURS
from tests.prepared import copy_site
from tests.race.database import scratch_database

pytestmark = pytest.mark.race

FORMER = "b27aec7903289180b03d883d27fe2e09935761ed"  # with the migrations that tests/upgrades/steps.py calls former
VISIT = ROOT / "tests" / "upgrades" / "visiting.py"


@pytest.fixture
def former(tmp_path):
    """The folder with its program, from the history of this checkout."""
    packed = subprocess.run(["git", "archive", FORMER], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        pytest.skip(f"The former version is {NOT_OURS}: this checkout has no history.")
    folder = tmp_path / "former"
    folder.mkdir()
    subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout, check=True)
    return folder


def test_people_register_book_upload_and_download_with_the_former_version(former, tmp_path):
    with scratch_database("conference_former") as url:
        copy_site(tmp_path / "data")
        env = scratch_environment(str(tmp_path / "data"), url) | {"PYTHONPATH": str(former)}
        done = subprocess.run(
            [sys.executable, str(VISIT)], env=env, cwd=former, capture_output=True, text=True, check=False
        )

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["answers"] == [
        [302, 302, 200, 200, 200],
        [302, 409, 200, 200, 200],
    ]  # one place in the workshop
    assert seen["places"] == ["confirmed", "confirmed"]
    assert seen["bookings"] == ["confirmed"]
    assert (seen["files"], seen["previews"], seen["unsent"]) == (2, [3], 0)
