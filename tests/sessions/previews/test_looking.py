"""What is found inside a file, and that a hostile one costs nothing but its own preview."""

import io
import json
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.test import SimpleTestCase
from PIL import Image

from sessions.files.documents import make_odp, make_pdf, make_pptx
from sessions.previews.looking import (
    BROKEN,
    PROTECTED,
    ROOT,
    TOO_HEAVY,
    PreviewFailed,
    is_picture,
    listen,
    pictures_in,
)
from tests import bytes as strangers
from tests.sessions.previews.files import endless, huge_picture, looked_into, pdf_of_sizes, pdf_with

LINES = ["Open doors for new teachers", "Three schools, one timetable"]


def texts(inside):
    return [(page.number, page.title, page.text) for page in inside.pages]


class GoodFileTests(SimpleTestCase):
    def test_each_page_of_a_pdf_has_text_and_pictures_in_two_sizes(self):
        with looked_into(make_pdf("Café", LINES, pages=2, lang="nl")) as (inside, folder):
            sizes = {
                (number, size): Image.open(path).size for number, size, path in pictures_in(folder, inside)
            }
        self.assertEqual(inside.page_count, 2)
        self.assertEqual((inside.pages[0].title, inside.language), ("Café", "nl"))
        self.assertIn("Open doors for new teachers", inside.pages[0].text)
        self.assertEqual({size[0] for size in sizes.values()}, {400, 1600})
        self.assertEqual(sorted(sizes), [(1, 400), (1, 1600), (2, 400), (2, 1600)])
        self.assertEqual((inside.pages[0].width, inside.pages[0].height), sizes[1, 1600])

    def test_slides_of_powerpoint_have_titles_texts_and_notes_apart(self):
        from pptx import Presentation

        deck = Presentation(io.BytesIO(make_pptx("Peace", LINES, slides=2)))
        deck.slides[1].notes_slide.notes_text_frame.text = "Do not forget the bell"
        target = io.BytesIO()
        deck.save(target)

        with looked_into(target.getvalue(), "pptx") as (inside, _folder):
            pass

        self.assertEqual(
            texts(inside), [(1, "Peace", f"Peace\n{LINES[0]}"), (2, "Peace (2)", f"Peace (2)\n{LINES[1]}")]
        )
        self.assertEqual([page.notes for page in inside.pages], ["", "Do not forget the bell"])
        self.assertEqual((inside.has_cover, inside.pages[0].width), (False, 0))  # its thumbnail is blank

    def test_a_hidden_slide_keeps_its_number_and_shows_nothing(self):
        from pptx import Presentation

        deck = Presentation(io.BytesIO(make_pptx("Peace", LINES, slides=2)))
        deck.slides[0]._element.set("show", "0")
        target = io.BytesIO()
        deck.save(target)

        with looked_into(target.getvalue(), "pptx") as (inside, _folder):
            self.assertEqual(texts(inside)[0], (1, "", ""))

    def test_the_thumbnail_of_a_file_is_its_cover_drawn_anew(self):
        picture = io.BytesIO()
        Image.linear_gradient("L").save(picture, "JPEG", exif=b"Exif\0\0canary")
        content = strangers.pptx(("docProps/thumbnail.jpeg", picture.getvalue()))

        with looked_into(content, "pptx") as (inside, folder):
            covers = [path.read_bytes() for _number, _size, path in pictures_in(folder, inside)]

        self.assertTrue(inside.has_cover)
        self.assertEqual([(cover[8:12], b"canary" in cover) for cover in covers], [(b"WEBP", False)] * 2)

    def test_slides_of_opendocument_have_titles_and_texts(self):
        with looked_into(make_odp("Peace", LINES, slides=2), "odp") as (inside, _folder):
            self.assertEqual(texts(inside)[1], (2, "Peace (2)", f"Peace (2)\n{LINES[1]}"))

    def test_whoever_waits_hears_of_each_page(self):
        heard = []
        with looked_into(
            pdf_of_sizes((400, 300), (400, 300)), heard=lambda seen: heard.append(len(seen.pages))
        ):
            self.assertEqual(heard, [1, 2])


