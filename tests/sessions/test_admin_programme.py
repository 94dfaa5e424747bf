from datetime import UTC, datetime

from django.test import TestCase, override_settings
from django.urls import reverse

from sessions.models import Appearance, Session, Slot
from sessions.services.publishing import publish, withdraw
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import (
    make_appearance,
    make_edition,
    make_presentation,
    make_release,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_version,
    make_workshop,
)

LIST = "/admin/conference_sessions/session/"


class PublishingTests(TestCase):
    def test_publishing_and_withdrawing_move_the_moment_of_change(self):
        session = make_session(status="draft")
        before = session.updated_at

        self.assertEqual(publish(session=session).status, "published")
        self.assertGreater(Session.objects.get().updated_at, before)
        self.assertEqual(withdraw(session=session).status, "withdrawn")
        self.assertEqual(Session.objects.get().status, "withdrawn")

    def test_a_withdrawn_session_keeps_its_number(self):
        session = make_session(number=3)

        withdraw(session=session)

        self.assertEqual(Session.objects.get().number, 3)


@override_settings(STAFF_SECOND_FACTOR=False)
class SessionAdminTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("programme editor"))
        self.edition = make_edition()
        self.session = make_session(self.edition, "Opening", status="draft", number=1)
        self.address = reverse("admin:conference_sessions_session_change", args=[self.session.pk])

    def save(self, **changes):
        return self.client.post(self.address, read_form(self.client, self.address) | changes)

    def status(self):
        return Session.objects.get(pk=self.session.pk).status

    def test_a_status_sent_by_hand_changes_nothing(self):
        self.save(status="published")

        self.assertEqual(self.status(), "draft")

    def test_the_buttons_save_and_publish_or_withdraw(self):
        self.save(title_en="Opening!", _publish="x")
        self.assertEqual(
            (self.status(), Session.objects.get(pk=self.session.pk).title), ("published", "Opening!")
        )

        self.save(_withdraw="x")
        self.assertEqual(self.status(), "withdrawn")

    def test_actions_reach_only_sessions_of_the_list_shown(self):
        elsewhere = make_session(make_edition(), status="draft")
        data = {"action": "publish_selected", "_selected_action": [self.session.pk, elsewhere.pk]}

        self.client.post(f"{LIST}?edition={self.edition.pk}", data)

        elsewhere.refresh_from_db()
        self.assertEqual((self.status(), elsewhere.status), ("published", "draft"))

    def test_a_session_stays_in_its_edition(self):
        self.save(edition=str(make_edition().pk))

        self.assertEqual(Session.objects.get(pk=self.session.pk).edition, self.edition)

    def test_only_rooms_and_sessions_of_the_edition_are_offered(self):
        other = make_edition()
        make_room(other, "Elsewhere")
        make_session(other, "Foreign session")
        make_room(self.edition, "Aula")
        page = self.client.get(self.address).content.decode()

        self.assertIn("Aula", page)
        self.assertNotIn("Elsewhere", page)
        self.assertNotIn("Foreign session", page)

    def test_a_workshop_that_takes_bookings_cannot_become_a_session(self):
        workshop = make_workshop(self.edition, number=1)
        address = reverse("admin:conference_sessions_session_change", args=[workshop.pk])

        response = self.client.post(address, read_form(self.client, address) | {"kind": "session"})

        self.assertContains(response, "Only a workshop takes bookings.")

    def test_a_released_slot_is_not_in_the_form_and_cannot_be_sent(self):
        released = make_slot(self.session, release=make_release(self.edition))
        self.assertEqual(read_form(self.client, self.address)["slots-TOTAL_FORMS"], "0")

        self.save(**{
            "slots-TOTAL_FORMS": "1", "slots-INITIAL_FORMS": "1", "slots-0-id": str(released.pk),
            "slots-0-session": str(self.session.pk), "slots-0-starts_at_0": "2030-01-01",
            "slots-0-starts_at_1": "10:00", "slots-0-ends_at_0": "2030-01-01", "slots-0-ends_at_1": "11:00",
            "slots-0-DELETE": "on",
        })  # fmt: skip

        self.assertEqual(Slot.objects.get(pk=released.pk).starts_at, released.starts_at)

    def test_an_appearance_of_another_session_cannot_be_taken_over(self):
        foreign = make_appearance(make_session(self.edition, "Other"), role="as it was")

        self.save(**{
            "appearances-TOTAL_FORMS": "1", "appearances-INITIAL_FORMS": "1", "appearances-0-id": str(foreign.pk),
            "appearances-0-session": str(self.session.pk), "appearances-0-speaker": str(foreign.speaker_id),
            "appearances-0-part": "chair", "appearances-0-role": "forged", "appearances-0-position": "0",
        })  # fmt: skip

        self.assertEqual(Appearance.objects.get(pk=foreign.pk).role, "as it was")

    def test_speaker_time_and_presentation_are_added_in_one_form(self):
        speaker, room = make_speaker(), make_room(self.edition)
        self.save(**{
            "appearances-TOTAL_FORMS": "1", "appearances-0-speaker": str(speaker.pk), "appearances-0-part": "speaker",
            "appearances-0-position": "0", "slots-TOTAL_FORMS": "1", "slots-0-room": str(room.pk),
            "slots-0-starts_at_0": "2027-03-13", "slots-0-starts_at_1": "10:30", "slots-0-ends_at_0": "2027-03-13",
            "slots-0-ends_at_1": "11:30", "presentations-TOTAL_FORMS": "1", "presentations-0-title": "Slides",
            "presentations-0-kind": "slides", "presentations-0-language": "en", "presentations-0-audience": "members",
        })  # fmt: skip

        self.assertEqual([row.speaker for row in self.session.appearances.all()], [speaker])
        slot = self.session.slots.get()
        self.assertEqual((slot.release, slot.room), (None, room))
        self.assertEqual(slot.starts_at, datetime(2027, 3, 13, 9, 30, tzinfo=UTC))  # 10:30 in Brussels
        self.assertEqual(self.session.presentations.get().edition, self.edition)

    def test_what_is_in_use_stays_and_the_page_says_why(self):
        make_presentation(self.session, "Slides in use")
        address = reverse("admin:conference_sessions_session_delete", args=[self.session.pk])

        self.assertContains(self.client.get(address), "Presentation: Slides in use")
        self.client.post(address, {"post": "yes"})

        self.assertTrue(Session.objects.filter(pk=self.session.pk).exists())

    def test_the_list_asks_as_often_for_three_sessions_as_for_one(self):
        def fill(session):
            make_appearance(session)
            make_slot(session, room=make_room(self.edition, f"Room {session.pk}"))
            make_version(make_presentation(session))

        fill(self.session)
        for_one = queries_of(self.client, LIST)
        for title in ("Second", "Third"):
            fill(make_session(self.edition, title))

        self.assertEqual(queries_of(self.client, LIST), for_one)
        self.assertContains(self.client.get(LIST), "Third")

    def test_the_list_answers_what_is_missing(self):
        make_appearance(self.session)
        make_session(self.edition, "Nobody speaks")
        page = self.client.get(LIST, {"missing": "speaker"})

        self.assertEqual([row.title for row in page.context["cl"].result_list], ["Nobody speaks"])

    def test_the_list_starts_with_the_current_edition_and_searches_all(self):
        make_session(
            make_edition(starts_on="2020-01-01", ends_on="2020-01-02", registration_closes_at=None),
            "Long ago",
        )

        self.assertNotContains(self.client.get(LIST), "Long ago")
        self.assertContains(self.client.get(LIST, {"q": "long"}), "Long ago")
        self.assertContains(self.client.get(LIST, {"edition": "all"}), "Long ago")
