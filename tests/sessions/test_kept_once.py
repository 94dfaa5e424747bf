"""A content that two presentations share lies in the store once: giving up one takes nothing from the other."""

import hashlib
from datetime import timedelta

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.utils import timezone

from sessions.files.documents import make_odt
from sessions.models import Presentation, PresentationFile, Preview
from sessions.models.presentation_file import private_storage
from sessions.previews.forgetting import forget_unused, remove_orphan_pictures
from sessions.previews.pictures import folder_of, keep_picture, names_in
from sessions.services.presentations import add_presentation, add_version, refuse_version
from sessions.services.storing import remove_orphans, stored_files
from tests.factories import make_session

CONTENT = make_odt("Shared", ["the same words"])


def jobs_of_a_month_later():
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        forget_unused()
        remove_orphan_pictures()
        remove_orphans()


def files():
    return [*stored_files(private_storage(), "presentations"), *stored_files(private_storage(), "previews")]


class SharedContentTests(TestCase):
    def setUp(self):
        for name in files():
            private_storage().delete(name)
        self.first, self.second = (self.add(title) for title in ("First", "Second"))
        preview = Preview.objects.get()
        keep_picture(preview, 1, 400, SimpleUploadedFile("1.webp", b"a picture"))
        preview.pages.create(number=1, text="the same words")

    def add(self, title):
        upload = SimpleUploadedFile("talk.odt", CONTENT)
        return add_presentation(
            session=make_session(), by=None, upload=upload, status="approved", title=title, language="en"
        )

    def sha256_of(self, presentation):
        """Read again from the disk."""
        with PresentationFile.objects.get(presentation=presentation).file.open("rb") as file:
            return hashlib.sha256(file.read()).hexdigest()

    def give_up(self, presentation):
        """What is public is refused first, and then deleted."""
        with self.captureOnCommitCallbacks(execute=True):
            refuse_version(version=presentation.versions.get(), by=None, reason="Not ours to show")
            Presentation.objects.get(pk=presentation.pk).delete()
            jobs_of_a_month_later()

    def test_whichever_goes_first_the_other_keeps_its_file_its_texts_and_its_pictures(self):
        """First the one that came first, then the one that came before the others."""
        for _turn in range(2):
            staying = self.second
            self.give_up(self.first)

            preview = Preview.objects.get()
            self.assertEqual(self.sha256_of(staying), hashlib.sha256(CONTENT).hexdigest())
            self.assertEqual(preview.pages.get().text, "the same words")
            self.assertEqual(len(names_in(private_storage(), folder_of(preview))), 1)
            self.first, self.second = staying, self.add("Again")
            self.assertEqual(len(list(stored_files(private_storage(), "presentations"))), 1)

    def test_with_the_last_of_them_everything_goes(self):
        self.give_up(self.first)
        self.give_up(Presentation.objects.get(pk=self.second.pk))

        self.assertEqual(files(), [])
        self.assertFalse(Preview.objects.exists())

    def test_a_version_that_another_replaced_keeps_its_file_however_long(self):
        other = make_odt("Another", ["other words"])
        add_version(
            presentation=self.first, by=None, upload=SimpleUploadedFile("talk.odt", other), status="approved"
        )

        jobs_of_a_month_later()

        sums = {row.sha256: row for row in PresentationFile.objects.filter(presentation=self.first)}
        for sha256, row in sums.items():
            with row.file.open("rb") as file:
                self.assertEqual(hashlib.sha256(file.read()).hexdigest(), sha256)
        self.assertEqual(len(sums), 2)
