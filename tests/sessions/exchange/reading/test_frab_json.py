import json
from datetime import UTC, datetime

import pytest

from sessions.exchange.schedule import Link
from tests.sessions.exchange.reading.samples import REAL, event, frab_json, only, read, real, refusal


def moment(text):
    return datetime.fromisoformat(text).astimezone(UTC)


def raw_events(name):
    days = json.loads(real(name))["schedule"]["conference"]["days"]
    return [event for day in days for events in day["rooms"].values() for event in events]


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_is_read_whole(name):
    found, given = read(real(name)).schedule, raw_events(name)

    assert [str(e.guid) for e in found.events] == [e["guid"] for e in given]
    for mine, theirs in zip(found.events, given, strict=True):
        assert (mine.title, mine.slug, mine.id, mine.room) == (
            " ".join(theirs["title"].split()), theirs["slug"], theirs["id"], theirs["room"],
        )  # fmt: skip
        assert mine.starts_at == moment(theirs["date"])
        hours, minutes = map(int, theirs["duration"].split(":"))
        assert mine.minutes == hours * 60 + minutes
        assert [p.name for p in mine.persons] == [
            " ".join(p["public_name"].split()) for p in theirs["persons"]
        ]
        assert len(mine.links) == len(theirs["links"])
        assert len(mine.attachments) == len(theirs["attachments"])


@pytest.mark.parametrize("name", REAL)
def test_every_address_of_a_real_file_is_absolute(name):
    for mine in read(real(name)).schedule.events:
        for link in (*mine.links, *mine.attachments):
            assert link.url.startswith(("http://", "https://"))
        assert mine.logo == "" or mine.logo.startswith("https://fahrplan.events.ccc.de/system/")


def test_relative_addresses_are_joined_with_that_of_the_house():
    found = only(
        frab_json(
            event(
                attachments=[{"url": "/files/a b.pdf", "title": "Slides"}, {"url": "b.pdf"}],
                links=[
                    {"url": "example.org", "title": "Site"},
                    "https://plain.test/",
                    {"url": "//cdn.test/x"},
                ],
                logo="/logo.png",
            )
        )
    )

    assert [link.url for link in found.attachments] == [
        "https://house.test/files/a%20b.pdf",
        "https://house.test/2027/b.pdf",
    ]
    assert found.links == (
        Link("https://example.org", "Site"),
        Link("https://plain.test/"),
        Link("https://cdn.test/x"),
    )
    assert found.logo == "https://house.test/logo.png"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "mailto:a@b.test", "data:text/html,x", "ftp://x.test/", "http://"]
)
def test_an_address_that_is_not_of_the_web_is_left_out_and_said(url):
    found = read(frab_json(event(links=[{"url": url}])))

    assert found.schedule.events[0].links == ()
    assert [remark.where for remark in found.remarks.kept] == [
        'schedule.conference.days[0].rooms["Hall"][0].links[0].url'
    ]


def test_the_date_of_an_event_wins_over_the_day_it_is_listed_in():
    assert only(frab_json(event(date="2027-03-14T01:30:00+01:00"))).starts_at == moment(
        "2027-03-14T00:30:00+00:00"
    )


def test_without_a_date_a_talk_after_midnight_belongs_to_the_night_of_its_day():
    assert only(frab_json(event(date=..., start="00:30"))).starts_at == moment("2027-03-14T00:30:00+01:00")
    assert only(frab_json(event(date=..., start="09:30"))).starts_at == moment("2027-03-13T09:30:00+01:00")


def test_a_moment_without_offset_is_on_the_clocks_of_the_conference():
    data = frab_json(event(date="2027-03-13T10:00:00"), time_zone_name="Europe/London")

    assert only(data).starts_at == moment("2027-03-13T10:00:00+00:00")


def test_an_end_wins_over_a_duration():
    assert only(frab_json(event(duration="1:05:00", end="2027-03-13T11:05:00+01:00"))).minutes == 65


