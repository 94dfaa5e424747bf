"""Everything a person agreed to stands on one page, and is taken back as easily as it was given."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from conference.models import Page
from registration.models import Answer, ConsentChange
from registration.questions.asking import YES, Given
from registration.services.answers import save_answers
from sessions.models import Credit, PracticeConsent, Presentation
from sessions.services.practices import withdraw_practice
from tests.factories import (
    make_edition,
    make_organiser,
    make_question,
    make_registration,
    make_user,
    make_version,
)

PAGE = "/accounts/consents/"


class ConsentsPageTests(TestCase):
    def setUp(self):
        self.ada = make_user("Ada", consent_at=timezone.now(), consent_version="2026-05-01 12:00")
        self.client.force_login(self.ada)

    def consents(self):
        return self.client.get(PAGE).context["consents"]

    def agree(self, edition=None, label="Photographs of me"):
        row = make_registration(user=self.ada, edition=edition or make_edition(), consent_at=timezone.now())
        question = make_question(row.edition, label, kind="consent", help_text="For the report")
        save_answers(registration=row, cleaned={question: Given(YES)})
        return row, question

    def share(self):
        practice = Presentation.objects.create(is_practice=True, title="My practice", uploaded_by=self.ada)
        Credit.objects.create(presentation=practice, name="Ada")
        PracticeConsent.objects.create(presentation=practice, version=2, words="I share it", name_stays=True)
        version = make_version(practice, b"%PDF-1.7", status="approved", uploaded_by=self.ada)
        practice.current_file = version
        practice.save()
        return practice

    def test_each_consent_says_since_when_and_to_which_version(self):
        row, _question = self.agree()
        self.share()

        account, place, photographs, practice = self.consents()
        self.assertEqual((account.at, account.version), (self.ada.consent_at, "2026-05-01 12:00"))
        self.assertEqual((place.edition, place.at), (row.edition, row.consent_at))
        self.assertEqual((photographs.version, photographs.words), ("1", "Photographs of me\nFor the report"))
        self.assertEqual(
            (practice.about, practice.version, practice.words), ("My practice", "2", "I share it")
        )
        self.assertTrue(all(one.is_given and one.consequence for one in self.consents()))

    def test_one_button_takes_it_back_and_leads_back_here(self):
        row, question = self.agree()
        button = self.consents()[2].button

        answer = self.client.post(button, {"next": PAGE}, follow=True)

        self.assertRedirects(answer, PAGE)
        photographs = self.consents()[2]
        self.assertEqual((photographs.is_given, photographs.button), (False, ""))
        self.assertEqual([change.is_given for change in photographs.changes], [False, True])
        self.assertContains(answer, "taken back")

    def test_it_is_taken_back_also_when_the_conference_is_over(self):
        long_ago = timezone.localdate() - timedelta(days=365)
        row, question = self.agree(make_edition(starts_on=long_ago, ends_on=long_ago))

        self.client.post(self.consents()[2].button, {"next": PAGE})

        self.assertEqual(Answer.objects.get(registration=row).text, "no")

    def test_organisers_see_that_it_was_taken_back(self):
        row, question = self.agree()
        self.client.post(self.consents()[2].button)
        self.client.force_login(make_organiser())

        with self.settings(STAFF_SECOND_FACTOR=False):
            page = self.client.get(f"/admin/registration/registration/{row.pk}/change/")

        self.assertContains(page, "Photographs of me")
        self.assertContains(page, "withdrawn")

    def test_a_practice_leaves_the_library_at_once_and_others_of_mine_stay(self):
        practice, other = self.share(), self.share()
        self.assertEqual(self.client.get(f"/presentations/{practice.guid}/").status_code, 200)
        button = next(one.button for one in self.consents() if str(practice.guid) in one.button)

        self.client.post(button)

        self.client.logout()
        self.assertEqual(self.client.get(f"/presentations/{practice.guid}/").status_code, 404)
        self.assertEqual(self.client.get(f"/presentations/{other.guid}/").status_code, 200)

    def test_nobody_takes_back_for_others(self):
        practice = self.share()
        row, question = self.agree()
        self.client.force_login(make_user("Ben"))

        answers = [
            self.client.post(f"/accounts/consents/practices/{practice.guid}/withdraw/"),
            self.client.post(f"/{row.edition.slug}/my-registration/consents/{question.pk}/withdraw/"),
        ]

        self.assertEqual([one.status_code for one in answers], [404, 404])
        practice.refresh_from_db()
        self.assertIsNone(practice.withdrawn_at)
        self.assertEqual(ConsentChange.objects.count(), 1)

    def test_a_withdrawn_practice_is_withdrawn_once(self):
        practice = self.share()
        withdraw_practice(practice=practice, by=self.ada)
        moment = practice.withdrawn_at

        withdraw_practice(practice=practice, by=self.ada)

        practice.refresh_from_db()
        self.assertEqual(practice.withdrawn_at, moment)

    def test_of_registrations_at_one_edition_the_one_that_counts_is_asked(self):
        edition = make_edition()
        former, _question = self.agree(edition)
        former.status = "cancelled"
        former.save()
        row, question = self.agree(edition, "Being on a list")

        self.assertEqual([one.about for one in self.consents()[3:]], ["Being on a list"])

    def test_the_same_few_queries_however_many_there_are(self):
        self.agree()
        self.share()
        self.client.get(PAGE)
        with self.assertNumQueries(QUERIES):
            self.client.get(PAGE)
        for _more in range(2):
            self.agree()
            self.share()

        with self.assertNumQueries(QUERIES):
            self.client.get(PAGE)

    def test_the_version_that_people_agree_to_is_that_of_the_organisers_words(self):
        page = Page.objects.create(title="Privacy", slug="privacy", body="Words")

        self.assertEqual(Page.objects.privacy_version(), page.version)


QUERIES = 9
