"""What is on now and next: boards by the clock, and the pages that show them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from sessions.now import Course, Item, board_of
from tests.factories import make_edition, make_release, make_room, make_session, make_slot
from tests.sessions.pages import organiser_client, text_of

BRUSSELS = ZoneInfo("Europe/Brussels")
NINE = datetime(2027, 3, 13, 9, tzinfo=BRUSSELS)


def item(title, start, minutes=60):
    starts_at = NINE + timedelta(minutes=start)
    ends_at = starts_at + timedelta(minutes=minutes)
    return Item(starts_at, ends_at, None, title, "", "", "", "", "", "")


def titles(board):
    return [[one.title for one in part] for part in (board.now, board.next, board.later)]


class BoardTests(SimpleTestCase):
    items = (item("a", 0), item("b", 60), item("c", 60, 30), item("d", 120))

    def at(self, minutes):
        return titles(board_of(None, self.items, NINE + timedelta(minutes=minutes)))

    def test_before_the_first_item_it_is_next(self):
        self.assertEqual(self.at(-1), [[], ["a"], ["b", "c", "d"]])

    def test_an_item_is_on_from_its_start_until_just_before_its_end(self):
        self.assertEqual(self.at(0)[0], ["a"])
        self.assertEqual(self.at(60)[0], ["b", "c"])

    def test_all_that_begin_next_at_the_same_moment_are_next(self):
        self.assertEqual(self.at(30), [["a"], ["b", "c"], ["d"]])

    def test_what_is_over_is_nowhere(self):
        self.assertEqual(self.at(180), [[], [], []])

    def test_without_a_released_time_nothing_is_known(self):
        self.assertEqual(Course(None, None, None).phase(NINE), "unknown")


class NowPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="ed", starts_on=NINE.date(), ends_on=NINE.date() + timedelta(days=1))
        cls.hall, cls.attic = make_room(cls.edition, "Hall", slug="hall"), make_room(cls.edition, "Attic")
        cls.release = make_release(cls.edition)
        for title, start, room in (("Opening", 0, cls.hall), ("Talk", 60, cls.hall), ("Chess", 0, cls.attic)):
            cls.slot(title, NINE + timedelta(minutes=start), room=room)
        cls.slot("Lunch", NINE + timedelta(hours=3))
        cls.slot("Second day", NINE + timedelta(days=1), room=cls.hall)
        cls.draft = make_session(cls.edition, "Only drafted")
        make_slot(cls.draft, NINE, room=cls.hall)

    @classmethod
    def slot(cls, title, starts_at, **fields):
        return make_slot(make_session(cls.edition, title), starts_at, release=cls.release, **fields)

    def page(self, at, url="/ed/now/", *, as_organiser=False):
        with time_machine.travel(at, tick=False):
            return text_of(organiser_client() if as_organiser else self.client, url)

    def parts(self, html):
        """The titles under Now, Next and Later of the first board."""
        html = html.split("data-board", 1)[1].split('data-place="none"')[0]
        found = [part.split("<ol")[1].split("</ol>")[0] for part in html.split('data-place="')[1:4]]
        known = ("Opening", "Talk", "Chess", "Lunch", "Second day")
        return [[title for title in known if f">{title}<" in part] for part in found]

    def test_telephone_page_shows_every_room_with_what_is_on_and_a_link_to_its_screen(self):
        html = self.page(NINE)

        self.assertEqual(html.count("data-board"), 3)  # the whole venue, and two rooms
        self.assertIn('href="/ed/now/hall/"', html)
        self.assertIn('<time datetime="2027-03-13T08:00Z">09:00</time>', html)
        self.assertNotIn("Only drafted", html)

    def test_screen_at_a_door_shows_its_room_and_what_takes_in_the_whole_venue(self):
        html = self.page(NINE, "/ed/now/hall/")

        self.assertEqual(self.parts(html), [["Opening"], ["Talk"], ["Lunch", "Second day"]])
        self.assertNotIn("Chess", html)

    def test_before_the_first_day_the_days_are_counted(self):
        self.assertIn(
            "It begins in 12 days, on Saturday 13 March 2027 at 09:00.", self.page(NINE - timedelta(days=12))
        )
        self.assertIn(
            "It begins tomorrow, Saturday 13 March 2027, at 09:00.", self.page(NINE - timedelta(days=1))
        )
        self.assertIn("It begins today at 09:00.", self.page(NINE - timedelta(hours=1)))

    def test_between_two_days_the_next_one_is_announced(self):
        html = self.page(NINE + timedelta(hours=12), "/ed/now/hall/")

        self.assertIn("Nothing is on now. <span>It continues on Sunday 14 March 2027 at 09:00.</span>", html)
        self.assertEqual(self.parts(html), [[], ["Second day"], []])

    def test_afterwards_it_leads_to_the_presentations(self):
        html = self.page(NINE + timedelta(days=1, hours=1))

        self.assertIn(
            '<p class="now-phase" data-phase="over">It is over. <a href="/ed/presentations/">', html
        )
        self.assertNotIn("data-board", html)

    def test_what_lasts_past_midnight_is_on_until_it_ends(self):
        self.slot("Ball", NINE + timedelta(hours=14), minutes=180, room=self.hall)

        html = self.page(NINE + timedelta(hours=16), "/ed/now/hall/")

        self.assertIn(">Ball<", html.split('data-place="next"')[0])

    def test_without_a_release_nothing_is_said_about_times(self):
        make_slot(make_session(make_edition(slug="empty"), "Only drafted"), NINE)

        self.assertIn("Times and rooms are not announced yet.", self.page(NINE, "/empty/now/"))

    def test_withdrawn_and_cancelled_items_are_on_no_screen(self):
        for status in ("withdrawn", "cancelled"):
            make_slot(make_session(self.edition, status, status=status), NINE, release=self.release)
        make_slot(make_session(self.edition, "tomb"), NINE, release=self.release, is_cancelled=True)

        html = self.page(NINE)

        self.assertEqual([word for word in ("withdrawn", "cancelled", "tomb") if f">{word}<" in html], [])

    def test_only_organisers_choose_another_moment(self):
        later = "/ed/now/hall/?at=2027-03-13T10:30"
        preview = self.page(NINE, later, as_organiser=True)

        self.assertEqual(self.parts(self.page(NINE, later))[0], ["Opening"])
        self.assertEqual(self.parts(preview)[0], ["Talk"])
        self.assertIn("data-held", preview)

    def test_a_moment_that_does_not_exist_is_the_moment_that_is(self):
        for moment in ("2027-02-31T10:00", "soon", "9999-12-31T23:59", "0001-01-01T00:00", "%20"):
            with self.subTest(moment):
                html = self.page(NINE, f"/ed/now/hall/?at={moment}", as_organiser=True)
                self.assertEqual(self.parts(html)[0], ["Opening"])

    def test_a_room_of_another_edition_is_not_found(self):
        make_edition(slug="other")

        self.assertEqual(self.client.get("/other/now/hall/").status_code, 404)
        self.assertEqual(self.client.get("/ed/now/cellar/").status_code, 404)

    def test_pages_are_kept_for_everybody_for_a_few_seconds_and_for_a_person_not_at_all(self):
        self.assertEqual(self.client.get("/ed/now/")["Cache-Control"], "public, max-age=0, s-maxage=15")
        self.assertEqual(organiser_client().get("/ed/now/hall/")["Cache-Control"], "private, no-store")

    def test_the_number_of_queries_does_not_grow_with_rooms_and_slots(self):
        def counts(turn):
            found = []
            for url in ("/ed/now/", "/ed/now/hall/"):
                with CaptureQueriesContext(connection) as queries, time_machine.travel(NINE, tick=False):
                    self.client.get(f"{url}?turn={turn}")  # another address, so that no kept page answers
                found.append(len(queries))
            return found

        before = counts(1)
        for number in range(3):
            self.slot(f"More {number}", NINE, room=make_room(self.edition, f"Cell {number}"))

        self.assertEqual(counts(2), before)
        self.assertLessEqual(max(before), 8)

    def test_names_from_organisers_are_text(self):
        self.slot("<b>&amp;</b>", NINE, room=self.hall)

        self.assertIn("&lt;b&gt;&amp;amp;&lt;/b&gt;", self.page(NINE.astimezone(UTC)))
