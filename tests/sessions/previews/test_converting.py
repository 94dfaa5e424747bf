"""Slides are drawn by LibreOffice where it is switched on: by the real one if it is here, else by a stand-in that writes a real PDF."""

import io
import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from django.test import SimpleTestCase, override_settings
from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn

from sessions.files.documents import make_odp, make_pdf, make_pptx
from sessions.previews.looking import ROOT, pictures_in
from sessions.previews.making import office_program
from tests.sessions.previews.files import looked_into

LINES = ["Open doors for new teachers", "Three schools, one timetable", "Bells"]
REAL = shutil.which("soffice") or shutil.which("libreoffice")
# Asks for what the real program is asked for, tries the network, and leaves a process behind that would outlive it.
STAND_IN = """#!{python}
import pathlib, shutil, socket, subprocess, sys
deck, folder = pathlib.Path(sys.argv[-1]), pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
assert deck.read_bytes()[:2] == b"PK" and "--headless" in sys.argv
try:
    socket.create_connection(("127.0.0.1", {port}), 1)
except OSError:
    subprocess.Popen(["sleep", "{seconds}"])
    shutil.copyfile("{pdf}", folder / deck.with_suffix(".pdf").name)
"""


def can_be_alone():
    program = "import sys; from conference import isolation; sys.exit(not isolation.leave_the_network())"
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def deck(slides=3, hidden=None):
    made = Presentation(io.BytesIO(make_pptx("Peace", LINES, slides=slides)))
    if hidden is not None:
        made.slides[hidden]._element.set("show", "0")
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def linking(address):
    """A deck whose only picture is said to lie at this address."""
    made, target, pixel = Presentation(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (1, 1)).save(pixel, "PNG")
    slide = made.slides.add_slide(made.slide_layouts[6])
    pixel.seek(0)
    blip = slide.shapes.add_picture(pixel, 0, 0)._element.blipFill.find(qn("a:blip"))
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), slide.part.relate_to(address, RELATIONSHIP_TYPE.IMAGE, is_external=True))
    made.save(target)
    return target.getvalue()


class ConvertingTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.is_alone = can_be_alone()

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.listener = self.enterContext(socket.create_server(("127.0.0.1", 0)))

    def program(self, pages, seconds="0"):
        """A stand-in for the real program, or the real one."""
        if REAL and pages:
            return REAL
        (self.folder / "drawn.pdf").write_bytes(
            make_pdf("Peace", LINES, pages=pages) if pages else b"%PDF-1.7 torn"
        )
        program = self.folder / "soffice"
        facts = {
            "python": sys.executable,
            "pdf": self.folder / "drawn.pdf",
            "port": self.listener.getsockname()[1],
            "seconds": seconds,
        }
        program.write_text(STAND_IN.format(**facts))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return str(program)

    def drawn(self, content, office, file_format="pptx"):
        with looked_into(content, file_format, office=office) as (inside, folder):
            widths = {
                n: Image.open(path).width for n, size, path in pictures_in(folder, inside) if size == 1600
            }
            left = sorted(path.name for path in folder.glob("slides.p*"))
        return inside, widths, left

    def expected(self, *numbers):
        """Without a network of its own to leave, a machine draws nothing."""
        return dict.fromkeys(numbers, 1600) if self.is_alone else {}

    def test_slides_have_pictures_and_still_their_own_titles_and_texts(self):
        for content, file_format in ((deck(), "pptx"), (make_odp("Peace", LINES, slides=3), "odp")):
            with self.subTest(file_format):
                inside, widths, left = self.drawn(content, self.program(3), file_format)

                self.assertEqual(widths, self.expected(1, 2, 3))
                self.assertEqual([page.title for page in inside.pages], ["Peace", "Peace (2)", "Peace (3)"])
                self.assertEqual(left, ["slides.pdf"] * self.is_alone)

    def test_a_hidden_slide_is_in_no_picture_and_shifts_none(self):
        inside, widths, _left = self.drawn(deck(hidden=1), self.program(2))

        self.assertEqual(widths, self.expected(1, 3))
        self.assertEqual([page.title for page in inside.pages], ["Peace", "", "Peace (3)"])

    def test_another_number_of_pages_or_a_torn_file_gives_texts_alone(self):
        for pages in (2, 0):
            with self.subTest(pages):
                if REAL and pages:
                    continue
                inside, widths, _left = self.drawn(deck(), self.program(pages))

                self.assertEqual((widths, inside.page_count, inside.is_whole), ({}, 3, True))

    def test_a_picture_that_lies_elsewhere_is_not_fetched(self):
        """By the real program, which would; the stand-in tries on its own account."""
        address = f"http://127.0.0.1:{self.listener.getsockname()[1]}/picture.png"
        inside, widths, _left = self.drawn(linking(address), self.program(1))

        self.assertEqual((widths, inside.page_count), (self.expected(1), 1))
        self.listener.setblocking(False)
        with self.assertRaises(BlockingIOError):
            self.listener.accept()

    def test_a_program_that_is_gone_gives_texts_alone(self):
        inside, widths, _left = self.drawn(deck(), str(self.folder / "nowhere"))

        self.assertEqual((widths, inside.page_count), ({}, 3))

    def test_what_the_program_leaves_running_ends_with_it(self):
        mark = f"7{os.getpid()}"
        self.drawn(deck(), self.program(0, seconds=mark))
        until = time.monotonic() + 5
        while is_running(mark) and time.monotonic() < until:
            time.sleep(0.1)

        self.assertFalse(is_running(mark))

    def test_it_is_asked_only_where_it_is_switched_on_and_installed(self):
        self.program(0)
        path = {"PATH": str(self.folder)}
        with override_settings(LIBREOFFICE=True), patch.dict(os.environ, path):
            self.assertEqual(office_program(), str(self.folder / "soffice"))
            (self.folder / "soffice").rename(self.folder / "writer")
            self.assertEqual(office_program(), "")
            (self.folder / "writer").rename(self.folder / "soffice")
        with patch.dict(os.environ, path):
            self.assertEqual(office_program(), "")


def is_running(mark):
    """Whether a process sleeps for so many seconds."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cmdline").read_bytes() == f"sleep\0{mark}\0".encode():
                return True
        except OSError:
            continue
    return False
