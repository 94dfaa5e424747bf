"""A picture lies in the private store as long as a part shows it, and no longer."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.test import TestCase
from django.urls import reverse

from sessions.models.presentation_file import private_storage
from sessions.publications.building import change_part, delete_publications, remove_part
from sessions.publications.pictures import remove_orphan_pictures
from tests.factories import make_organiser
from tests.sessions.publications import PICTURE, make_part, make_publication


class PicturesTests(TestCase):
    def setUp(self):
        self.publication = make_publication()
        self.part = self.make_picture()
        self.name = self.part.picture.name
        self.assertTrue(private_storage().exists(self.name))

    def make_picture(self):
        file = ContentFile(PICTURE, "p.png")
        return make_part(self.publication, "picture", picture=file, picture_text="Us")

    def tearDown(self):
        for part in self.publication.parts.all() if self.publication.pk else []:
            private_storage().delete(part.picture.name)

    def is_there(self):
        return private_storage().exists(self.name)

    def test_goes_with_its_part(self):
        with self.captureOnCommitCallbacks(execute=True):
            remove_part(part=self.part)
            self.assertTrue(self.is_there())  # until it is certain

        self.assertFalse(self.is_there())

    def test_goes_when_another_takes_its_place_and_stays_when_only_words_change(self):
        self.part.title = "In the field"
        with self.captureOnCommitCallbacks(execute=True):
            change_part(part=self.part)
        self.assertTrue(self.is_there())

        self.part.picture = ContentFile(PICTURE, "other.png")
        with self.captureOnCommitCallbacks(execute=True):
            change_part(part=self.part)
        self.assertFalse(self.is_there())
        self.assertTrue(private_storage().exists(self.part.picture.name))

    def test_goes_with_its_publication(self):
        other = self.make_picture().picture.name
        with self.captureOnCommitCallbacks(execute=True):
            delete_publications([self.publication])

        self.assertFalse(self.is_there() or private_storage().exists(other))
        self.publication.pk = None

    def test_goes_when_a_publication_is_deleted_in_the_admin(self):
        self.client.force_login(make_organiser())
        delete = reverse("admin:conference_sessions_publication_delete", args=[self.publication.pk])
        with self.settings(STAFF_SECOND_FACTOR=False), self.captureOnCommitCallbacks(execute=True):
            self.client.post(delete, {"post": "yes"})

        self.assertFalse(self.is_there())
        self.publication.pk = None

    def test_that_no_part_knows_goes_after_a_day_and_others_stay(self):
        lost = private_storage().save("publications/lost.png", ContentFile(PICTURE))

        remove_orphan_pictures()
        self.assertTrue(private_storage().exists(lost))
        self.assertGreaterEqual(remove_orphan_pictures(timedelta(days=-1)), 1)  # others may lie there too

        self.assertFalse(private_storage().exists(lost))
        self.assertTrue(self.is_there())
