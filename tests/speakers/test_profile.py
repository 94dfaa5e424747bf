"""Speakers look after their own page; a picture is made anew, and a minor has none."""

from io import BytesIO

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from PIL import Image

from tests.factories import make_speaker, make_user

FIELDS = {
    "name": "Grace Hopper",
    "country": "BE",
    "biography": "Words",
    "website": "",
    "portrait_description": "",
}


def picture(name="me.jpg", size=(1600, 1200)):
    target, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "CANARY camera"
    Image.new("RGB", size, "teal").save(target, "JPEG", exif=exif)
    return SimpleUploadedFile(name, target.getvalue(), content_type="text/html")


class ProfileTests(TestCase):
    url = "/speaker/profile/"

    def setUp(self):
        self.speaker = make_speaker("Grace", user=make_user("Grace"))
        self.client.force_login(self.speaker.user)

    def save(self, **fields):
        with self.captureOnCommitCallbacks(execute=True):
            response = self.client.post(self.url, {**FIELDS, **fields})
        self.speaker.refresh_from_db()
        return response

    def test_speaker_changes_their_own_page(self):
        self.assertRedirects(self.save(website="example.org"), self.url)

        changed = (self.speaker.name, self.speaker.country.code, self.speaker.website)
        self.assertEqual(changed, ("Grace Hopper", "BE", "https://example.org"))

    def test_only_the_named_fields_change(self):
        self.save(slug="other", is_minor="on", email="x@example.org", user="1")

        self.assertFalse(self.speaker.is_minor)
        self.assertEqual((self.speaker.email, self.speaker.user), ("", self.speaker.user))
        self.assertNotEqual(self.speaker.slug, "other")

    def test_portrait_is_made_anew_under_a_generated_name(self):
        self.save(portrait=picture("../evil.php.jpg"))

        content = default_storage.open(self.speaker.portrait.name).read()
        self.assertNotIn(b"CANARY", content)
        self.assertLessEqual(max(Image.open(BytesIO(content)).size), 800)
        self.assertRegex(self.speaker.portrait.name, r"^portraits/[0-9a-f]{32}\.jpg$")

    def test_new_portrait_and_its_removal_leave_no_old_file(self):
        self.save(portrait=picture())
        first = self.speaker.portrait.name
        self.save(portrait=picture())
        second = self.speaker.portrait.name
        self.assertFalse(default_storage.exists(first))

        self.save(remove_portrait="on")

        self.assertEqual(self.speaker.portrait.name, "")
        self.assertFalse(default_storage.exists(second))

    def test_profile_saved_without_a_portrait_keeps_the_one_there_is(self):
        self.save(portrait=picture())
        name = self.speaker.portrait.name

        self.save(biography="More words")

        self.assertEqual(self.speaker.portrait.name, name)

    def test_what_is_no_picture_is_refused_beside_the_field(self):
        svg = SimpleUploadedFile("me.png", b"<svg onload='alert(1)'>", content_type="image/png")

        response = self.save(portrait=svg, biography="Typed once")

        self.assertContains(response, 'id="id_portrait_error"', status_code=422)
        self.assertContains(response, "Typed once", status_code=422)
        self.assertEqual(self.speaker.portrait.name, "")

    def test_strange_website_is_refused(self):
        self.assertEqual(self.save(website="javascript:alert(1)").status_code, 422)

    def test_minor_has_no_portrait_and_no_link(self):
        self.speaker.is_minor = True
        self.speaker.save()

        self.save(portrait=picture(), website="https://example.org")

        self.assertEqual((self.speaker.portrait.name, self.speaker.website), ("", ""))
        self.assertNotContains(self.client.get(self.url), 'type="file"')

    def test_account_without_a_speaker_has_no_profile(self):
        self.client.force_login(make_user())

        self.assertEqual(self.client.get(self.url).status_code, 404)
