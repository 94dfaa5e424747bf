"""Members share own practices: who may, what is kept, who decides, and that the author stays."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from conference.models import Edition, Outbox
from conference.viewer import ANONYMOUS
from sessions.admin.numbers import presentation_numbers
from sessions.files.documents import make_pdf
from sessions.models import Presentation
from sessions.services.presentations import approve_version
from tests.factories import make_edition, make_organiser, make_user
from tests.sessions.publications import make_theme


class SharingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.member = make_user("Ada Lovelace")
        cls.theme = make_theme("Gender")
        make_edition(theme=cls.theme)
        cls.address = reverse("sessions:share")

    def setUp(self):
        self.client.force_login(self.member)

    def send(self, **fields):
        given = {
            "title": "Reading together", "description": "What we do on Fridays", "country": "KE", "kind": "slides",
            "language": "en", "licence": "cc-by", "audience": "everyone", "theme": self.theme.pk,
            "link": "https://example.org/film", "name": "Ada L.", "consent": "on", **fields,
        }  # fmt: skip
        return self.client.post(
            self.address, {name: value for name, value in given.items() if value is not None}
        )

    def test_practice_waits_for_an_organiser_with_its_author(self):
        self.assertRedirects(self.send(), reverse("sessions:speaker_desk"))

        practice = Presentation.objects.get()
        self.assertEqual(
            (practice.is_practice, practice.uploaded_by, practice.country.code), (True, self.member, "KE")
        )
        self.assertEqual((practice.session, practice.edition, practice.theme), (None, None, self.theme))
        self.assertEqual([credit.name for credit in practice.credits.all()], ["Ada L."])
        self.assertEqual(practice.versions.get().status, "submitted")
        self.assertFalse(Presentation.objects.listed_to(ANONYMOUS).exists())
        self.assertContains(self.client.get(reverse("sessions:speaker_desk")), "Reading together")

    def test_file_is_checked_like_any_other(self):
        bad = SimpleUploadedFile("slides.pdf", b"not a document")
        self.assertEqual(self.send(link=None, file=bad).status_code, 422)
        self.assertFalse(Presentation.objects.exists())

        good = SimpleUploadedFile("slides.pdf", make_pdf("Reading", ["together"]))
        self.assertEqual(self.send(link=None, file=good).status_code, 302)
        self.assertEqual(Presentation.objects.get().versions.get().format, "pdf")

    def test_approved_practice_is_public_and_its_author_is_told(self):
        self.send()
        practice = Presentation.objects.get()

        approve_version(version=practice.versions.get(), by=make_organiser())

        self.assertEqual(list(Presentation.objects.listed_to(ANONYMOUS)), [practice])
        self.assertEqual([mail.recipient for mail in Outbox.objects.all()], [self.member.email])
        page = self.client.get(practice.get_absolute_url())
        self.assertContains(page, "Ada L.")

    def test_credit_stays_when_the_account_is_gone(self):
        self.send()
        self.member.delete()

        practice = Presentation.objects.get()
        self.assertEqual((practice.uploaded_by, practice.credits.get().name), (None, "Ada L."))

    def test_without_consent_or_country_nothing_is_kept(self):
        for field in ("consent", "country", "name", "description"):
            self.assertEqual(self.send(**{field: None}).status_code, 422, field)
        self.assertFalse(Presentation.objects.exists())

    def test_audience_that_needs_an_edition_is_not_offered(self):
        for audience in ("attendees", "organisers"):
            self.assertEqual(self.send(audience=audience).status_code, 422)

    def test_theme_of_which_the_public_does_not_know_is_not_offered(self):
        hidden = make_theme("A secret")
        make_edition(theme=hidden, is_published=False)

        self.assertContains(self.client.get(self.address), "Gender")
        self.assertNotContains(self.client.get(self.address), "A secret")
        self.assertEqual(self.send(theme=hidden.pk).status_code, 422)

    def test_sending_twice_makes_one_practice(self):
        for _turn in range(2):
            self.send(mark="0b5c1f0a-7c1d-4a0e-9a3e-1f2d3c4b5a69")
        self.assertEqual(Presentation.objects.count(), 1)

    def test_address_has_to_be_confirmed_first(self):
        self.member.emailaddress_set.update(verified=False)

        self.assertContains(self.client.get(self.address), "Confirm your address first")
        self.send()
        self.assertFalse(Presentation.objects.exists())

    def test_organisers_find_what_waits_from_the_front_page_of_the_admin(self):
        self.send()
        with self.settings(STAFF_SECOND_FACTOR=False):
            self.client.force_login(make_organiser())
            numbers = presentation_numbers(Edition.objects.get())
            page = self.client.get(numbers[-1]["address"])

        self.assertEqual(numbers[-1]["value"], 1)
        self.assertContains(page, "Reading together")

    def test_visitors_are_sent_to_the_log_in(self):
        self.client.logout()
        self.assertRedirects(
            self.client.get(self.address),
            f"{reverse('account_login')}?next={self.address}",
            fetch_redirect_response=False,
        )
