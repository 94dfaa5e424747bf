"""Whatever a hostile or torn file does, it costs its own preview: the next one is made, and nothing is left or fetched."""

import io
import socket
import zipfile

import pytest
from django.conf import settings
from django.test import TestCase

from sessions.files.documents import make_pdf
from sessions.models import Preview
from sessions.models.presentation_file import private_storage
from sessions.previews.asking import ask_for_preview
from sessions.previews.looking import BROKEN, PROTECTED, TOO_HEAVY
from sessions.previews.making import is_due, make_due
from sessions.previews.pictures import DRAFTS, folder_of, names_in
from tests import bytes as strangers
from tests.hostile import FILES
from tests.sessions.previews.files import huge_picture, uploaded

pytestmark = pytest.mark.once

State = Preview.State
# Of the table for every way in: what is refused there, and would be torn, locked or too large here.
CHOSEN = [
    "empty", "bomb of 64 MB", "70004 entries", "smaller than told", "size is a lie", "headers differ", "cut off",
    "encrypted", "no main part", "locked odp", "script packed away", "pdf cut in half", "only a head", "locked pdf",
    "no pages", "svg",
]  # fmt: skip
SLIDE = "ppt/slides/slide1.xml"


def with_address(address):
    """Files that name an address, wherever a careless reader would follow it."""
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/notesSlide" '
        f'TargetMode="External" Target="{address}"/></Relationships>'
    )
    action = b"/OpenAction<</S/URI/URI(%s)>>" % address.encode()
    return {
        "entity in a slide": ("pptx", strangers.pptx((SLIDE, strangers.external_entity(address)))),
        "entity of a file": (
            "pptx",
            strangers.pptx((SLIDE, strangers.external_entity("file:///etc/passwd"))),
        ),
        "notes elsewhere": ("pptx", strangers.pptx(("ppt/slides/_rels/slide1.xml.rels", relation))),
        "address in a PDF": ("pdf", strangers.pdf(catalog=action)),
    }


def more():
    return {
        "laughs in a slide that is read": ("pptx", strangers.pptx((SLIDE, strangers.billion_laughs()))),
        "slide that is no XML": ("pptx", strangers.pptx((SLIDE, b"\0" * 1000))),
        "flood as thumbnail": ("pptx", strangers.pptx(("docProps/thumbnail.jpeg", strangers.pixel_flood()))),
        "huge picture": ("pdf", huge_picture()),
        "zip without slides": (
            "odp",
            packed(("mimetype", b"application/vnd.oasis.opendocument.presentation")),
        ),
    }


def packed(*parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


class HostileTests(TestCase):
    def ask(self, content, file_format):
        return ask_for_preview(uploaded(content, file_format).current_file)

    def files(self, address):
        chosen = {name: (FILES[name][0].rpartition(".")[2], FILES[name][1]()) for name in CHOSEN}
        return chosen | with_address(address) | more()

    def test_each_costs_one_preview_and_nothing_else(self):
        with socket.create_server(("127.0.0.1", 0)) as canary:
            canary.settimeout(0.2)
            files = self.files(f"http://127.0.0.1:{canary.getsockname()[1]}/canary")
            asked = {name: self.ask(content, kind) for name, (kind, content) in files.items()}
            good = self.ask(make_pdf("Peace", ["Bells"], pages=1), "pdf")
            with self.captureOnCommitCallbacks(execute=True):
                self.assertEqual(make_due(), len({one.pk for one in asked.values()}) + 1)
            with self.assertRaises(TimeoutError):
                canary.accept()

        found = {name: Preview.objects.get(pk=one.pk) for name, one in asked.items()}
        for name, one in found.items():
            with self.subTest(name):
                self.assertEqual(one.attempts, 1)
                self.assertIn((one.state, one.reason), [(State.DONE, ""), *failures()])
                if one.state == State.FAILED:
                    self.assertEqual(
                        (names_in(private_storage(), folder_of(one)), one.pages.count()), ([], 0)
                    )
                self.assertFalse(one.pages.filter(text__contains="root:").exists())
                self.assertFalse(one.has_cover)
        self.assertEqual((found["locked pdf"].reason, found["cut off"].reason), (PROTECTED, BROKEN))
        good.refresh_from_db()
        self.assertEqual((good.state, good.page_count, is_due()), (State.DONE, 1, False))
        drafts = settings.DATA_DIR / DRAFTS
        self.assertEqual(list(drafts.glob("*")), [])


def failures():
    return [(State.FAILED, reason) for reason in (BROKEN, TOO_HEAVY, PROTECTED)]
