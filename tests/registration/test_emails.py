from django.test import TestCase
from django.utils import translation

from conference.models import Outbox
from registration import emails
from tests.factories import make_booking, make_edition, make_registration, make_user, make_workshop


class MailTests(TestCase):
    def setUp(self):
        self.edition = make_edition("O'Brien & sons")
        self.user = make_user("<b>Ada</b> http://evil.test")
        self.place = make_registration(edition=self.edition, user=self.user)
        self.workshop = make_workshop(self.edition, "Us & <i>Them</i>\r\nBcc: x@evil.test")

    def all_mails(self):
        booking = make_booking(self.place, self.workshop)
        waiting = make_booking(make_registration("Ben", self.edition), self.workshop, status="waiting")
        queued = make_registration("Cy", self.edition, status="waiting", queue_number=3)
        emails.registered(self.place)
        emails.registered(queued)
        emails.promoted(self.place)
        emails.registration_cancelled(self.place, [self.workshop])
        emails.booked(booking, [self.workshop])
        emails.booked(waiting)
        emails.promoted(booking)
        emails.given_back(booking)
        return list(Outbox.objects.order_by("pk"))

    def test_every_mail_has_a_subject_a_text_and_a_link_to_the_own_registration(self):
        mails = self.all_mails()

        self.assertEqual(len(mails), 8)
        for mail in mails:
            with self.subTest(mail.subject):
                self.assertIn(f"http://localhost:8000/{self.edition.slug}/my-registration/", mail.text)
                self.assertNotIn("\n", mail.subject)
                self.assertNotIn("None", mail.subject + mail.text)

    def test_names_and_titles_are_text_and_never_markup(self):
        for mail in self.all_mails():
            with self.subTest(mail.subject):
                self.assertNotIn("<b>Ada", mail.html)
                self.assertNotIn("<i>Them", mail.html)
                self.assertNotIn("&amp;", mail.text)
                self.assertNotIn('href="http://evil.test', mail.html)

    def test_the_mail_of_a_promotion_leads_to_giving_the_place_back(self):
        emails.promoted(make_booking(self.place, self.workshop))

        self.assertIn(f"/workshops/{self.workshop.slug}/give-back/", Outbox.objects.get().text)

    def test_links_are_in_the_language_of_the_reader_whatever_the_page_was_in(self):
        self.user.language = "nl"
        with translation.override("en"):
            emails.registered(self.place)

        self.assertIn(f"/nl/{self.edition.slug}/my-registration/", Outbox.objects.get().text)