class HostileFileTests(SimpleTestCase):
    def reason(self, content, file_format="pdf", **how):
        try:
            with looked_into(content, file_format, **how):
                return ""
        except PreviewFailed as failure:
            return str(failure)

    def test_broken_and_locked_files_say_so(self):
        good = make_pdf("Slides", LINES)
        self.assertEqual(self.reason(b"%PDF-1.7 canary"), BROKEN)
        self.assertEqual(self.reason(b""), BROKEN)
        self.assertEqual(self.reason(good, "pptx"), BROKEN)
        self.assertEqual(self.reason(strangers.bomb(64), "pptx"), BROKEN)
        self.assertEqual(self.reason(strangers.locked_pdf(opens_without_password=False)), PROTECTED)

    def test_a_file_that_takes_too_long_is_ended(self):
        started = time.monotonic()

        self.assertEqual(self.reason(endless(), seconds=1.5), TOO_HEAVY)
        self.assertLess(time.monotonic() - started, 5)

    def test_a_picture_of_too_many_pixels_harms_nothing(self):
        self.assertIn(self.reason(huge_picture()), ("", TOO_HEAVY, BROKEN))

    def test_pages_of_strange_sizes_make_pictures_of_ordinary_ones(self):
        with looked_into(pdf_of_sizes((14400, 14400), (3, 14400), (14400, 3), (10, 10))) as (inside, folder):
            sizes = [
                Image.open(path).size for _number, size, path in pictures_in(folder, inside) if size == 1600
            ]

        self.assertEqual(sizes, [(1600, 1600), (200, 200)])  # no picture where nothing could be seen

    def test_words_of_a_page_are_harmless_for_a_database(self):
        with looked_into(pdf_with(b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>",
                                  b"BT /F 12 Tf 10 10 Td (a\\000b\\001c) Tj ET")) as (inside, _folder):  # fmt: skip
            self.assertNotRegex(inside.pages[0].text, "[\0-\x09\x0b-\x1f]")


class ChildTests(SimpleTestCase):
    """What the process may not do, whatever a file makes of it."""

    def in_child(self, program):
        program = f"from conference import isolation; from sessions.previews import child\nchild.shut_in()\n{program}"
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, cwd=ROOT, env={}, timeout=30, check=False
        )
        return done.returncode, done.stdout.decode() + done.stderr.decode()

    def test_it_reaches_nobody_by_the_network(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            call = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
            hook = "isolation.refuse_connections_and_programs()\n"
            listener.settimeout(0.1)
            status, said = self.in_child(hook + call)
            self.assertEqual((status, "PermissionError" in said), (1, True), said)
            if self.in_child("import sys; sys.exit(not isolation.leave_the_network())")[0] == 0:
                self.assertEqual(self.in_child(call)[0], 1)  # also without the refusal
            with self.assertRaises(TimeoutError):
                listener.accept()

    def test_it_starts_no_program(self):
        status, said = self.in_child(
            "isolation.refuse_connections_and_programs()\nimport subprocess; subprocess.run(['true'])"
        )
        self.assertEqual((status, "PermissionError" in said), (1, True), said)

    def test_it_has_little_memory_and_writes_no_large_file(self):
        status, said = self.in_child("bytearray(2 * 1024**3)")
        self.assertEqual((status, "MemoryError" in said), (1, True), said)
        with tempfile.TemporaryDirectory() as folder:
            self.in_child(f"open('{folder}/large', 'wb').truncate(2 * child.LARGEST_FILE)")
            self.assertEqual((Path(folder) / "large").stat().st_size, 0)

    def test_what_it_says_is_not_believed(self):
        said = [
            {"pages": 10**9}, {"cover": 1},
            {"page": {"title": "A\0b", "text": "x" * 10**5, "notes": "", "width": 10**9, "height": -1}},
            {"language": "x" * 99, "findings": {"k" * 99: [1] * 10**4}}, {"end": True},
        ]  # fmt: skip
        lines = io.BytesIO(b"".join(json.dumps(each).encode() + b"\n" for each in said))

        inside = listen(lines, lambda seen: None)

        (page,) = inside.pages
        self.assertEqual((page.title, len(page.text), page.width, page.height), ("Ab", 20_000, 0, 0))
        self.assertEqual((inside.page_count, len(inside.language)), (500, 10))
        self.assertEqual([(len(key), len(found)) for key, found in inside.findings.items()], [(40, 500)])

    def test_nonsense_is_no_answer(self):
        for said in (
            b"nonsense\n",
            b'{"pages": 1}\n{"page": 1}\n{"end": true}\n',
            b'{"findings": []}\n',
            b"[]\n",
            b'"end"\n',
        ):
            with self.subTest(said):
                self.assertFalse(listen(io.BytesIO(said), lambda seen: None).is_whole)

    def test_only_a_plain_file_with_a_picture_is_taken(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "1").write_bytes(b"RIFF....WEBP....")
            (folder / "2").write_bytes(b"<svg>")
            (folder / "3").symlink_to(folder / "1")
            (folder / "4").mkdir()
            found = [is_picture(folder / str(number)) for number in range(1, 6)]
        self.assertEqual(found, [True, False, False, False, False])
