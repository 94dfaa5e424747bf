"""Uploads end at the limit, and pictures that organisers bring are made anew."""

from io import BytesIO
from tempfile import gettempdir

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, TestCase, override_settings
from PIL import Image

from conference.models import Organisation
from tests.factories import make_organisation, make_organiser

MEGABYTE = 1024**2


class BoundedUploadTests(TestCase):
    @override_settings(PRESENTATION_MAX_MB=1)
    def test_a_file_beyond_the_limit_is_kept_one_byte_past_it(self):
        upload = SimpleUploadedFile("big.pdf", b"x" * (3 * MEGABYTE))
        request = RequestFactory().post("/", {"name": "Ada", "file": upload})

        file = request.FILES["file"]

        self.assertEqual(file.seek(0, 2), MEGABYTE + 1)
        self.assertEqual(request.POST["name"], "Ada")
        self.assertTrue(file.temporary_file_path().startswith(gettempdir()))

    @override_settings(PRESENTATION_MAX_MB=1)
    def test_a_file_at_the_limit_arrives_whole(self):
        content = bytes(range(256)) * (MEGABYTE // 256)
        request = RequestFactory().post("/", {"file": SimpleUploadedFile("fits.pdf", content)})

        self.assertEqual(request.FILES["file"].read(), content)


class PictureOfOrganiserTests(TestCase):
    def setUp(self):
        self.client.force_login(make_organiser())
        self.organisation = make_organisation()

    def upload(self, name, content):
        form = {"name": "A school", "slug": self.organisation.slug, "kind": "school"}
        form |= {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
        logo = SimpleUploadedFile(name, content)
        path = f"/admin/conference/organisation/{self.organisation.pk}/change/"
        return self.client.post(path, form | {"logo": logo})

    def test_a_logo_is_written_anew_without_its_exif(self):
        picture = BytesIO()
        exif = Image.Exif()
        exif[0x010E] = "canary in the description"
        Image.new("RGB", (40, 20), "red").save(picture, "JPEG", exif=exif)

        answer = self.upload("C:\\logo.jpg", picture.getvalue())

        logo = Organisation.objects.get(pk=self.organisation.pk).logo
        self.assertEqual(answer.status_code, 302)
        self.assertNotIn(b"canary", logo.read())
        self.assertNotIn("logo.jpg", logo.name)

    def test_a_drawing_that_can_hold_scripts_is_refused(self):
        answer = self.upload("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")

        self.assertContains(answer, "Save it as JPEG, PNG or WebP")
        self.assertEqual(Organisation.objects.get(pk=self.organisation.pk).logo.name, "")
