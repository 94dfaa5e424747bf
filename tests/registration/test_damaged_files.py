"""A file that is missing or is no more what it was: no way out gives it, each says so, and everything around it stays up."""

import io
import zipfile

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import TestCase, override_settings

from conference.models import Outbox, Site
from conference.tasks import run_due
from registration.packs.sums import count_new_files
from sessions.models import PresentationFile
from sessions.models.presentation_file import private_storage
from sessions.previews.pictures import picture_name
from sessions.services.checking import check_file
from tests.factories import make_edition, make_presentation, make_preview, make_session, make_user
from tests.sessions.previews.files import uploaded
from tests.sessions.publications import make_part, make_publication

WHOLE, CHANGED = b"%PDF-1.7 whole canary", b"%PDF-1.7 other CANARY"


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


class DamagedFileTests(TestCase):
    def setUp(self):
        cache.clear()
        Site.objects.update_or_create(pk=1, defaults={"contact_email": "site@example.org"})
        self.session = make_session(make_edition(slug="second"))
        self.presentation = uploaded(WHOLE, session=self.session, title="Hurt")
        make_presentation(self.session, "Sound", b"%PDF sound")
        self.version = self.presentation.current_file
        self.name = self.version.file.name
        count_new_files()  # as the job does a few minutes after a file came
        here = f"/presentations/{self.presentation.guid}/"
        self.ways = [f"{here}download/", f"{here}versions/{self.version.guid}/"]
        self.pack = f"/packs/session/{self.session.guid}/pack.zip"
        self.client.force_login(make_user("Olga", is_staff=True, is_superuser=True))

    def lose(self):
        private_storage().delete(self.name)

    def cut(self):
        with private_storage().open(self.name, "wb") as file:
            file.write(WHOLE[:-1])

    def change(self):
        """As long as before: seen by the round of the night."""
        with private_storage().open(self.name, "wb") as file:
            file.write(CHANGED)
        check_file(self.name)

    def bring_back(self):
        private_storage().delete(self.name)
        private_storage().save(self.name, ContentFile(WHOLE))

    def test_every_way_to_the_file_says_that_it_is_missing_and_has_it_again_once_it_is_back(self):
        for hurt in (self.lose, self.cut, self.change):
            hurt()
            for url in self.ways:
                for headers in ({}, {"Range": "bytes=0-4"}, {"If-None-Match": "*"}):
                    response = self.client.get(url, headers=headers)
                    with self.subTest(hurt=hurt.__name__, url=url, headers=headers):
                        self.assertEqual(response.status_code, 404)
                        self.assertIn(b"temporarily missing", response.content)
                        self.assertNotIn(b"CANARY", response.content)
            self.bring_back()
            for url in self.ways:
                with self.subTest(after=hurt.__name__, url=url):
                    self.assertEqual(body_of(self.client.get(url)), WHOLE)
        self.assertEqual({mail.recipient for mail in Outbox.objects.all()}, {"site@example.org"})

    @override_settings(X_ACCEL_PREFIX="/protected/")
    def test_the_proxy_is_sent_after_none_of_them(self):
        for hurt in (self.lose, self.cut, self.change):
            hurt()
            for url in self.ways:
                with self.subTest(hurt=hurt.__name__, url=url):
                    self.assertNotIn("X-Accel-Redirect", self.client.get(url))
            self.bring_back()

    def test_a_pack_leaves_it_out_says_so_and_holds_all_the_others(self):
        for hurt in (self.lose, self.cut, self.change):
            hurt()
            content = io.BytesIO(body_of(self.client.get(self.pack)))
            with self.subTest(hurt=hurt.__name__), zipfile.ZipFile(content) as pack:
                names = [name for name in pack.namelist() if name.endswith(".pdf")]
                contents = next(name for name in pack.namelist() if name.endswith("contents.html"))
                self.assertEqual((len(names), "Sound" in names[0]), (1, True))
                self.assertIn("File temporarily missing", pack.read(contents).decode())
            self.bring_back()
        with zipfile.ZipFile(io.BytesIO(body_of(self.client.get(self.pack)))) as pack:
            self.assertEqual(len([name for name in pack.namelist() if name.endswith(".pdf")]), 2)

    @override_settings(PACK_AT_ONCE_MB=0)
    def test_a_pack_of_the_worker_leaves_it_out_too(self):
        self.lose()
        page = self.client.post(self.pack.removesuffix("pack.zip"))["Location"]
        run_due()

        with zipfile.ZipFile(io.BytesIO(body_of(self.client.get(f"{page}pack.zip")))) as pack:
            self.assertEqual(len([name for name in pack.namelist() if name.endswith(".pdf")]), 1)

    def test_a_file_that_changed_before_its_sum_was_counted_is_in_no_pack(self):
        with private_storage().open(self.name, "wb") as file:
            file.write(CHANGED)
        PresentationFile.objects.get(pk=self.version.pk).file_sum.delete()

        self.assertNotIn(b"CANARY", body_of(self.client.get(self.pack)))

    def test_pages_around_it_stay_up(self):
        for hurt in (self.lose, self.change):
            hurt()
            for url in (
                f"/presentations/{self.presentation.guid}/", "/second/presentations/", "/library/?q=Hurt",
                f"/packs/session/{self.session.guid}/", f"/speaker/presentations/{self.presentation.guid}/",
                "/library/feed.atom", f"/presentations/{self.presentation.guid}/cite.bib",
            ):  # fmt: skip
                with self.subTest(hurt=hurt.__name__, url=url):
                    self.assertEqual(self.client.get(url).status_code, 200)
            self.bring_back()


class DamagedPictureTests(TestCase):
    def test_a_page_without_its_picture_stays_up_and_the_picture_is_not_found(self):
        presentation = make_presentation(make_session(make_edition(open_pages=2)))
        preview = make_preview(presentation, "One", "Two")
        private_storage().delete(picture_name(preview, 1, 400))
        here = f"/presentations/{presentation.guid}/"

        self.assertEqual(self.client.get(f"{here}pages/1/400.webp").status_code, 404)
        for url in (here, f"{here}pages/1/", f"{here}pages/2/400.webp"):
            self.assertEqual(self.client.get(url).status_code, 200)

    def test_a_publication_without_its_picture_stays_up_on_the_web_and_on_paper(self):
        publication = make_publication()
        chapter = make_part(publication, "chapter", title="One")
        part = make_part(
            publication, "picture", picture_text="A school", open_to="everyone", picture="publications/x.png"
        )
        here = publication.get_absolute_url()

        self.assertEqual(self.client.get(f"{here}pictures/{part.pk}/").status_code, 404)
        for url in (here, f"{here}chapters/{chapter.pk}/", f"{here}publication.pdf"):
            with self.subTest(url=url):
                self.assertEqual(self.client.get(url).status_code, 200)
