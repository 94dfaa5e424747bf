"""Files of other houses as tests write them."""

import json
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from sessions.exchange import reading

ZONE = ZoneInfo("Europe/Brussels")
GUID = "a0a0fcfe-b7fb-46e3-84b6-97a5406016b4"
FOLDER = Path(__file__).resolve().parents[5] / "shared" / "reference" / "frab"
REAL = ["frab-camp2019.json", "pretalx-democon.json"]


def real(name):
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"the published example {name} is not beside the repository")
    return path.read_bytes()


def event(**values):
    basic = {
        "id": 7,
        "guid": GUID,
        "date": "2027-03-13T10:00:00+01:00",
        "start": "10:00",
        "duration": "00:45",
        "room": "Hall",
        "slug": "conf-7-opening",
        "title": "Opening",
        "language": "en",
        "persons": [{"id": 3, "public_name": "Ada"}],
        "links": [],
        "attachments": [],
    }
    return {name: value for name, value in {**basic, **values}.items() if value is not ...}


def frab_json(*events, room="Hall", **conference):
    day = {
        "index": 1,
        "date": "2027-03-13",
        "day_start": "2027-03-13T09:00:00+01:00",
        "rooms": {room: list(events)},
    }
    whole = {"acronym": "conf", "title": "Conference", "days": [day], **conference}
    return json.dumps(
        {"schedule": {"version": "1", "base_url": "https://house.test/2027/", "conference": whole}}
    ).encode()


def frab_xml(events, head="", day='date="2027-03-13"', declaration='<?xml version="1.0" encoding="utf-8"?>'):
    conference = f"<conference><title>Conference</title><acronym>conf</acronym>{head}</conference>"
    days = f'<day index="1" {day}><room name="Janson">{events}</room></day>'
    return f"{declaration}<schedule><version>1</version>{conference}{days}</schedule>"


def csv(*rows):
    return "\n".join(rows).encode()


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def read(data, **options):
    return reading.read(data.encode() if isinstance(data, str) else data, zone=ZONE, **options)


def only(data, **options):
    """The one event of a file."""
    (found,) = read(data, **options).schedule.events
    return found


def refusal(data, **options):
    with pytest.raises(reading.RefusedSchedule) as caught:
        read(data, **options)
    return str(caught.value)
