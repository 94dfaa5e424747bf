"""A speaker takes over their own page by a link that is good once, is only in the mail, and does nothing by itself."""

import re
from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from conference.models import Outbox, User
from speakers.exceptions import InvitationRefused, InvitationSpent
from speakers.models import Invitation
from speakers.services.invitations import accept_invitation, invite
from tests.factories import make_organiser, make_speaker, make_user

LATER = timedelta(minutes=10, seconds=1)
MAILED = re.compile(r"/speaker/invitation/([\w-]+)/")


class InvitationCase(TestCase):
    def setUp(self):
        self.organiser = make_organiser()
        self.speaker = make_speaker("Grace O'Hopper", email="Grace@Example.org", country="BE")

    def invite(self, speaker=None, at=None):
        invite(speaker=speaker or self.speaker, by=self.organiser, at=at)
        mail = Outbox.objects.latest("pk")
        self.token = MAILED.search(mail.text)[1]
        self.url = f"/speaker/invitation/{self.token}/"
        return mail

    def owner(self):
        self.speaker.refresh_from_db()
        return self.speaker.user


class InviteTests(InvitationCase):
    def test_mail_holds_the_link_and_the_database_only_its_hash(self):
        mail = self.invite()

        self.assertEqual(mail.recipient, "grace@example.org")
        self.assertIn("Dear Grace O'Hopper,", mail.text)
        self.assertIn(f"http://localhost:8000{self.url}", mail.text)
        self.assertTrue(mail.is_secret)
        self.assertGreaterEqual(len(self.token), 22)  # 128 bits
        self.assertNotIn(self.token, str(Invitation.objects.values().get()))

    def test_later_invitation_ends_the_earlier_ones(self):
        self.invite()
        first = self.url

        self.invite(at=timezone.now() + LATER)

        self.assertEqual(self.client.get(first).status_code, 410)
        self.assertEqual(self.client.get(self.url).status_code, 200)

    def test_button_pressed_twice_sends_one_mail_whose_link_works(self):
        self.invite()

        with self.assertRaisesMessage(InvitationRefused, "less than ten minutes ago"):
            invite(speaker=self.speaker, by=self.organiser)

        self.assertEqual(Outbox.objects.count(), 1)
        self.assertEqual(self.client.get(self.url).status_code, 200)
        self.speaker.email = "corrected@example.org"
        self.speaker.save()
        self.assertEqual(self.invite().recipient, "corrected@example.org")

    def test_speaker_without_address_or_with_account_is_not_invited(self):
        for speaker in (make_speaker(), make_speaker(email="x@example.org", user=make_user())):
            with self.assertRaises(InvitationRefused):
                invite(speaker=speaker, by=self.organiser)
        self.assertFalse(Outbox.objects.exists())


class AcceptTests(InvitationCase):
    def setUp(self):
        super().setUp()
        self.invite()

    def test_following_the_link_changes_nothing(self):
        for _round in range(3):
            response = self.client.get(self.url)
            self.client.head(self.url)

        self.assertEqual(response["Referrer-Policy"], "strict-origin")
        self.assertIn("no-store", response["Cache-Control"])
        self.assertIsNone(self.owner())
        self.assertTrue(Invitation.objects.usable().exists())

    def test_button_opens_an_account_with_the_address_proven_by_the_mail(self):
        response = self.client.post(self.url)

        self.assertRedirects(response, "/speaker/")
        user = self.owner()
        self.assertEqual(
            (user.email, user.name, user.country.code), ("grace@example.org", "Grace O'Hopper", "BE")
        )
        self.assertTrue(user.emailaddress_set.get().verified)
        self.assertFalse(user.has_usable_password())
        self.assertEqual(self.client.session["_auth_user_id"], str(user.pk))
        self.assertEqual(Outbox.objects.count(), 1)

    def test_logged_in_person_takes_the_page_into_their_account(self):
        user = make_user("Other address")
        self.client.force_login(user)

        self.client.post(self.url)

        self.assertEqual(self.owner(), user)

    def test_link_works_once(self):
        self.client.post(self.url)
        self.client.logout()

        for response in (self.client.get(self.url), self.client.post(self.url)):
            self.assertEqual(response.status_code, 410)
            self.assertContains(response, "Ask the organisers for a new one", status_code=410)
        with self.assertRaises(InvitationSpent):
            accept_invitation(token=self.token, user=make_user())

    def test_link_works_for_fourteen_days(self):
        Invitation.objects.update(expires_at=timezone.now() + timedelta(seconds=5))
        self.assertEqual(self.client.get(self.url).status_code, 200)
        Invitation.objects.update(expires_at=timezone.now())

        self.assertEqual(self.client.get(self.url).status_code, 410)
        self.assertEqual(self.client.post(self.url).status_code, 410)
        self.assertIsNone(self.owner())

    def test_unknown_and_changed_links_look_the_same(self):
        for token in ("x", self.token[:-1], self.token + "A", "0" * 2000):
            self.assertEqual(self.client.get(f"/speaker/invitation/{token}/").status_code, 410)

    def test_address_with_an_account_logs_in_first_and_comes_back(self):
        make_user("Grace", email="grace@example.org")

        self.assertContains(self.client.get(self.url), "has an account already")
        response = self.client.post(self.url)

        self.assertRedirects(
            response,
            f"/accounts/login/?next=%2Fspeaker%2Finvitation%2F{self.token}%2F",
            fetch_redirect_response=False,
        )
        self.assertIsNone(self.owner())
        self.assertEqual(User.objects.filter(email__iexact="grace@example.org").count(), 1)

    def test_account_is_one_speaker_at_most(self):
        user = make_user()
        make_speaker("Someone else", user=user)
        self.client.force_login(user)

        response = self.client.post(self.url)

        self.assertContains(response, "another speaker already", status_code=422)
        self.assertIsNone(self.owner())
        self.assertTrue(Invitation.objects.usable().exists())

    def test_link_is_dead_once_the_page_has_an_owner(self):
        self.speaker.user = make_user()
        self.speaker.save()

        self.assertEqual(self.client.post(self.url).status_code, 410)
