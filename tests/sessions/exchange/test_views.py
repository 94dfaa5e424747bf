"""The addresses of the programme's other formats: the same for everybody, and 304 until something changes."""

import json
from datetime import timedelta
from xml.etree import ElementTree

from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from conference.content import touch
from sessions.models import Session
from sessions.services.publishing import cancel, withdraw
from tests.factories import (
    make_appearance,
    make_edition,
    make_session,
    make_slot,
    make_speaker,
    make_track,
    make_workshop,
)
from tests.sessions.exchange.formats import (
    MORNING,
    entries_in,
    full_edition,
    json_errors,
    needs_schemas,
    released,
    xml_errors,
)
from tests.sessions.pages import organiser_client

FILES = ["/ed/schedule.json", "/ed/schedule.xml", "/ed/schedule.ics"]
CALENDARS = [
    "/ed/sessions/opening/calendar.ics", "/ed/workshops/hands-on/calendar.ics", "/speakers/ada/calendar.ics",
    "/ed/tracks/abroad/calendar.ics", "/ed/rooms/hall/calendar.ics",
]  # fmt: skip


class ExchangeViewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = full_edition()
        released(cls.edition)
        cls.opening = Session.objects.get(slug="opening")

    def titles(self, url):
        return sorted(entries_in(self.client.get(url).content))

    @needs_schemas
    def test_the_files_are_valid_for_the_published_schemas(self):
        self.assertEqual(json_errors(self.client.get("/ed/schedule.json").content), [])
        self.assertEqual(xml_errors(self.client.get("/ed/schedule.xml").content), [])

    def test_the_files_hold_the_whole_timetable(self):
        days = json.loads(self.client.get("/ed/schedule.json").content)["schedule"]["conference"]["days"]
        from_json = [event["title"] for day in days for events in day["rooms"].values() for event in events]
        tree = ElementTree.fromstring(self.client.get("/ed/schedule.xml").content)  # noqa: S314 - our own

        whole = ["Hands on", "Lunch", "Opening"]
        self.assertEqual(sorted(from_json), whole)
        self.assertEqual(sorted(title.text for title in tree.iter("title"))[:3], whole)
        self.assertEqual(self.titles("/ed/schedule.ics"), whole)

    def test_each_calendar_holds_what_it_is_about(self):
        found = {url: self.titles(url) for url in CALENDARS}

        self.assertEqual(
            list(found.values()),
            [["Opening"], ["Hands on"], ["Opening"], ["Opening"], ["Hands on", "Opening"]],
        )

    def test_answers_say_their_kind_their_name_and_that_everybody_may_keep_them(self):
        kinds = ["application/json", "application/xml", *["text/calendar"] * 6]
        for url, kind in zip([*FILES, *CALENDARS], kinds, strict=True):
            response = self.client.get(url)
            with self.subTest(url=url):
                self.assertEqual(response["Content-Type"], f"{kind}; charset=utf-8")
                self.assertRegex(
                    response["Content-Disposition"], r'^inline; filename="[a-z-]+\.(json|xml|ics)"$'
                )
                self.assertIn("public", response["Cache-Control"])
                self.assertEqual(response["Access-Control-Allow-Origin"], "*")
                self.assertEqual(dict(response.cookies), {})

    def test_what_the_reader_has_is_not_built_again(self):
        for url in [*FILES, *CALENDARS]:
            first = self.client.get(url)
            for header, value in (
                ("if-none-match", first["ETag"]),
                ("if-modified-since", first["Last-Modified"]),
            ):
                with self.subTest(url=url, header=header), CaptureQueriesContext(connection) as queries:
                    again = self.client.get(url, headers={header: value})
                    self.assertEqual((again.status_code, again.content), (304, b""))
                    self.assertEqual(again["ETag"], first["ETag"])
                    self.assertLessEqual(len(queries), 4)

    def test_a_change_of_the_content_or_another_language_is_another_answer(self):
        for url in FILES:
            etag = self.client.get(url)["ETag"]
            self.assertNotEqual(self.client.get(f"/nl{url}")["ETag"], etag)
            touch(self.edition)
            self.assertEqual(self.client.get(url, headers={"if-none-match": etag}).status_code, 200)

    def test_a_release_is_in_every_file_at_once(self):
        etags = {url: self.client.get(url)["ETag"] for url in FILES}
        make_slot(make_session(self.edition, "Closing", slug="closing"), MORNING + timedelta(hours=8))
        for url in FILES:
            self.assertNotContains(self.client.get(url), "Closing")
        released(self.edition)

        for url, etag in etags.items():
            self.assertContains(self.client.get(url, headers={"if-none-match": etag}), "Closing")

    def test_head_says_the_same_without_the_body(self):
        for url in FILES:
            response = self.client.head(url)
            self.assertEqual((response.status_code, response.content), (200, b""))
            self.assertEqual(response["ETag"], self.client.get(url)["ETag"])

    def test_what_is_not_published_is_nowhere(self):
        make_appearance(
            make_session(self.edition, "Canary", slug="canary", status="draft"),
            make_speaker("Hidden", slug="hidden"),
        )
        make_slot(Session.objects.get(slug="canary"))
        withdraw(session=self.opening)
        for client in (self.client, organiser_client()):
            for url in [*FILES, "/ed/tracks/abroad/calendar.ics", "/ed/rooms/hall/calendar.ics"]:
                for query in ("", "?preview=draft"):
                    with self.subTest(url=url + query):
                        answer = client.get(url + query)
                        self.assertNotContains(answer, "Canary")
                        self.assertNotContains(answer, "Opening")
            gone = ["/ed/sessions/opening/", "/ed/sessions/canary/", "/speakers/ada/", "/speakers/hidden/"]
            self.assertEqual([client.get(f"{url}calendar.ics").status_code for url in gone], [404] * 4)

    def test_a_cancelled_session_is_cancelled_in_calendars_and_not_in_the_files_of_apps(self):
        cancel(session=self.opening)

        for url in (
            "/ed/schedule.ics",
            "/ed/sessions/opening/calendar.ics",
            "/ed/tracks/abroad/calendar.ics",
        ):
            entry = entries_in(self.client.get(url).content)["Opening"]
            self.assertEqual((entry["status"], entry["sequence"]), ("CANCELLED", 1))
        for url in ("/ed/schedule.json", "/ed/schedule.xml"):
            self.assertNotContains(self.client.get(url), "Opening")

    def test_an_edition_that_is_not_published_has_no_files_for_anyone(self):
        self.edition.is_published = False
        self.edition.save()
        for client in (Client(), organiser_client()):
            statuses = {client.get(url).status_code for url in [*FILES, *CALENDARS]}
            self.assertEqual(statuses, {404})

    def test_what_does_not_exist_is_not_found(self):
        make_workshop(self.edition, slug="no-time")
        for url in ("/none/schedule.ics", "/ed/tracks/none/calendar.ics", "/ed/rooms/none/calendar.ics",
                    "/ed/sessions/none/calendar.ics", "/ed/workshops/no-time/calendar.ics",
                    "/speakers/none/calendar.ics"):  # fmt: skip
            self.assertEqual(self.client.get(url).status_code, 404, url)

    def test_a_workshop_at_the_address_of_a_session_is_sent_on(self):
        response = self.client.get("/ed/sessions/hands-on/calendar.ics")

        self.assertRedirects(response, "/ed/workshops/hands-on/calendar.ics", status_code=301)

    def test_an_edition_without_dates_or_times_has_no_schedule_yet_and_an_empty_calendar(self):
        make_edition(slug="some-day", starts_on=None, ends_on=None)

        self.assertEqual(self.client.get("/some-day/schedule.xml").status_code, 404)
        self.assertEqual(self.titles("/some-day/schedule.ics"), [])

    def test_three_times_as_much_needs_no_more_queries(self):
        def counts():
            found = {}
            for url in [*FILES, *CALENDARS]:
                with CaptureQueriesContext(connection) as queries:
                    self.client.get(url)
                found[url] = len(queries)
            return found

        with_three = counts()
        for _number in range(6):
            session = make_session(self.edition, track=make_track(self.edition))
            make_appearance(session, make_speaker())
            make_slot(session, room=self.edition.venues.get().rooms.get())
        released(self.edition)

        self.assertEqual(counts(), with_three)
        self.assertLessEqual(max(with_three.values()), 12)
