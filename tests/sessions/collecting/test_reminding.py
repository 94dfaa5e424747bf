"""Speakers are asked for what is missing: one mail each, never twice within a day, and each moment once."""

import re
from datetime import UTC, datetime, timedelta

from django.test import TestCase

from conference.models import Outbox
from sessions.collecting.links import link_of
from sessions.collecting.people import round_of
from sessions.collecting.reminding import remind, send_due
from sessions.models import Appearance, SlidesReminder, UploadLink
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
)

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class ReminderCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.organiser = make_organiser()
        cls.edition = make_edition(presentations_due_at=NOW + timedelta(days=7))
        cls.session = make_session(cls.edition, "Polarisation")
        cls.grace = make_speaker(email="grace@example.org")
        make_appearance(cls.session, cls.grace)

    def remind(self, at=NOW):
        return [person.email for person in remind(edition=self.edition, by=self.organiser, at=at).asked]

    def recipients(self):
        return list(Outbox.objects.order_by("pk").values_list("recipient", flat=True))


class RemindTests(ReminderCase):
    def test_speaker_without_account_gets_a_link_that_only_the_mail_knows(self):
        self.assertEqual(self.remind(), ["grace@example.org"])

        mail, link = Outbox.objects.get(), UploadLink.objects.get()
        token = re.search(r"/upload/([\w-]+)/", mail.text)[1]
        self.assertTrue(mail.is_secret)
        self.assertGreaterEqual(len(token), 43)  # 256 bits
        self.assertNotIn(token, str(UploadLink.objects.values().get()))
        self.assertEqual(link_of(token, NOW), link)
        self.assertEqual(
            (link.session, link.speaker, link.created_by), (self.session, self.grace, self.organiser)
        )
        self.assertIn("8 March 2027, 10:00 (time in Brussels)", mail.text)

    def test_speaker_with_account_gets_the_way_to_their_desk_in_their_language(self):
        user = make_user("Ben", language="nl")
        make_appearance(self.session, make_speaker("Ben", user=user, email="old@example.org"))

        self.remind()

        mail = Outbox.objects.get(recipient=user.email)
        self.assertIn(f"/nl/speaker/sessions/{self.session.guid}/presentations/new/", mail.text)
        self.assertFalse(mail.is_secret)

    def test_one_mail_for_all_that_a_person_owes(self):
        for part in ("speaker", "panellist"):
            make_appearance(make_session(self.edition, f"As {part}"), self.grace, part=part)
        make_appearance(self.session, self.grace, part="panellist")

        self.remind()

        self.assertEqual(self.recipients(), ["grace@example.org"])
        self.assertEqual(Outbox.objects.get().text.count("/upload/"), 3)

    def test_nobody_is_asked_for_what_came_is_promised_or_is_not_expected(self):
        make_presentation(self.session, status="submitted")
        for fields in ({"presentations_promised_for": NOW.date()}, {"expects_presentations": False}):
            make_appearance(make_session(self.edition, **fields), self.grace)

        self.assertEqual(self.remind(), [])

    def test_chair_is_asked_only_where_nobody_else_appears(self):
        chair = make_speaker("Chair", email="chair@example.org")
        make_appearance(self.session, chair, part="chair")
        self.assertEqual(self.remind(), ["grace@example.org"])

        make_appearance(make_session(self.edition), chair, part="chair")

        self.assertEqual(self.remind(), ["chair@example.org"])

    def test_nobody_is_asked_twice_within_a_day(self):
        self.remind()

        self.assertEqual(self.remind(NOW + DAY - timedelta(seconds=1)), [])
        self.assertEqual(self.remind(NOW + DAY), ["grace@example.org"])
        self.assertEqual(Outbox.objects.count(), 2)

    def test_somebody_asked_for_one_session_is_not_asked_for_another_the_same_day(self):
        self.remind()
        make_appearance(make_session(self.edition), self.grace)

        self.assertEqual(self.remind(NOW + HOUR), [])

    def test_who_has_no_address_is_named(self):
        nobody = make_appearance(self.session, make_speaker("Nobody"))
        closed = make_appearance(
            self.session, make_speaker(user=make_user(is_active=False), email="x@example.org")
        )

        found = round_of(self.edition, NOW)

        self.assertEqual(found.unreachable, [nobody, closed])

    def test_two_queries_for_one_and_for_three_people(self):
        for number in range(3):
            make_appearance(make_session(self.edition), make_speaker(email=f"s{number}@example.org"))
            with self.assertNumQueries(2):
                round_of(self.edition, NOW)


class MomentTests(ReminderCase):
    def moment(self, at):
        return SlidesReminder.objects.create(edition=self.edition, at=at)

    def test_reminder_goes_out_at_its_moment_or_late_and_once(self):
        self.moment(NOW)

        self.assertEqual([send_due(NOW - HOUR), send_due(NOW + 5 * DAY), send_due(NOW + 9 * DAY)], [0, 1, 0])
        self.assertEqual(SlidesReminder.objects.get().sent_at, NOW + 5 * DAY)

    def test_reminder_the_next_day_waits_a_moment_rather_than_leaving_somebody_out(self):
        self.moment(NOW), self.moment(NOW + DAY)

        late = NOW + timedelta(minutes=4)
        self.assertEqual([send_due(late), send_due(NOW + DAY), send_due(late + DAY)], [1, 0, 1])

    def test_who_was_asked_by_hand_that_day_is_left_in_peace(self):
        self.moment(NOW)
        Appearance.objects.update(asked_at=NOW - 2 * HOUR)

        self.assertEqual(send_due(NOW), 0)
        self.assertFalse(SlidesReminder.objects.filter(sent_at=None).exists())
