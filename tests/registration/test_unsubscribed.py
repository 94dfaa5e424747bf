"""Who unsubscribed is not told of a release; everybody else unsubscribes with a link of their own."""

from django.test import TestCase

from conference.mail.unsubscribing import token_of
from conference.models import Outbox
from registration import emails
from tests.factories import make_registration
from tests.registration.test_release_mails import Scene


class UnsubscribedTests(Scene, TestCase):
    def setUp(self):
        self.make_scene()
        self.gone = self.star(name="Gone", wants_news=False)

    def test_they_hear_nothing_and_the_others_have_a_link_each_in_their_language(self):
        ada, ben = self.star(), self.star(name="Ben", language="nl")
        self.move()
        self.release()

        self.tell_all()

        self.assertEqual(self.told(), sorted([ada.email, ben.email]))
        for user, prefix in ((ada, ""), (ben, "/nl")):
            link = f"http://localhost:8000{prefix}/mail/unsubscribe/{token_of(user)}/"
            mail = Outbox.objects.get(recipient=user.email)
            self.assertEqual((mail.unsubscribe_link, link in mail.text), (link, True))

    def test_mails_about_their_own_registration_come_as_before(self):
        emails.registered(make_registration(user=self.gone, edition=self.edition))

        mail = Outbox.objects.get(recipient=self.gone.email)
        self.assertEqual((mail.unsubscribe_link, "unsubscribe" in mail.text), ("", False))
