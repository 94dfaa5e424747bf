from django.test import TestCase, override_settings

from speakers.models import Invitation
from tests.admin_forms import make_staff, queries_of
from tests.factories import make_appearance, make_edition, make_session, make_slot, make_speaker, make_user

LIST = "/admin/speakers/speaker/"


@override_settings(STAFF_SECOND_FACTOR=False)
class SpeakerAdminTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("programme editor"))

    def invite(self, *speakers):
        data = {"action": "invite_selected", "_selected_action": [speaker.pk for speaker in speakers]}
        return self.client.post(LIST, data, follow=True)

    def test_a_speaker_with_an_address_is_invited(self):
        speaker = make_speaker("Chris", email="chris@example.org")

        self.invite(speaker)

        self.assertEqual([row.speaker for row in Invitation.objects.all()], [speaker])

    def test_who_has_an_account_or_no_address_is_named_and_not_invited(self):
        nowhere = make_speaker("Without address")
        known = make_speaker("With account", email="known@example.org", user=make_user("Known"))

        page = self.invite(nowhere, known)

        self.assertContains(page, "Without address: There is no address")
        self.assertContains(page, "With account: This speaker has an account already.")
        self.assertEqual(Invitation.objects.count(), 0)

    def test_the_list_can_be_narrowed_to_who_was_not_invited(self):
        make_speaker("New")
        make_speaker("Known", user=make_user("Known"))

        rows = self.client.get(LIST, {"account": "no"}).context["cl"].result_list

        self.assertEqual([row.name for row in rows], ["New"])

    def test_the_account_of_a_speaker_cannot_be_set_by_hand(self):
        speaker, user = make_speaker("Chris"), make_user("Thief")
        data = {"name": "Chris", "slug": "chris", "user": user.pk}

        self.client.post(f"{LIST}{speaker.pk}/change/", data)

        speaker.refresh_from_db()
        self.assertIsNone(speaker.user)

    def test_the_list_asks_as_often_for_three_speakers_as_for_one(self):
        edition = make_edition()

        def add(name):
            make_slot(make_appearance(make_session(edition), make_speaker(name)).session)

        add("First")
        for_one = queries_of(self.client, LIST)
        add("Second")
        add("Third")

        self.assertEqual(queries_of(self.client, LIST), for_one)
