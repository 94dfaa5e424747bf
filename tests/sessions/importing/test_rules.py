from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.models import ContentVersion, Outbox, Room, Venue
from sessions.models import Session, SessionLink, SessionType, Slot, Track
from sessions.services.importing import ChangedMeanwhile, plan_import, run_import
from speakers.models import Speaker
from tests.factories import (
    make_edition,
    make_room,
    make_session,
    make_slot,
    make_workshop,
)
from tests.sessions.exchange.reading.samples import GUID, event, frab_json, read

pytestmark = pytest.mark.django_db
OTHER = "c9edea6f-1da1-4772-a0a9-6dd4e33f11bb"


@pytest.fixture
def edition():
    return make_edition(starts_on=None, ends_on=None, city="Mechelen")


def bring(edition, *events, publish=True, data=None, **conference):
    data = data or frab_json(*events, **conference)
    return run_import(edition=edition, reading=read(data), publish=publish)


def fields(plan, kind="sessions"):
    return {str(change.row): set(change.fields) for change in plan.shown_kinds()[kind] if not change.is_left}


def test_an_empty_edition_gets_a_venue_dates_and_published_sessions(edition):
    bring(edition, event(), start="2027-03-13", end="2027-03-14")

    edition.refresh_from_db()
    session = Session.objects.get()
    assert (str(edition.starts_on), str(edition.ends_on)) == ("2027-03-13", "2027-03-14")
    assert (Venue.objects.get().name, Room.objects.get().name) == ("Mechelen", "Hall")
    assert (session.status, session.slug, str(session.guid)) == ("published", "conf-7-opening", GUID)
    assert str(Slot.objects.draft().get().guid) == GUID
    assert ContentVersion.objects.filter(edition=edition).exists()
    assert not Outbox.objects.exists()


def test_dates_and_rooms_that_are_there_stay():
    edition = make_edition()
    room = make_room(edition, "hall")

    bring(edition, event(), start="2030-01-01", end="2030-01-02")

    before = edition.starts_on
    edition.refresh_from_db()
    assert edition.starts_on == before
    assert Slot.objects.get().room == room


def test_new_sessions_may_wait_as_drafts(edition):
    bring(edition, event(), publish=False)

    assert Session.objects.get().status == "draft"


def test_what_changed_in_the_file_changes_here_and_is_named(edition):
    bring(edition, event())

    plan = bring(
        edition, event(title="Closing", start="12:00", date="2027-03-13T12:00:00+01:00", room="Attic")
    )

    assert fields(plan) == {"Closing": {"title", "time", "room"}}
    assert (Session.objects.get().title, Slot.objects.get().room.name) == ("Closing", "Attic")


def test_the_file_wins_and_what_it_leaves_empty_erases_nothing(edition):
    bring(edition, event(abstract="Theirs", subtitle="Sub"))
    Session.objects.update(abstract="Ours", description="Kept")

    bring(edition, event(abstract="Theirs", subtitle="", description=None, persons=[], room=""), data=None)

    session = Session.objects.get()
    assert (session.abstract, session.subtitle, session.description) == ("Theirs", "Sub", "Kept")
    assert session.appearances.count() == 1
    assert Slot.objects.get().room.name == "Hall"


def test_what_is_not_in_the_file_is_left_and_counted(edition):
    bring(edition, event(), event(guid=OTHER, slug="b", id=8, title="B"))
    make_room(edition, "Cellar")

    plan = bring(edition, event())

    assert plan.untouched == {"rooms": 1, "tracks": 0, "sessions": 1, "speakers": 0}
    assert Session.objects.count() == 2


def test_a_session_made_by_hand_is_known_by_its_address(edition):
    session = make_session(edition, "Opening", slug="conf-7-opening")
    slot = make_slot(session)

    for _turn in range(2):
        bring(edition, event())

    assert (Session.objects.get().pk, Slot.objects.get().pk) == (session.pk, slot.pk)


def test_without_guid_a_session_is_known_by_what_it_has(edition):
    bare = [
        event(guid=..., slug=..., id=..., title="Lunch", date=f"2027-03-1{day}T12:00:00+01:00")
        for day in (3, 4)
    ]

    bring(edition, *bare)
    plan = bring(edition, *bare)

    assert plan.does_nothing
    assert sorted(Session.objects.values_list("slug", flat=True)) == ["lunch", "lunch-2"]


def test_two_events_at_one_address_are_two_sessions(edition):
    for _turn in range(2):
        bring(edition, event(), event(guid=OTHER, id=8, title="Another"))

    assert sorted(Session.objects.values_list("slug", flat=True)) == ["conf-7-opening", "conf-7-opening-2"]


