import time
from datetime import UTC, datetime

import pytest

from sessions.exchange.schedule import Link, Track
from tests.sessions.exchange.reading.samples import GUID, frab_xml, only, read, refusal

FOSDEM = f"""
<event guid="{GUID}" id="11001">
  <start>09:30</start><duration>00:50</duration><room>Janson</room><slug>welcome</slug>
  <title>Welcome &amp; more</title><subtitle/><track>Keynotes</track><type>keynote</type><language/>
  <abstract><![CDATA[<p>Hello <em>all</em></p>]]></abstract><description></description>
  <persons><person id="1">Ada</person><person id="2" guid="{GUID}">Bo</person></persons>
  <attachments><attachment type="slides" href="https://x.test/a.pdf">Slides</attachment></attachments>
  <links><link href="https://x.test/">Site</link><link>https://y.test/</link></links>
  <feedback_url>https://x.test/feedback</feedback_url><unknown><deep>ignored</deep></unknown>
</event>"""
HEAD = "<time_zone_name>Europe/Brussels</time_zone_name><base_url>https://x.test/</base_url>"


def local(text):
    return datetime.fromisoformat(text + "+01:00").astimezone(UTC)


def test_an_event_of_fosdem_is_read_whole():
    found = only(frab_xml(FOSDEM, HEAD))

    assert (found.guid, found.id, found.slug, found.room) == (GUID, 11001, "welcome", "Janson")
    assert (found.title, found.track, found.type, found.language) == (
        "Welcome & more",
        "Keynotes",
        "keynote",
        "",
    )
    assert (found.starts_at, found.minutes) == (local("2027-03-13T09:30"), 50)
    assert found.abstract == "Hello *all*"
    assert [(p.name, p.id, p.guid) for p in found.persons] == [("Ada", 1, ""), ("Bo", 2, GUID)]
    assert found.attachments == (Link("https://x.test/a.pdf", "Slides", "slides"),)
    assert found.links == (Link("https://x.test/", "Site"), Link("https://y.test/", "https://y.test/"))
    assert found.feedback_url == "https://x.test/feedback"


def test_the_head_may_be_empty_and_the_recording_stands_in_its_own_element():
    event = "<event id='1'><title>A</title><start>10:00</start><duration>45</duration><recording><license>CC0</license><optout>true</optout></recording></event>"
    found = only(
        frab_xml(event).replace(
            "<conference><title>Conference</title><acronym>conf</acronym></conference>", ""
        )
    )

    assert (found.recording_license, found.do_not_record, found.guid) == ("CC0", True, "")


def test_tracks_with_colours_and_rooms_without_events_are_read():
    data = frab_xml(FOSDEM, '<track name="Keynotes" color="#FF0000" slug="key"/><track>Bare</track>')
    found = read(data.replace("</day>", '<room name="Attic"/><room name=""/></day>')).schedule

    assert found.tracks == (Track("Keynotes", "key", "#ff0000"), Track("Bare"))
    assert [room.name for room in found.rooms] == ["Janson", "Attic"]


def test_a_talk_after_midnight_belongs_to_the_night_of_its_day():
    late = FOSDEM.replace("09:30", "01:15")

    assert only(frab_xml(late, HEAD)).starts_at == local("2027-03-14T01:15")
    early = frab_xml(FOSDEM.replace("09:30", "08:00"), HEAD + "<day_change>09:00:00</day_change>")
    assert only(early).starts_at == local("2027-03-14T08:00")
    begins = frab_xml(
        FOSDEM.replace("09:30", "03:00"), HEAD, day='date="2027-03-13" start="2027-03-13T00:00:00+01:00"'
    )
    assert only(begins).starts_at == local("2027-03-13T03:00")


@pytest.mark.parametrize("zone", ["+01:00", "Europe/Brussels", "Nowhere/Atall", ""])
def test_zones_are_known_by_name_or_offset_and_otherwise_the_editions_is_taken(zone):
    head = f"<time_zone_name>{zone}</time_zone_name>"

    assert only(frab_xml(FOSDEM, head)).starts_at == local("2027-03-13T09:30")


def test_pretalx_writes_days_in_durations():
    data = frab_xml(FOSDEM.replace("00:50", "1:05:00"))

    assert only(data).minutes == 65
    assert (
        only(data.replace("<version>", '<generator name="pretalx" version="2"/><version>')).minutes == 29 * 60
    )


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("iso-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("UTF-16", "utf-8"),
    ],
)
def test_every_encoding_that_is_declared_is_read(declared, encoding):
    data = frab_xml(
        FOSDEM.replace("Welcome", "Één"), declaration=f'<?xml version="1.0" encoding="{declared}"?>'
    )

    assert only(data.encode(encoding)).title == "Één & more"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "laughs": f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "ha">{LAUGHS}]><schedule>&l9;</schedule>',
    "file": '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule>&x;</schedule>',
    "external": '<?xml version="1.0"?><!DOCTYPE s SYSTEM "http://127.0.0.1:1/x.dtd"><schedule/>',
    "parameter": '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]><schedule/>',
    "deep": "<schedule>" + "<a>" * 100_000,
    "wide": "<schedule>" + "<event/>" * 200_000,
    "truncated": frab_xml(FOSDEM)[:-30],
    "mixed": frab_xml(FOSDEM).replace("</title>", "</titel>"),
    "other": "<rss><channel/></rss>",
    "nul": frab_xml(FOSDEM).replace("Welcome", "\0"),
    "html": "<!DOCTYPE html><html></html>",
    "encoding": '<?xml version="1.0" encoding="klingon"?><schedule/>',
    "long": f"<schedule a='{'x' * 14_000_000}'/>",
    "attributes": "<schedule " + " ".join(f"a{number}=''" for number in range(600_000)) + "/>",
}
WORDS = {
    "laughs": "this XML brings a document type or entities of its own",
    "file": "this XML brings a document type or entities of its own",
    "external": "this XML brings a document type or entities of its own",
    "parameter": "this XML brings a document type or entities of its own",
    "deep": "line 1: this XML is nested too deeply.",
    "wide": "line 1: more than 10000 events.",
    "truncated": "line 10, column",
    "mixed": "line 1, column",
    "other": "line 1: this XML is no schedule: its first element is “rss”.",
    "nul": "line 4, column",
    "html": "this XML brings a document type or entities of its own",
    "encoding": "",
    "long": "there is no event in this file.",
    "attributes": "this file has far more parts than a schedule.",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_xml_is_refused_in_words_and_at_once(name):
    begun = time.process_time()

    assert refusal(HOSTILE[name]).startswith(WORDS[name])
    assert time.process_time() - begun < 2


def test_what_is_wrong_in_an_event_is_refused_with_its_line():
    assert (
        refusal(frab_xml(FOSDEM.replace("<start>09:30", "<start>noon")))
        == "line 3 (start): “noon” is no time."
    )
    assert refusal(frab_xml(FOSDEM, day='date="yesterday"')).endswith("“yesterday” is no date.")
