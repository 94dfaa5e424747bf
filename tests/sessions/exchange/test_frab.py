"""What the frab writers make of any timetable is valid for the schemas that the field itself publishes."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import SimpleTestCase

from sessions.exchange import frab_json, frab_xml
from sessions.exchange.schedule import Event, Link, Person, Room, Schedule, Track
from tests.sessions.exchange.formats import json_errors, needs_schemas, xml_errors

GUIDS = [f"00000000-0000-4000-8000-{number:012}" for number in range(20)]
BEFORE_SUMMER = datetime(2027, 3, 27, 22, 30, tzinfo=UTC)  # 23:30 in Brussels, clocks go on at 2:00
EVIL = "A\x00\x0b\x1f]]>\r\nB & <script>\"'\ufffe\u2028 \U0001f600"


def event(number=0, **fields):
    """A plain one in a room, at nine."""
    fields = {"starts_at": datetime(2027, 3, 27, 8, 0, tzinfo=UTC), "minutes": 60, "room": "Hall", **fields}
    return Event(
        GUIDS[number], number + 1, url=f"https://x.example/{number}", slug=f"talk-{number}-words", **fields
    )


def schedule(*events, **fields):
    fields = {
        "acronym": "ed-27", "title": "Second", "starts_on": date(2027, 3, 27), "ends_on": date(2027, 3, 28),
        "time_zone": "Europe/Brussels", "version": "3", "base_url": "https://x.example/ed/",
        "rooms": (Room("Hall", GUIDS[-1], "hall", "First floor", 80),), **fields,
    }  # fmt: skip
    return Schedule(events=events, **fields)


EVERYTHING = event(
    title=EVIL, subtitle=EVIL, abstract=EVIL, description=EVIL, track=EVIL, type=EVIL, room=EVIL, language="en",
    persons=(Person(EVIL, GUIDS[7], 7, "ABC123", EVIL, "https://x.example/a.png", "https://x.example/p"), Person("B")),
    links=(Link("https://x.example/?a=1&b=2", EVIL), Link("https://x.example/", "", "nonsense")),
    attachments=(Link("https://x.example/s.pdf", "Slides", "slides"),),
    recording_license=EVIL, do_not_record=True, logo="/relative.png", code="ABC123", feedback_url="javascript:alert(1)",
    origin_url="https://old.example/1",
)  # fmt: skip
CASES = {
    "one with everything and hostile words": schedule(EVERYTHING, title=EVIL, description=EVIL, version=EVIL),
    "nothing to say": schedule(event()),
    "nothing at all": schedule(),
    "two days without a room": schedule(event(room=""), event(1, room="", starts_at=BEFORE_SUMMER)),
    "past midnight and over the lost hour": schedule(event(starts_at=BEFORE_SUMMER, minutes=240)),
    "longer than a day, longer than the format knows": schedule(event(minutes=1500), event(1, minutes=10000)),
    "codes, slugs and addresses that do not fit": schedule(
        replace(event(), code="a-b", slug="A"), replace(event(1), code="ABC", slug="Ünï code")
    ),
    "a short name": schedule(event(), acronym="É"),
    "a zone of one word": schedule(event(), time_zone="EST"),
    "a zone of three words": schedule(event(), time_zone="America/Argentina/Buenos_Aires"),
    "rooms and tracks with odd addresses": schedule(
        event(), rooms=(Room("Hall", GUIDS[0], "UP-", "", None), Room("", "")),
        tracks=(Track("", "9-é", "red"), Track("Abroad", "abroad", "#ff0000")),
    ),
    "a year": schedule(event(), starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31)),
    "an event before the first day": schedule(event(), starts_on=date(2027, 3, 29), ends_on=None),
}  # fmt: skip


@needs_schemas
@pytest.mark.parametrize("case", CASES)
def test_xml_is_valid_for_the_published_schema(case):
    assert xml_errors(frab_xml.write(CASES[case])) == []


@needs_schemas
@pytest.mark.parametrize("case", CASES)
def test_json_is_valid_for_the_published_schema(case):
    assert json_errors(frab_json.write(CASES[case])) == []


def xml_of(*events, **fields):
    return ElementTree.fromstring(frab_xml.write(schedule(*events, **fields)))  # noqa: S314 - our own


def json_of(*events, **fields):
    return json.loads(frab_json.write(schedule(*events, **fields)))["schedule"]["conference"]


class XmlTests(SimpleTestCase):
    def test_words_come_back_as_they_were_without_what_xml_forbids(self):
        found = xml_of(event(title=EVIL)).find("day/room/event/title").text

        self.assertEqual(found, "A]]>\nB & <script>\"'\u2028 \U0001f600")

    def test_a_night_past_midnight_stands_on_the_day_on_which_it_begins(self):
        days = xml_of(event(starts_at=BEFORE_SUMMER, minutes=240)).findall("day")

        self.assertEqual([len(day.findall("room/event")) for day in days], [1, 0])
        self.assertEqual(days[0].get("end"), "2027-03-28T04:30:00+02:00")  # one hour was lost on the way
        self.assertEqual(days[1].get("start"), "2027-03-28T00:00:00+01:00")

    def test_moments_say_the_offset_of_their_day(self):
        late = BEFORE_SUMMER + timedelta(hours=12)
        found = [
            one.text for one in xml_of(event(starts_at=BEFORE_SUMMER), event(1, starts_at=late)).iter("date")
        ]

        self.assertEqual(found, ["2027-03-27T23:30:00+01:00", "2027-03-28T12:30:00+02:00"])

    def test_lengths_count_hours_beyond_a_day_as_far_as_the_format_goes(self):
        found = [
            one.text
            for one in xml_of(*(event(n, minutes=m) for n, m in enumerate([5, 90, 1500, 9999]))).iter(
                "duration"
            )
        ]

        self.assertEqual(found, ["00:05", "01:30", "25:00", "99:59"])

    def test_what_has_no_room_is_in_the_whole_venue(self):
        found = xml_of(event(room="")).find("day/room")

        self.assertEqual((found.get("name"), found.find("event/room").text), ("Whole venue", "Whole venue"))

    def test_an_event_without_a_time_is_left_out(self):
        self.assertEqual(list(xml_of(event(starts_at=None)).iter("event")), [])


class JsonTests(SimpleTestCase):
    def only(self, *events, **fields):
        days = json_of(*events, **fields)["days"]
        return [one for day in days for events in day["rooms"].values() for one in events][0]

    def test_a_person_says_all_that_is_known_and_nothing_empty(self):
        full = Person(
            "Ada", GUIDS[7], 7, "ABC123", "Counts", "https://x.example/a.png", "https://x.example/p"
        )
        found = self.only(event(persons=(full, Person("Ben"))))["persons"]

        self.assertEqual(found[1], {"name": "Ben"})
        self.assertEqual(
            found[0],
            {"name": "Ada", "guid": GUIDS[7], "id": 7, "code": "ABC123", "biography": "Counts",
             "avatar": "https://x.example/a.png", "url": "https://x.example/p"},
        )  # fmt: skip

    def test_the_mail_address_of_a_person_is_never_written(self):
        self.assertNotIn("@", json.dumps(self.only(event(persons=(Person("Ada", email="ada@example.org"),)))))

    def test_an_address_that_is_not_of_the_web_is_left_out(self):
        found = self.only(EVERYTHING)

        self.assertNotIn("feedback_url", found)
        self.assertNotIn("logo", found)
        self.assertEqual(found["origin_url"], "https://old.example/1")

    def test_rooms_without_events_are_listed_with_the_conference_only(self):
        found = json_of(event(), rooms=(Room("Hall", GUIDS[0]), Room("Attic", GUIDS[1])))

        self.assertEqual([room["name"] for room in found["rooms"]], ["Hall", "Attic"])
        self.assertEqual([list(day["rooms"]) for day in found["days"]], [["Hall"], []])

    def test_an_event_lasts_as_long_as_it_lasts(self):
        self.assertEqual(self.only(event(minutes=10000))["duration"], "166:40")