def test_times_of_one_submission_are_slots_of_one_session(edition):
    again = event(guid=OTHER, date="2027-03-14T10:00:00+01:00")

    for _turn in range(2):
        bring(edition, event(), again)

    assert Session.objects.count() == 1
    assert {str(slot.guid) for slot in Slot.objects.all()} == {GUID, OTHER}


def test_the_same_guid_twice_is_one_session_with_two_times(edition):
    again = event(date="2027-03-14T10:00:00+01:00")

    for _turn in range(2):
        bring(edition, event(), again)

    assert (Session.objects.count(), Slot.objects.count()) == (1, 2)


def test_a_title_in_dutch_is_stored_as_dutch(edition):
    bring(edition, event(title="Opening van de dag", language="nl"))

    session = Session.objects.get()
    assert (session.title_nl, session.title_en or "") == ("Opening van de dag", "")
    assert bring(edition, event(title="Opening van de dag", language="nl")).does_nothing


def test_types_decide_the_kind_of_new_sessions_only(edition):
    bring(edition, event(type="Hands-on Workshop"), event(guid=OTHER, id=8, slug="b", type="Coffee break"))

    assert sorted(Session.objects.values_list("kind", flat=True)) == ["break", "workshop"]
    plan = bring(edition, event(type="Lecture"))
    assert Session.objects.get(guid=GUID).session_type.name == "Hands-on Workshop"
    assert "“Lecture”" in plan.remarks.kept[-1].words


def test_a_workshop_that_takes_bookings_keeps_them(edition):
    workshop = make_workshop(edition, slug="conf-7-opening", capacity=12)

    bring(edition, event(type="lecture"))

    workshop.refresh_from_db()
    assert (workshop.kind, workshop.takes_bookings, workshop.capacity) == ("workshop", True, 12)


def test_types_and_speakers_are_shared_by_editions(edition):
    bring(edition, event(type="lecture"))
    bring(make_edition(), event(type="Lecture"))

    assert (SessionType.objects.count(), Speaker.objects.count(), Session.objects.count()) == (1, 1, 2)


def test_links_are_not_doubled_and_hand_made_ones_stay(edition):
    links = [{"url": "https://a.test/", "title": "A"}, {"url": "https://a.test/", "title": "Again"}]
    bring(edition, event(links=links))
    SessionLink.objects.create(session=Session.objects.get(), url="https://own.test/")

    plan = bring(edition, event(links=links, attachments=[{"url": "/b.pdf"}]))

    assert fields(plan) == {"Opening": {"addresses"}}
    assert SessionLink.objects.count() == 4


def test_tracks_take_the_nearest_hue(edition):
    bring(edition, event(track="Red"), tracks=[{"name": "Red", "color": "#ff0000"}])

    assert Track.objects.get().hue in (15, 30)


def test_a_released_timetable_stays_as_it_was(edition):
    bring(edition, event())
    released = make_slot(Session.objects.get(), release=edition.releases.create(number=1), guid=GUID)

    bring(edition, event(date="2027-03-13T15:00:00+01:00"))

    before = released.starts_at
    released.refresh_from_db()
    assert released.starts_at == before


def test_another_plan_than_the_one_seen_is_refused_and_stores_nothing(edition):
    reading = read(frab_json(event()))
    seen = plan_import(edition, reading, publish=True).fingerprint()
    make_session(edition, "Meanwhile", slug="conf-7-opening")

    with pytest.raises(ChangedMeanwhile):
        run_import(edition=edition, reading=read(frab_json(event())), publish=True, seen=seen)

    assert Session.objects.get().title == "Meanwhile"


def test_the_same_plan_is_carried_out(edition):
    seen = plan_import(edition, read(frab_json(event())), publish=True).fingerprint()

    run_import(edition=edition, reading=read(frab_json(event())), publish=True, seen=seen)

    assert Session.objects.count() == 1


def queries_of(count):
    events = [
        event(guid=GUID[:-3] + f"{number:03}", id=number + 1, slug=f"t-{number}", title=f"T {number}", persons=[{"id": number, "name": f"P {number}"}], room=f"R {number}", links=["https://a.test/"], type=f"talk {count}", track="Red")
        for number in range(100 * count, 101 * count)
    ]  # fmt: skip
    edition = make_edition()
    with CaptureQueriesContext(connection) as first:
        bring(edition, *events)
    with CaptureQueriesContext(connection) as second:
        changed = {"track": "Blue", "type": f"lecture {count}"}
        bring(edition, *[{**e, **changed, "title": e["title"] + "!"} for e in events])
    return len(first), len(second)


def test_three_events_take_as_many_queries_as_one():
    assert queries_of(3) == queries_of(1)


def test_a_length_of_days_is_stored(edition):
    bring(edition, event(duration="26:00"))

    slot = Slot.objects.get()
    assert slot.ends_at - slot.starts_at == timedelta(hours=26)
