"""Deleting a presentation takes what only it has, keeps what others share, and says so before."""

import shutil

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.test import TestCase, override_settings

from registration.models import Download
from registration.services.views import count_view
from sessions.files.documents import make_odt
from sessions.library.index import reindex
from sessions.models import (
    Audience,
    LibraryEntry,
    LibraryWord,
    Presentation,
    PresentationFile,
    Preview,
    Publication,
    PublicationPart,
)
from sessions.models.presentation_file import private_storage
from sessions.previews.pictures import folders_of_pictures
from sessions.services import presentations as service
from sessions.services.deleting import delete_presentation
from sessions.services.storing import stored_files
from tests.admin_forms import make_staff
from tests.factories import make_preview, make_session, make_user

LIST = "/admin/conference_sessions/presentation/"


@override_settings(STAFF_SECOND_FACTOR=False)
class DeletingTests(TestCase):
    def setUp(self):
        for folder in ("presentations", "previews"):
            shutil.rmtree(private_storage().path(folder), ignore_errors=True)
        self.session, self.ada = make_session(), make_user("Ada")
        self.presentation = self.add("Marmalade")

    def add(self, title="T", content="one", status="approved"):
        """With a version as an upload stores it."""
        upload = SimpleUploadedFile("talk.odt", make_odt("Talk", [content]))
        return service.add_presentation(
            session=self.session, by=self.ada, upload=upload, title=title, status=status, audience="everyone"
        )

    def delete(self, presentation=None):
        with self.captureOnCommitCallbacks(execute=True):
            delete_presentation(presentation=presentation or self.presentation)

    def files(self):
        return len(list(stored_files(private_storage(), "presentations")))

    def pictures(self):
        return len(list(folders_of_pictures(private_storage())))

    def look_inside(self, presentation):
        """As if the worker had made its preview."""
        presentation.refresh_from_db()
        Preview.objects.all().delete()
        make_preview(presentation, "its first page")
        reindex(presentation)

    def test_everything_of_it_goes(self):
        second = SimpleUploadedFile("second.odt", make_odt("Talk", ["two"]))
        service.add_version(presentation=self.presentation, by=self.ada, upload=second, status="approved")
        self.look_inside(self.presentation)
        Download.objects.create(version=self.presentation.current_file)
        self.assertEqual((self.files(), self.pictures()), (2, 1))
        self.assertTrue(LibraryWord.objects.filter(word="marmalade").exists())

        self.delete()

        for model in (Presentation, PresentationFile, Preview, LibraryEntry, Download):
            with self.subTest(model):
                left = (
                    model.objects.exclude(session=self.session)
                    if model is LibraryEntry
                    else model.objects.all()
                )
                self.assertEqual(list(left), [])
        self.assertFalse(LibraryWord.objects.filter(word="marmalade").exists())
        self.assertEqual((self.files(), self.pictures()), (0, 0))

    def test_what_another_presentation_shares_stays(self):
        other = self.add("Another")
        self.look_inside(self.presentation)
        preview = Preview.objects.get()
        other.versions.update(preview=preview)
        self.assertEqual(self.files(), 1)

        self.delete()

        self.assertEqual((self.files(), self.pictures(), Preview.objects.count()), (1, 1, 1))
        with other.versions.get().file.open("rb") as file:
            self.assertTrue(file.read())
        self.delete(other)
        self.assertEqual((self.files(), self.pictures(), Preview.objects.count()), (0, 0, 0))

    def test_files_stay_until_it_is_certain(self):
        with self.captureOnCommitCallbacks(execute=False):
            delete_presentation(presentation=self.presentation)

        self.assertEqual(self.files(), 1)

    def test_labels_and_people_stay(self):
        self.presentation.for_whom.add(Audience.objects.create(name="Teachers", slug="for-teachers"))

        self.delete()

        self.assertTrue(Audience.objects.filter(slug="for-teachers").exists())
        self.ada.refresh_from_db()

    def test_a_part_of_a_publication_stays_and_is_still_found(self):
        self.stand_in_a_publication()

        with self.assertRaises(ProtectedError):
            self.delete()

        self.assertEqual(LibraryEntry.objects.filter(presentation=self.presentation).count(), 1)

    def stand_in_a_publication(self):
        book = Publication.objects.create(title="Eight years", slug="eight-years")
        PublicationPart.objects.create(publication=book, kind="presentation", presentation=self.presentation)

    def test_admin_says_what_goes_and_deletes_it(self):
        self.client.force_login(make_staff("programme editor"))
        count_view(self.presentation.guid, day=self.presentation.created_at.date())
        address = f"{LIST}{self.presentation.pk}/delete/"
        page = self.client.get(address)

        for words in ("Marmalade", "Version 1: talk.odt", "Views by day: 1", "withdraw it"):
            self.assertContains(page, words, msg_prefix=words)
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(address, {"post": "yes"})
        self.assertEqual((Presentation.objects.count(), self.files()), (0, 0))

    def test_several_at_once(self):
        self.client.force_login(make_staff("programme editor"))
        rows = [self.presentation.pk, self.add("Another", "two").pk]
        chosen = {"action": "delete_selected", "_selected_action": rows}

        self.assertContains(self.client.post(LIST, chosen), "Version 1: talk.odt", count=2)
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(LIST, {**chosen, "post": "yes"})
        self.assertEqual((Presentation.objects.count(), self.files()), (0, 0))

    def test_admin_names_the_publication_that_stands_in_the_way(self):
        self.client.force_login(make_staff("programme editor"))
        self.stand_in_a_publication()
        address = f"{LIST}{self.presentation.pk}/delete/"

        self.assertContains(self.client.get(address), "stands in the way")
        self.client.post(address, {"post": "yes"})

        self.assertTrue(Presentation.objects.exists())

    def test_a_helper_deletes_nothing(self):
        self.client.force_login(make_staff("helper"))

        self.client.post(f"{LIST}{self.presentation.pk}/delete/", {"post": "yes"})

        self.assertTrue(Presentation.objects.exists())
