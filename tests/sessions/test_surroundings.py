"""What stands around a session on its page."""

from datetime import UTC, datetime, timedelta

from django.test import TestCase

from sessions.models import Kind, Session, SessionLink, Topic
from sessions.services.publishing import cancel
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_edition,
    make_organiser,
    make_release,
    make_room,
    make_session,
    make_slot,
    make_workshop,
)
from tests.sessions.pages import text_of

NINE = datetime(2027, 3, 13, 9, tzinfo=UTC)


class SurroundingsTests(TestCase):
    def setUp(self):
        self.edition = make_edition("Second", slug="ed")
        self.session = make_session(self.edition, "Opening", slug="opening")
        self.room = make_room(self.edition, "Hall")

    def around(self):
        return self.client.get("/ed/sessions/opening/").context["around"]

    def released(self, *slots):
        """Each a session, its start in hours after nine, and its minutes."""
        for session, hours, minutes in slots:
            make_slot(session, NINE + timedelta(hours=hours), minutes, room=self.room)
        release_timetable(edition=self.edition, by=make_organiser())

    def test_links_and_files_stand_in_their_order_and_are_not_vouched_for(self):
        for position, (kind, title) in enumerate(
            [("link", "B"), ("attachment", "C"), ("link", ""), ("link", "A")]
        ):
            url = f"https://example.org/{position}"
            SessionLink.objects.create(
                session=self.session, kind=kind, title=title, url=url, position=9 + position
            )
        around = self.around()

        self.assertEqual([title for title, _url in around.links], ["B", "https://example.org/2", "A"])
        self.assertEqual(around.attachments, [("C", "https://example.org/1")])
        self.assertIn(
            '<a href="https://example.org/0" rel="external noopener nofollow">B</a>',
            text_of(self.client, "/ed/sessions/opening/"),
        )

    def test_topics_lead_to_the_programme_narrowed_to_them(self):
        self.session.topics.add(Topic.objects.create(name="Peace", name_nl="Vrede", slug="peace"))

        self.assertEqual(self.around().topics, [("Peace", "/ed/programme/?topic=peace")])
        page = self.client.get("/nl/ed/sessions/opening/")
        self.assertEqual(page.context["around"].topics, [("Vrede", "/nl/ed/programme/?topic=peace")])

    def test_what_shares_a_moment_is_at_the_same_time_and_what_touches_is_not(self):
        during, after = (
            make_workshop(self.edition, "During", slug="during"),
            make_session(self.edition, "After"),
        )
        part = make_session(self.edition, "Part", part_of=self.session)
        coffee = make_session(self.edition, "Coffee", kind=Kind.BREAK)
        draft = make_session(self.edition, "Secret", status=Session.Status.DRAFT)
        slots = [(self.session, 0, 60), (during, 0.5, 60), (after, 1, 60)]
        self.released(*slots, (part, 0, 30), (coffee, 0, 30), (draft, 0, 30))
        [one] = self.around().beside

        self.assertEqual((one.title, one.url, one.room), ("During", "/ed/workshops/during/", "Hall"))
        self.assertIn("10:30–11:30</time>, Hall", text_of(self.client, "/ed/sessions/opening/"))

    def test_times_that_are_not_released_stay_secret(self):
        self.released((self.session, 0, 60))
        make_slot(make_session(self.edition, "Not yet released"), NINE)

        self.assertEqual(self.around().beside, [])

    def test_what_shares_topics_is_akin_nearest_first_and_only_if_it_is_public(self):
        topics = [Topic.objects.create(name=name, slug=name) for name in ("peace", "media")]
        past = make_edition("First", slug="first", starts_on="2020-01-01", ends_on="2020-01-02")
        hidden = make_edition("Hidden", is_published=False)
        names = {
            "One": (self.edition, 1),
            "Both": (self.edition, 2),
            "Past": (past, 2),
            "Hidden": (hidden, 2),
        }
        for title, (edition, number) in names.items():
            make_session(edition, title).topics.set(topics[:number])
        make_session(self.edition, "Draft", status=Session.Status.DRAFT).topics.set(topics)
        self.session.topics.set(topics)

        self.assertEqual(
            [(one.title, one.edition) for one in self.around().akin],
            [("Both", ""), ("One", ""), ("Past", "First")],
        )

    def test_a_cancelled_session_keeps_its_page_which_says_when_it_would_have_been(self):
        self.released((self.session, 0, 60))
        cancel(session=self.session)
        release_timetable(edition=self.edition, by=make_organiser("Other"))
        page = text_of(self.client, "/ed/sessions/opening/")

        self.assertIn("This session is cancelled.", page)
        self.assertIn("Saturday 13 March 2027, 10:00–11:00</time>, Hall</s>", page)
        self.assertNotIn("Add to calendar", page)
        self.assertNotIn("Preview: only organisers", page)

    def test_description_language_and_recording_are_said(self):
        Session.objects.filter(pk=self.session.pk).update(description_en="And **more**.", do_not_record=True)
        page = text_of(self.client, "/ed/sessions/opening/")

        self.assertIn("<strong>more</strong>", page)
        self.assertIn("Not to be recorded", page)

    def test_its_times_can_be_taken_into_a_calendar_and_its_address_copied(self):
        make_slot(self.session, NINE, release=make_release(self.edition))
        page = text_of(self.client, "/ed/sessions/opening/")

        self.assertIn('href="/ed/sessions/opening/calendar.ics"', page)
        self.assertIn('readonly value="http://localhost:8000/ed/sessions/opening/"', page)
