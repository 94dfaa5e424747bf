"""A picture of news: made anew, said in words, and gone when another takes its place."""

import io

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from django.utils import timezone
from PIL import Image

from conference.models import NewsItem
from tests.admin_forms import read_form
from tests.factories import make_edition, make_organiser


def picture(name="doors.png"):
    made = io.BytesIO()
    Image.new("RGB", (20, 10), "teal").save(made, "PNG", pnginfo=None)
    return SimpleUploadedFile(name, made.getvalue() + b"canary")


@override_settings(STAFF_SECOND_FACTOR=False)
class PictureTests(TestCase):
    def setUp(self):
        self.edition = make_edition(slug="ed")
        self.client.force_login(make_organiser())
        self.item = NewsItem.objects.create(
            edition=self.edition, title="Doors", slug="doors", body="Open", published_at=timezone.now()
        )
        self.form = f"/admin/conference/newsitem/{self.item.pk}/change/"

    def send(self, file=None, **changes):
        data = read_form(self.client, self.form) | changes
        with self.captureOnCommitCallbacks(execute=True):
            answer = self.client.post(self.form, data | ({"picture": file} if file else {}))
        self.item.refresh_from_db()
        if self.item.picture:
            self.addCleanup(default_storage.delete, self.item.picture.name)
        return answer

    def test_it_stands_on_the_page_with_its_words_and_without_what_came_along(self):
        self.send(
            picture(), picture_description_en="Open doors & people", picture_description_nl="Open deuren"
        )

        self.assertNotIn("doors", self.item.picture.name)
        self.assertNotIn(b"canary", self.item.picture.read())
        page = self.client.get("/ed/news/doors/").content.decode()
        self.assertIn(f'src="/media/{self.item.picture.name}" alt="Open doors &amp; people"', page)
        self.assertIn(
            f'"image":"http://localhost:8000/media/{self.item.picture.name}"', page.replace('": "', '":"')
        )
        self.assertIn('alt="Open deuren"', self.client.get("/nl/ed/news/doors/").content.decode())
        self.assertEqual(self.client.get(self.item.picture.url).status_code, 200)

    def test_without_words_it_is_refused_beside_the_field(self):
        answer = self.send(picture())

        self.assertContains(answer, "Say what the picture shows")
        self.assertEqual(self.item.picture.name, "")

    def test_what_is_no_picture_is_refused(self):
        answer = self.send(SimpleUploadedFile("x.png", b"<svg onload=alert(1)>"), picture_description_en="x")

        self.assertEqual((answer.status_code, self.item.picture.name), (200, ""))

    def test_another_takes_its_place_and_with_the_news_it_goes(self):
        self.send(picture(), picture_description_en="One")
        former = self.item.picture.name
        self.send(picture(), picture_description_en="Two")

        self.assertFalse(default_storage.exists(former))
        self.assertTrue(default_storage.exists(self.item.picture.name))
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(self.form.replace("change", "delete"), {"post": "yes"})
        self.assertFalse(default_storage.exists(self.item.picture.name))

    def test_without_a_picture_the_page_has_none(self):
        self.assertNotIn("news-picture", self.client.get("/ed/news/doors/").content.decode())
