"""A disk that is full in the middle of writing: a clear sentence, nothing half kept, and all is well once there is room."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test import TestCase, override_settings

from conference.models import Outbox, Task
from conference.tasks import run_due
from sessions.booklet import shelf
from sessions.models import Preview
from sessions.models.presentation_file import private_storage
from sessions.previews.making import make_due
from sessions.previews.pictures import folder_of, names_in
from sessions.services.storing import stored_files
from tests import bytes as made
from tests.factories import make_edition, make_presentation, make_registration, make_session
from tests.full_disk import full_after
from tests.sessions.previews.files import pdf_of_sizes, uploaded
from tests.sessions.publications import make_part, make_publication
from tests.ways_in import WAYS, WaysInCase, kept

LARGE = made.pptx(("ppt/media/image1.png", os.urandom(200_000)))
HALF = 100_000
State = Preview.State


def left_in(folder):
    return {path for path in Path(folder).rglob("*") if path.is_file()}


class UploadTests(WaysInCase):
    def test_every_way_says_that_there_is_no_room_keeps_what_was_typed_and_takes_it_once_there_is(self):
        folder = self.enterContext(TemporaryDirectory())
        self.enterContext(override_settings(FILE_UPLOAD_TEMP_DIR=folder))
        for way in WAYS:
            before = kept()
            with full_after(HALF):
                response = self.send(way, "talk.pptx", LARGE)
            with self.subTest(way=way):
                self.assert_refused(response, "the site has no room left", 507)
                if "title" in self.way(way)[1]:
                    self.assert_refused(response, 'value="Typed title"', 507)
                self.assertEqual(kept(), before)
                self.assertEqual(left_in(folder), set())
                self.assertEqual(self.send(way, "talk.pptx", LARGE).status_code, 302)

    def test_a_store_that_is_full_half_way_keeps_no_half(self):
        """The file has arrived; the store on another disk has no room for the whole of it."""
        before = kept()
        with override_settings(
            FILE_UPLOAD_HANDLERS=["django.core.files.uploadhandler.MemoryFileUploadHandler"]
        ):
            for way in WAYS:
                with full_after(HALF):
                    response = self.send(way, "talk.pptx", LARGE)
                with self.subTest(way=way):
                    self.assert_refused(response, "the site has no room left", 507)
        self.assertEqual(kept(), before)


class PreviewTests(TestCase):
    def test_a_preview_half_written_is_none_and_is_made_on_demand_once_there_is_room(self):
        presentation = uploaded(pdf_of_sizes((4, 3), (3000, 3000)))
        version = presentation.current_file
        preview = Preview.objects.create(sha256=version.sha256, format="pdf")
        version.preview = preview
        version.save()
        with full_after(1500), self.captureOnCommitCallbacks(execute=True):
            self.assertEqual(make_due(), 1)

        preview.refresh_from_db()
        self.assertEqual((preview.state, preview.has_pictures), (State.FAILED, False))
        self.assertIn("no room left", preview.reason)
        self.assertEqual(preview.pages.count(), 0)
        self.assertEqual(names_in(private_storage(), folder_of(preview)), [])

        Preview.objects.update(state=State.WAITING, attempts=0)
        make_due()
        self.assertEqual(Preview.objects.get().state, State.DONE)


@override_settings(PACK_AT_ONCE_MB=0)
class PackTests(TestCase):
    def test_a_pack_half_written_is_thrown_away_and_its_owner_reads_why(self):
        edition = make_edition(slug="second")
        make_presentation(make_session(edition), "Slides", b"%PDF " + bytes(200_000))
        registration = make_registration(edition=edition)
        self.client.force_login(registration.user)
        before = list(stored_files(private_storage(), "tasks"))
        page = self.client.post("/packs/edition/second/")["Location"]
        with full_after(HALF):
            self.assertEqual(run_due(), 1)

        self.assertEqual(Task.objects.get().status, Task.Status.FAILED)
        self.assertContains(
            self.client.get(page), "The pack could not be stored. Please tell the organisers."
        )
        self.assertEqual(self.client.get(f"{page}pack.zip").status_code, 404)
        self.assertEqual(list(stored_files(private_storage(), "tasks")), before)
        self.assertFalse(Outbox.objects.exists())

        again = self.client.post("/packs/edition/second/")["Location"]
        run_due()
        self.assertEqual(self.client.get(f"{again}pack.zip").status_code, 200)


class PaperTests(TestCase):
    def setUp(self):
        shutil.rmtree(shelf.shelf(), ignore_errors=True)
        self.addCleanup(shutil.rmtree, shelf.shelf(), ignore_errors=True)
        publication = make_publication(is_published=True)
        make_part(publication, "text", title="A text", body="Words", open_to="everyone")
        make_session(make_edition(slug="second"))
        self.publication = f"{publication.get_absolute_url()}publication.pdf"

    def test_a_pdf_that_cannot_be_kept_says_so_and_is_made_once_there_is_room(self):
        for url in (self.publication, "/second/programme.pdf"):
            shutil.rmtree(shelf.shelf(), ignore_errors=True)
            with self.subTest(url=url):
                with full_after(4000):
                    response = self.client.get(url)
                self.assertContains(response, " at the moment", status_code=503)
                self.assertTrue(response["Retry-After"])
                self.assertEqual([path for path in left_in(shelf.shelf()) if path.suffix != ".lock"], [])
                self.assertEqual(self.client.get(url).status_code, 200)

    def test_a_folder_that_cannot_be_written_says_so_too(self):
        Path(settings.DATA_DIR).mkdir(exist_ok=True)
        shelf.shelf().write_text("in the way of the folder")
        try:
            for url in (self.publication, "/second/programme.pdf"):
                self.assertContains(self.client.get(url), " at the moment", status_code=503)
        finally:
            shelf.shelf().unlink()
