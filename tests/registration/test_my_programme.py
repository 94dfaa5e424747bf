"""One's own programme: stars and bookings by day, with clashes in words; of a browser only what everyone may see."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from registration.my_programme import agenda_of
from sessions.models import Session, Star
from tests.factories import (
    make_booking,
    make_edition,
    make_registration,
    make_release,
    make_room,
    make_session,
    make_slot,
    make_user,
    make_workshop,
)

NINE = datetime(2027, 3, 13, 9, 0, tzinfo=UTC)
URL = "/ed/my-programme/"


class MyProgrammeTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="ed", time_zone="Europe/Brussels")
        cls.release = make_release(cls.edition)
        cls.room = make_room(cls.edition, "Attic")
        cls.registration = make_registration(edition=cls.edition)
        cls.user = cls.registration.user

    def placed(self, title, hours=0, make=make_session, minutes=60, **fields):
        session = make(self.edition, title, **fields)
        make_slot(session, NINE + timedelta(hours=hours), minutes, release=self.release, room=self.room)
        return session

    def star(self, session):
        Star.objects.create(user=self.user, session=session)
        return session

    def agenda(self):
        return agenda_of(self.user, self.edition)

    def titles(self, items):
        return [item.session.title for item in items]

    def test_stars_and_bookings_stand_together_in_the_order_of_time_by_day(self):
        self.star(self.placed("Late", 3))
        make_booking(self.registration, self.placed("Booked", 1, make_workshop))
        self.star(self.placed("Next day", 24))
        self.star(make_session(self.edition, "Some day"))
        self.placed("Not mine")

        agenda = self.agenda()

        self.assertEqual([self.titles(day.items) for day in agenda.days], [["Booked", "Late"], ["Next day"]])
        self.assertEqual(self.titles(agenda.untimed), ["Some day"])

    def test_what_meets_says_so_on_both_sides_and_what_only_touches_does_not(self):
        self.star(self.placed("One", 0, minutes=90))
        make_booking(self.registration, self.placed("Two", 1, make_workshop), status="waiting")
        self.star(self.placed("Three", 2))

        one, two, three = self.agenda().days[0].items

        self.assertEqual([self.titles(item.clashes) for item in (one, two, three)], [["Two"], ["One"], []])

    def test_a_long_item_meets_all_that_begin_during_it(self):
        self.star(self.placed("Day", 0, minutes=600))
        for hour in (1, 2, 3):
            self.star(self.placed(f"At {hour}", hour, minutes=30))

        self.assertEqual(self.titles(self.agenda().days[0].items[0].clashes), ["At 1", "At 2", "At 3"])

    def test_of_many_things_at_the_same_time_the_page_names_three(self):
        for number in range(6):
            self.star(self.placed(f"Number {number}"))
        self.client.force_login(self.user)

        page = self.client.get(URL)

        self.assertContains(page, "At the same time as", count=6 * 3)
        self.assertContains(page, "2 more at the same time.", count=6)

    def test_a_part_of_a_session_and_what_is_cancelled_clash_with_nothing(self):
        session = self.star(self.placed("Session", 0))
        self.star(self.placed("Part", 0, part_of=session))
        self.star(self.placed("Off", 0, status=Session.Status.CANCELLED))

        self.assertEqual([item.clashes for item in self.agenda().days[0].items], [[], [], []])

    def test_the_page_says_what_is_cancelled_and_how_one_waits(self):
        self.star(self.placed("Off", 0, status=Session.Status.CANCELLED))
        workshop = self.placed("Full", 0, make_workshop)
        make_booking(make_registration("Ben", self.edition), workshop, status="waiting", queue_number=1)
        make_booking(self.registration, workshop, status="waiting", queue_number=2)
        self.client.force_login(self.user)

        page = self.client.get(URL)

        self.assertContains(page, "Off")
        self.assertContains(page, 'data-status="cancelled">cancelled')
        self.assertContains(page, "number 2 on the waiting list")
        self.assertContains(page, "10:00–11:00")  # on the clock of the edition
        self.assertEqual(page["Cache-Control"], "private, no-store")

    def test_the_page_shows_what_is_released_and_not_the_draft(self):
        session = self.star(self.placed("Moves"))
        session.title = "Renamed in the draft"
        session.save()
        make_slot(session, NINE + timedelta(hours=5))
        self.client.force_login(self.user)

        page = self.client.get(URL)

        self.assertContains(page, "10:00–11:00")
        self.assertNotContains(page, "Renamed in the draft</a>")
        self.assertNotContains(page, "15:00–16:00")

    def test_drafts_given_back_places_and_others_programmes_are_not_in_it(self):
        self.star(self.placed("Draft", status=Session.Status.DRAFT))
        self.star(self.placed("Gone", status=Session.Status.WITHDRAWN))
        make_booking(self.registration, self.placed("Back", 0, make_workshop), status="cancelled")
        Star.objects.create(user=make_user("Ben"), session=self.placed("Of Ben"))
        other = make_edition()
        Star.objects.create(user=self.user, session=make_session(other, "Elsewhere"))

        self.assertTrue(self.agenda().is_empty)
        self.client.force_login(self.user)
        self.assertContains(self.client.get(URL), "Nothing is here yet.")

    def test_a_booked_workshop_that_was_withdrawn_says_so_without_a_link_to_nothing(self):
        workshop = self.placed("Withdrawn", 0, make_workshop, status=Session.Status.WITHDRAWN)
        make_booking(self.registration, workshop)
        self.client.force_login(self.user)

        page = self.client.get(URL)

        self.assertContains(page, "Withdrawn")
        self.assertNotContains(page, workshop.get_absolute_url())

    def test_a_star_goes_by_a_button_without_a_script(self):
        session = self.star(self.placed("Mine"))
        self.client.force_login(self.user)
        self.assertContains(self.client.get(URL), 'value="unstar"', count=1)

        answer = self.client.post(
            "/my/stars/", {"action": "unstar", "session": session.guid, "next": URL}, follow=True
        )

        self.assertRedirects(answer, URL)
        self.assertContains(answer, "“Mine” is no longer in your programme.")

    def test_it_asks_no_more_for_three_than_for_one(self):
        self.client.force_login(self.user)
        counts = []
        for number in range(3):
            self.star(self.placed(f"Starred {number}", number))
            make_booking(self.registration, self.placed(f"Booked {number}", number, make_workshop))
            self.star(make_session(self.edition, f"No time {number}"))
            self.star(self.placed(f"Off {number}", number, status=Session.Status.CANCELLED))
            with CaptureQueriesContext(connection) as queries:
                self.assertContains(self.client.get(URL), f"Booked {number}")
            counts.append(len(queries))

        self.assertEqual(counts[1:], counts[:-1])

    def test_the_page_for_browsers_is_for_everybody_and_holds_nothing_of_anybody(self):
        self.star(self.placed("Public"))
        make_session(self.edition, "Without time")
        self.placed("Hidden draft", status=Session.Status.DRAFT)
        with CaptureQueriesContext(connection) as with_few:
            page = self.client.get(URL)
        self.placed("Another")
        self.placed("And another")
        with CaptureQueriesContext(connection) as with_more:
            self.client.get(URL)

        for title in ("Public", "Without time"):
            self.assertContains(page, f">{title}</a>")
        self.assertNotContains(page, "Hidden draft")
        self.assertNotContains(page, 'method="post"')
        self.assertNotContains(page, "data-account")
        self.assertContains(page, "no script runs here")
        self.assertTrue(page["Cache-Control"].startswith("public"))
        self.assertEqual(page.cookies, {})
        self.assertEqual(len(with_more), len(with_few))
