"""Members share own practices: who may, what is kept, who decides, and that the author stays."""

import zlib
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone, translation

from conference.models import Edition, Outbox, User
from conference.viewer import ANONYMOUS
from sessions.admin.numbers import presentation_numbers
from sessions.files.documents import make_pdf
from sessions.forms.practice import CONSENT_VERSION, PracticeForm
from sessions.library.asking import Asked
from sessions.library.search import search
from sessions.models import PracticeConsent, Presentation, PresentationFile
from sessions.services.practices import MOST_IN_A_DAY
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

    def given(self, **fields):
        given = {
            "title": "Reading together", "description": "What we do on Fridays", "country": "KE", "kind": "slides",
            "language": "en", "licence": "cc-by", "audience": "everyone", "theme": self.theme.pk,
            "link": "https://example.org/film", "name": "Ada L.", "when_closed": "stays", "consent": "on", **fields,
        }  # fmt: skip
        return {name: value for name, value in given.items() if value is not None}

    def send(self, **fields):
        return self.client.post(self.address, self.given(**fields))

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

    def test_approved_words_stay_those_that_an_organiser_read(self):
        self.send(country="KE")
        practice = Presentation.objects.get()
        address = reverse("sessions:manage_presentation", args=[practice.guid])
        changed = {
            "form": "details",
            "opens": "now",
            **self.given(title="Buy this", description="At the shop"),
        }

        self.assertRedirects(self.client.post(address, changed | {"title": "Reading aloud"}), address)
        practice.refresh_from_db()
        self.assertEqual((practice.title, practice.description), ("Reading aloud", "At the shop"))

        approve_version(version=practice.versions.get(), by=make_organiser())
        self.assertRedirects(self.client.post(address, changed | {"licence": "cc-by-sa"}), address)
        practice.refresh_from_db()
        self.assertEqual(
            (practice.title, practice.description, practice.licence),
            ("Reading aloud", "At the shop", "cc-by-sa"),
        )
        self.assertContains(self.client.get(address), "To change them, write to the organisers.")

    def close_in_admin(self, *, by_list):
        """As an organiser does, by the page of the account or by the list of all."""
        name = "admin:conference_user_"
        address = reverse(f"{name}delete", args=[self.member.pk])
        data = {"post": "yes"}
        if by_list:
            address = reverse(f"{name}changelist")
            data |= {"action": "delete_selected", "_selected_action": self.member.pk}
        with self.settings(STAFF_SECOND_FACTOR=False):
            self.client.force_login(make_organiser())
            self.client.post(address, data)
        self.assertFalse(User.objects.filter(pk=self.member.pk).exists())

    def found(self, words):
        return [str(hit.object) for hit in search(Asked(words), ANONYMOUS).hits]

    def test_name_stays_when_the_account_is_closed_if_its_person_wished_so(self):
        self.send()
        approve_version(version=PresentationFile.objects.get(), by=None)
        self.close_in_admin(by_list=False)

        practice = Presentation.objects.get()
        self.assertEqual((practice.uploaded_by, practice.credits.get().name), (None, "Ada L."))
        self.assertEqual(self.found("ada"), ["Reading together"])

    def test_name_is_taken_away_everywhere_when_the_account_is_closed_if_its_person_wished_so(self):
        for by_list in (False, True):
            with self.subTest(by_list=by_list), transaction.atomic():
                self.client.force_login(self.member)
                self.send(when_closed="goes")
                practice = Presentation.objects.get()
                practice.credits.create(name="Ben B.", position=1)
                approve_version(version=PresentationFile.objects.get(), by=None)
                self.assertEqual(self.found("ada"), ["Reading together"])

                self.close_in_admin(by_list=by_list)

                self.assertEqual([credit.name for credit in practice.credits.all()], ["Ben B."])
                self.assertEqual((self.found("ada"), self.found("reading")), ([], ["Reading together"]))
                self.assertNotContains(self.client.get(practice.get_absolute_url()), "Ada L.")
                transaction.set_rollback(True)

    def test_what_was_agreed_to_is_kept_with_its_words_and_moment(self):
        with translation.override("nl"):
            self.client.post(reverse("sessions:share"), self.given(when_closed="goes"))
        self.send(title="Another")

        first, second = PracticeConsent.objects.order_by("pk")
        self.assertEqual((first.language, second.language), ("nl", "en"))
        self.assertIn("I made this, or may share it", second.words)
        self.assertEqual(
            (first.name_stays, second.name_stays, second.version), (False, True, CONSENT_VERSION)
        )
        self.assertLess(timezone.now() - second.given_at, timedelta(minutes=1))

    def test_organisers_see_what_was_agreed_to_and_whose_name_goes(self):
        self.send(when_closed="goes")
        address = reverse(
            "admin:conference_sessions_presentation_change", args=[Presentation.objects.get().pk]
        )
        with self.settings(STAFF_SECOND_FACTOR=False):
            self.client.force_login(make_organiser())
            page = self.client.get(address)

        for words in ("I made this, or may share it", "Version 1", "Name goes with the account"):
            self.assertContains(page, words)

    def test_words_of_the_consent_do_not_change_without_a_new_version(self):
        """When this fails: give the words the next version, then put their new sum here."""
        words = PracticeForm.base_fields["consent"].label
        with translation.override("en"):
            self.assertEqual((CONSENT_VERSION, zlib.crc32(str(words).encode())), (1, 2208357201))

    def test_so_many_in_a_day_are_enough_and_the_next_day_more_are_taken(self):
        for number in range(MOST_IN_A_DAY + 1):
            answer = self.send(title=f"Practice {number}", link=f"https://example.org/{number}")
        self.assertContains(answer, "Share the next one tomorrow", status_code=422)
        self.assertEqual(Presentation.objects.count(), MOST_IN_A_DAY)

        Presentation.objects.update(created_at=timezone.now() - timedelta(hours=25))
        self.assertEqual(self.send(title="Tomorrow").status_code, 302)

    def test_without_consent_or_country_nothing_is_kept(self):
        for field in ("consent", "country", "name", "description", "when_closed"):
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
