"""The secret calendar address: live, for one person, gone when ended, renewed or deactivated, and never in public."""

from datetime import UTC, datetime

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from registration.models import CalendarFeed
from registration.services.calendar_feeds import new_feed
from sessions.models import Session, Star
from tests.factories import (
    make_booking,
    make_edition,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_user,
    make_workshop,
)

NINE = datetime(2027, 3, 13, 9, 0, tzinfo=UTC)
NASTY = "A\r\nATTENDEE:mailto:x \\;, " + "ü" * 200


class CalendarFeedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="ed")
        cls.release = make_release(cls.edition)
        cls.registration = make_registration(edition=cls.edition)
        cls.user = cls.registration.user
        cls.feed = new_feed(user=cls.user)
        cls.url = cls.feed.get_absolute_url()

    def placed(self, title, make=make_session, edition=None, release=None, **fields):
        session = make(edition or self.edition, title[:300], **fields)
        make_slot(session, NINE, release=release or self.release, guid=session.guid)
        return session

    def star(self, session):
        Star.objects.create(user=self.user, session=session)
        return session

    def read(self):
        answer = self.client.get(self.url)
        self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "text/calendar; charset=utf-8"))
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        return {str(event["SUMMARY"]): str(event["STATUS"]) for event in events}

    def test_it_holds_stars_and_bookings_of_all_editions_as_they_are_released(self):
        self.star(self.placed("Starred"))
        make_booking(self.registration, self.placed("Booked", make_workshop))
        make_booking(self.registration, self.placed("Waiting", make_workshop), status="waiting")
        make_booking(self.registration, self.placed("Given back", make_workshop), status="cancelled")
        elsewhere = make_edition()
        self.star(self.placed("Elsewhere", edition=elsewhere, release=make_release(elsewhere)))
        make_slot(self.star(make_session(self.edition, "Only a draft")), NINE)
        self.placed("Not mine")

        self.assertEqual(
            self.read(),
            {"Starred": "CONFIRMED", "Booked": "CONFIRMED", "Waiting": "TENTATIVE", "Elsewhere": "CONFIRMED"},
        )

    def test_what_is_cancelled_stays_as_cancelled_and_what_is_hidden_goes(self):
        self.star(self.placed("Off", status=Session.Status.CANCELLED))
        self.star(self.placed("Withdrawn", status=Session.Status.WITHDRAWN))
        self.star(self.placed("Unpublished", edition=make_edition(is_published=False)))
        dropped = self.star(make_session(self.edition, "Dropped"))
        make_slot(dropped, NINE, release=self.release, is_cancelled=True)

        self.assertEqual(self.read(), {"Off": "CANCELLED", "Dropped": "CANCELLED"})

    def test_it_is_live_and_says_when_nothing_changed(self):
        self.star(self.placed("First"))
        first = self.client.get(self.url)
        again = self.client.get(self.url, headers={"If-None-Match": first["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))

        self.star(self.placed("Second"))

        new = self.client.get(self.url, headers={"If-None-Match": first["ETag"]})
        self.assertEqual(new.status_code, 200)
        self.assertEqual(set(self.read()), {"First", "Second"})
        for answer in (first, again, new):
            self.assertEqual(answer["Cache-Control"], "private, no-cache")
        self.assertEqual(new["Referrer-Policy"], "no-referrer")

    def test_hostile_titles_stay_inside_one_event(self):
        self.star(self.placed(NASTY))

        answer = self.client.get(self.url)

        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        self.assertNotIn("ATTENDEE", event)
        self.assertLessEqual(max(map(len, answer.content.split(b"\r\n"))), 75)

    def test_it_asks_no_more_for_three_than_for_one_and_touches_no_session(self):
        counts = []
        for number in range(3):
            self.star(self.placed(f"Starred {number}"))
            make_booking(self.registration, self.placed(f"Booked {number}", make_workshop))
            with CaptureQueriesContext(connection) as queries:
                answer = self.client.get(self.url)
            counts.append(len(queries))

        self.assertEqual(counts[1:], counts[:-1])
        self.assertEqual(answer.cookies, {})

    def test_a_button_makes_it_and_another_renews_it_so_that_the_old_one_is_gone_at_once(self):
        self.client.force_login(self.user)
        page = self.client.get("/ed/my-programme/")
        self.assertContains(page, self.url)
        self.assertEqual(page["Referrer-Policy"], "same-origin")

        self.client.post("/my/calendar/", {"action": "new", "next": "/ed/my-programme/"})

        token = CalendarFeed.objects.get(user=self.user).token
        self.assertNotEqual(token, self.feed.token)
        self.assertGreaterEqual(len(token) * 6, 128)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(self.client.get(f"/my/calendar/{token}.ics").status_code, 200)

        self.client.post("/my/calendar/", {"action": "end"})
        self.assertEqual(self.client.get(f"/my/calendar/{token}.ics").status_code, 404)
        self.assertNotContains(self.client.get("/ed/my-programme/"), ".ics")

    def test_a_person_who_was_deactivated_or_deleted_has_none(self):
        self.user.is_active = False
        self.user.save()
        self.assertEqual(self.client.get(self.url).status_code, 404)

        self.registration.delete()
        self.user.delete()
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.assertEqual(CalendarFeed.objects.count(), 0)

    def test_nobody_else_sees_the_address(self):
        self.star(self.placed("Starred", slug="starred"))
        for person in (None, make_user("Ben")):
            if person:
                self.client.force_login(person)
            for path in (
                "/ed/my-programme/",
                "/ed/sessions/starred/",
                "/ed/programme/",
                "/ed/",
                "/sitemap.xml",
            ):
                self.assertNotContains(self.client.get(path), self.feed.token)

    def test_nonsense_is_not_there(self):
        for token in ("x", "0", "%ff", "a" * 10_000, self.feed.token[:-1], self.feed.token.swapcase()):
            self.assertEqual(self.client.get(f"/my/calendar/{token}.ics").status_code, 404)

    def test_a_visitor_makes_none(self):
        self.assertEqual(self.client.post("/my/calendar/", {"action": "new"}).status_code, 302)
        self.assertEqual(CalendarFeed.objects.count(), 1)
