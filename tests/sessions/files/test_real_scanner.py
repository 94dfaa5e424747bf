"""The scanner as Debian brings it, with the limits of `deploy/clamd.conf` and one signature that the test writes itself."""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from conference.management.processes import end
from sessions.files.refusals import Infected
from sessions.files.scanner import scan
from tests.bytes import pptx
from tests.clamd import EICAR
from tests.conftest import DAEMONS
from tests.proxy.site import wait_until

pytestmark = pytest.mark.clamav

ROOT = Path(__file__).resolve().parents[3]
MEGABYTE = 1024**2
LARGE = 120  # MB: more than the scanner takes before it is told to
OWN = """
Foreground yes
LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
"""


@pytest.fixture(scope="module")
def address():
    """Of a daemon that knows one virus; a short path, because that of a socket may not be long."""
    with tempfile.TemporaryDirectory(prefix="clamd-") as name:
        folder = Path(name)
        (folder / "signatures").mkdir()
        (folder / "signatures" / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
        (folder / "clamd.conf").write_text(
            OWN.format(folder=folder) + (ROOT / "deploy/clamd.conf").read_text()
        )
        program = shutil.which("clamd", path=DAEMONS)
        with (folder / "log").open("w") as log:
            process = subprocess.Popen([program, "-c", folder / "clamd.conf"], stdout=log, stderr=log)
        try:
            assert wait_until((folder / "clamd.sock").exists), (folder / "log").read_text()
            yield f"unix:{folder}/clamd.sock"
        finally:
            end({"clamd": process})


def found_by(address, content):
    with pytest.raises(Infected) as refusal:
        scan(io.BytesIO(content), address)
    return str(refusal.value)


def test_a_clean_presentation_is_clean(address):
    scan(io.BytesIO(pptx()), address)
    scan(io.BytesIO(b""), address)


def test_a_virus_is_found_also_inside_a_packed_presentation(address):
    assert "Eicar-Test-Signature" in found_by(address, EICAR)
    assert "Eicar-Test-Signature" in found_by(address, pptx(("ppt/media/image1.png", EICAR)))


def test_a_virus_at_the_end_of_a_large_file_is_found(address):
    content = b"%PDF-1.7 " + bytes(LARGE * MEGABYTE)
    scan(io.BytesIO(content), address)

    assert "Eicar-Test-Signature" in found_by(address, content + EICAR)
