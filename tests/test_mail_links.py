"""Whatever opens the links of a mail before its reader does, a scanner or a preview, changes and uses up nothing."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session as LogIn
from django.test import Client, TestCase, override_settings
from django.utils.translation import override

from conference.models import Outbox, User
from conference.services import memberships
from registration import emails
from registration.certificates import mails as certificate_mails
from registration.groups import outcome_mails
from registration.letters.places import ALL as PLACES
from registration.letters.sending import write_next
from registration.models import Addressee, Letter, Outcome
from registration.rounds.mails import News, tell
from registration.services.claims import hand_over
from registration.services.release_mails import tell_people
from sessions.collecting.mails import send_link
from sessions.collecting.reminding import remind
from sessions.models import Star
from sessions.services.timetable import release_timetable
from speakers.services.invitations import invite
from tests.factories import (
    make_appearance,
    make_booking,
    make_certificate,
    make_edition,
    make_membership,
    make_organisation,
    make_organiser,
    make_registration,
    make_release,
    make_round,
    make_session,
    make_slot,
    make_speaker,
    make_user,
    make_workshop,
)
from tests.rare_mails import send_rare_mails

pytestmark = pytest.mark.once

TEMPLATES = Path(__file__).resolve().parents[1] / "templates/mail"
LINK = re.compile(r"https?://\S+")
SCANNER = {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; SafeLinks scanner)"}
PASSING = {LogIn}  # of the log-in with which the test itself looks
# What lets in whoever has it says how long it does: of each such mail, words of its text.
LIVES = {
    "/invitation/": "The link works once, for 14 days.",
    "/my/claims/": "The link works once, until ",
    "/password/reset/key/": "The link works once, for one hour.",
    "/upload/": " one session until ",
    "/mail/unsubscribe/": "The link works as long as you have an account.",
}


def everything():
    """Every row of the database, but what passes by itself."""
    models = [model for model in apps.get_models() if model not in PASSING and model._meta.managed]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


@override_settings(STAFF_SECOND_FACTOR=False)
class MailLinkTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="ed")
        cls.kind = cls.edition.registration_types.create(name="Participant", can_be_handed_over=True)
        cls.ada = make_registration("Ada", cls.edition, registration_type=cls.kind)
        cls.ben = make_registration("Ben", cls.edition, status="waiting", queue_number=2)
        cls.workshop = make_workshop(cls.edition, slug="lab")
        with override("en"):
            cls.places()
            cls.certificates_and_outcomes()
            cls.speakers()
            cls.accounts()
            cls.news()
            cls.letters()
            send_rare_mails(cls)
        cls.mails = list(Outbox.objects.order_by("pk"))

    @classmethod
    def places(cls):
        booking = make_booking(cls.ada, cls.workshop)
        emails.registered(cls.ada)
        emails.registered(cls.ben)
        emails.registered(make_registration("Cy", cls.edition, status="pending"))
        emails.promoted(cls.ada)
        emails.promoted(booking)
        emails.booked(booking)
        emails.given_back(booking)
        emails.ticket_reissued(cls.ada, by_self=True)
        emails.registration_moved(cls.ada)
        emails.registration_cancelled(cls.ben, [cls.workshop])
        emails.registration_refused(cls.ben)
        tell(News(cls.ada, cls.workshop, rank=2), make_round(cls.edition, way="ranked"))
        hand_over(registration=cls.ada, name="Dee", email="dee@school.example")

    @classmethod
    def certificates_and_outcomes(cls):
        certificate = make_certificate(cls.ada)
        certificate_mails.issued(certificate)
        certificate_mails.revoked(certificate)
        session = make_session(cls.edition, slug="circle")
        outcome = Outcome.objects.create(session=session, problem="A problem", written_by=cls.ada.user)
        outcome_mails.approved([outcome])
        outcome_mails.sent_back([outcome], "Too short")

    @classmethod
    def speakers(cls):
        speaker = make_speaker(email="grace@example.org")
        session = make_session(cls.edition, slug="talk")
        make_appearance(session, speaker)
        invite(speaker=speaker, by=make_organiser())
        send_link(session=session, speaker=speaker, by=None)
        remind(edition=cls.edition, by=None)

    @classmethod
    def accounts(cls):
        school = make_organisation()
        make_membership(school, make_user("Head"), is_administrator=True)
        newcomer = make_user("New")
        membership = memberships.ask(user=newcomer, organisation=school)
        memberships.approve(membership=membership, by=make_organiser("Otto"))
        browser = Client()
        browser.post("/accounts/password/reset/", {"email": cls.ada.user.email})
        browser.post("/accounts/login/code/", {"email": cls.ada.user.email})
        data = {"name": "Ada", "email": cls.ada.user.email, "country": "BE", "consent": "on"}
        browser.post("/accounts/signup/", data)

    @classmethod
    def news(cls):
        session = cls.edition.sessions.get(slug="talk")
        make_release(cls.edition)
        Star.objects.create(user=cls.ada.user, session=session)
        make_slot(session)
        release_timetable(edition=cls.edition, by=make_organiser())
        tell_people()

    @classmethod
    def letters(cls):
        """One with everything that a letter can say."""
        words = "\n\n".join(f"{{{place.name}}}" for place in PLACES)
        letter = Letter.objects.create(
            edition=cls.edition,
            subjects={"en": "A letter"},
            texts={"en": words},
            is_news=True,
            status="sending",
        )
        Addressee.objects.create(letter=letter, user=cls.ada.user, address=cls.ada.user.email, language="en")
        write_next()

    def links(self):
        return {link: mail for mail in self.mails for link in LINK.findall(mail.text)}

    def test_every_mail_of_our_own_is_among_them(self):
        own = {file.stem for file in TEMPLATES.glob("*.txt") if not file.stem.startswith("_")}

        self.assertGreater(len(own), 40)
        self.assertEqual(own - {mail.kind for mail in self.mails}, set())

    def test_they_are_addresses_of_this_site_in_text_and_html(self):
        self.assertGreater(len(self.mails), 24)
        self.assertGreater(len(self.links()), 15)
        for mail in self.mails:
            hrefs = re.findall(r'href="([^"]+)"', mail.html)
            for link in [*LINK.findall(mail.text), *hrefs]:
                with self.subTest(mail.subject, link=link):
                    self.assertTrue(link.startswith(f"{settings.SITE_URL}/"))

    def test_what_lets_somebody_in_says_how_long(self):
        for path, words in LIVES.items():
            found = [mail.text for link, mail in self.links().items() if path in link]
            self.assertTrue(found, path)
            self.assertEqual([text for text in found if words not in text], [], path)

    def test_opening_them_again_and_again_changes_nothing(self):
        readers = {mail.recipient: Client() for mail in self.mails}
        for recipient, client in readers.items():
            if user := User.objects.filter(email=recipient).first():
                client.force_login(user)
        before = everything()
        for link, mail in self.links().items():
            path = link.removeprefix(settings.SITE_URL)
            for client in (Client(), readers[mail.recipient]):
                for _time in range(3):
                    self.assertLess(client.get(path, follow=True, **SCANNER).status_code, 500, path)
                client.head(path, **SCANNER)
                self.assertEqual(everything(), before, path)

    def test_after_that_each_still_does_what_it_says(self):
        for link in self.links():
            Client().get(link.removeprefix(settings.SITE_URL), follow=True, **SCANNER)
        for path in LIVES:
            link = next(one for one in self.links() if path in one)
            page = Client().get(link.removeprefix(settings.SITE_URL), follow=True)
            self.assertContains(page, "<button", msg_prefix=path)