def test_no_duration_becomes_one_step_of_the_timetable_and_is_said():
    found = read(frab_json(event(duration="00:00"), timeslot_duration="00:15"))

    assert found.schedule.events[0].minutes == 15
    assert [r.where for r in found.remarks.kept] == ['schedule.conference.days[0].rooms["Hall"][0].duration']


def test_pretalx_names_its_people_and_things_in_its_own_way():
    found = only(
        frab_json(
            event(
                code="ABCDEF",
                persons=[
                    {
                        "code": "XYZ",
                        "name": "Bo",
                        "avatar": "/media/b.png",
                        "biography": "<p>Hi</p>",
                        "answers": [],
                    }
                ],
                answers=[{"question": 1, "answer": "secret"}],
                title={"en": "Opening", "de": "Eröffnung"},
                track={"id": 4, "name": "Main"},
                do_not_stream=True,
            )
        )
    )

    (bo,) = found.persons
    assert (found.track, found.code, found.title, bo.code, bo.name, bo.biography) == (
        "Main",
        "ABCDEF",
        "Opening",
        "XYZ",
        "Bo",
        "Hi",
    )
    assert bo.avatar == "https://house.test/media/b.png"
    assert found.extra == {"do_not_stream": True}


def test_everything_but_title_and_time_may_be_missing():
    found = only(frab_json({"title": "Bare", "start": "10:00", "duration": "45"}, room=""))

    assert (found.title, found.room, found.language, found.persons, found.guid) == ("Bare", "", "", (), "")


def test_long_texts_are_cut_and_said():
    found = read(frab_json(event(title="x" * 400, persons=[{"name": "y" * 300}])))

    assert len(found.schedule.events[0].title) == 300
    assert len(found.schedule.events[0].persons[0].name) == 200
    assert len(found.remarks.kept) == 2


def test_rooms_without_events_are_read():
    assert [room.name for room in read(frab_json(event(), rooms=[{"name": "Attic"}])).schedule.rooms] == [
        "Attic",
        "Hall",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (frab_json(event(start="late", date=...)), 'schedule.conference.days[0].rooms["Hall"][0].start: “late” is no time.'),
        (frab_json(event(duration="long")), 'schedule.conference.days[0].rooms["Hall"][0].duration: “long” is no duration.'),
        (frab_json(event(title=["x"])), 'schedule.conference.days[0].rooms["Hall"][0].title: this is not a text.'),
        (frab_json(event(title="a\0b")), 'schedule.conference.days[0].rooms["Hall"][0].title: this text contains a NUL character.'),
        (frab_json(event(persons="Ada")), 'schedule.conference.days[0].rooms["Hall"][0].persons: this is no list.'),
        (frab_json("x"), 'schedule.conference.days[0].rooms["Hall"][0]: this is no object.'),
        (frab_json(), "there is no event in this file."),
        (frab_json(event())[:-40], "line 1, column"),
        (b'{"a": NaN}', "“NaN” is no number that JSON knows."),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number in this file is too large."),
        (b"[" * 100_000, "this JSON is nested too deeply."),
        (b'{"a": [' + b"{}," * 700_000, "this file has far more parts than a schedule."),
        (b'{"conference": {"days": [{"rooms": {"\\ud800": [1]}}]}}', 'conference.days[0].rooms["?"][0]: this is no object.'),
        (b"[1]", "this JSON is no schedule: it has no conference."),
        (b'{"schedule": 5}', "schedule.conference: this JSON is no schedule: it has no conference."),
        ('{"title": "é"}'.encode("latin-1"), "the text is not in the encoding that JSON has (UTF-8). Save it as UTF-8."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_path(data, words):
    assert refusal(data).startswith(words)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_other_encodings_of_unicode_are_read(encoding):
    data = frab_json(event()).decode().replace("Opening", "Één").encode(encoding)

    assert only(data).title == "Één"
