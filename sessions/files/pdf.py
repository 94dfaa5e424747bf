"""Is this PDF readable, whole and without anything that runs?"""

import json
import logging
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from sessions.files.pdf_probe import BROKEN_FILE
from sessions.files.refusals import RefusedFile

MAGIC = b"%PDF-"
HEAD = TAIL = 1024
TIMEOUT = 120  # seconds by the clock, on a busy machine; the processor's own limit is in the child
ROOT = Path(__file__).resolve().parents[2]
MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|script|iframe|img|svg|object|embed)\b", re.IGNORECASE
)
logger = logging.getLogger(__name__)

DAMAGED = _(
    "This PDF is damaged or was cut off while being sent. "
    "Save it again from the program that made it, and upload the new file."
)
PASSWORD = _("This PDF is protected by a password. Remove the password, save it, and upload it again.")
ACTIVE = _(
    "This PDF contains a script or starts a program. Save or print it as a plain PDF, and upload that file."
)
MIXED = _("This PDF is also a web page or an archive. Save or print it as a plain PDF, and upload that file.")
TOO_HEAVY = _("This PDF is too complicated to check. Save or print it as a plain PDF, and upload that file.")
REFUSALS = {"damaged": DAMAGED, "password": PASSWORD, "active": ACTIVE}


def check_pdf(file: BinaryIO) -> None:
    _check_ends(file)
    answer = _probe(file)
    if answer["error"]:
        raise RefusedFile(REFUSALS[answer["error"]])


def _check_ends(file: BinaryIO) -> None:
    """Nothing else may begin or follow: browsers look at the first bytes, archive programs at the last."""
    file.seek(0)
    if MARKUP.search(file.read(HEAD)):
        raise RefusedFile(MIXED)
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 64 * 1024))
    tail = file.read().rstrip(b"\0 \t\r\n\f")
    before, mark, after = tail.rpartition(b"%%EOF")
    if MARKUP.search(after) or b"PK\x05\x06" in after:
        raise RefusedFile(MIXED)
    if not mark or len(after) > TAIL:
        raise RefusedFile(DAMAGED)


def _probe(file: BinaryIO) -> dict:
    with tempfile.TemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        try:
            child = subprocess.run(  # noqa: S603
                [sys.executable, "-m", "sessions.files.pdf_probe"],
                stdin=copy,
                capture_output=True,
                timeout=TIMEOUT,
                cwd=ROOT,
                env={
                    "LANG": "C.UTF-8",
                    "PYTHONDONTWRITEBYTECODE": "1",
                },  # no keys or passwords near hostile bytes
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RefusedFile(TOO_HEAVY) from error
    if child.returncode == 0:
        return json.loads(child.stdout)
    complaint = child.stderr.decode(errors="replace")[-500:]
    if child.returncode == BROKEN_FILE:
        logger.warning("PDFium gave up on an upload: %s", complaint)
        raise RefusedFile(DAMAGED)
    if child.returncode < 0:  # killed by a limit or a crash
        logger.warning("The PDF check was ended by signal %s", -child.returncode)
        raise RefusedFile(TOO_HEAVY)
    raise RuntimeError(f"The PDF check does not run on this machine: {complaint}")
