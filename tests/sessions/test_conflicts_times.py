"""Rooms and people used twice, parts and days: what is wrong is found, and what is normal is not."""

from datetime import UTC, datetime

from registration.models import WorkshopBooking
from sessions.conflicts import find_conflicts
from sessions.models import Kind
from speakers.models import Availability
from tests.factories import (
    make_appearance,
    make_booking,
    make_edition,
    make_registration,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)
from tests.sessions.conflict_case import HOUR, TEN, ConflictCase


class RoomTests(ConflictCase):
    def test_two_sessions_in_one_room_forbid_a_release(self):
        one = self.session("One", room=self.hall)
        other = self.session("Other", TEN + HOUR / 2, room=self.hall)
        conflict = find_conflicts(self.edition)[0]

        self.assertEqual((conflict.rule, conflict.is_blocking), ("room_twice", True))
        self.assertEqual(
            conflict.words, "“One” and “Other” are both in Hall on Saturday 13 March 2027, 10:30–11:00."
        )
        self.assertEqual(conflict.session_pks, (one.pk, other.pk))
        self.assertEqual(conflict.slot_guids, tuple(str(s.slots.get().guid) for s in (one, other)))
        address = f"/admin/conference/edition/{self.edition.pk}/schedule/{other.guid}/"
        self.assertEqual(conflict.cure_url, address)

    def test_sessions_that_touch_or_are_elsewhere_are_fine(self):
        self.session("One", room=self.hall)
        self.session("Next", TEN + HOUR, room=self.hall)
        self.session("Elsewhere", room=self.attic)
        self.session("In the whole venue")

        self.assertEqual(self.found(), [])

    def test_a_draft_session_or_a_break_in_the_way_only_warns(self):
        self.session("One", room=self.hall)
        self.session("Draft", room=self.hall, status="draft")
        self.session("Later", TEN + 2 * HOUR, room=self.hall)
        self.session("Coffee", TEN + 2 * HOUR, room=self.hall, kind=Kind.BREAK)

        self.assertEqual(
            self.found(), [("room_twice", False), ("room_twice", False), ("not_published", False)]
        )

    def test_cancelled_and_withdrawn_sessions_are_not_in_the_way(self):
        self.session("One", room=self.hall)
        self.session("Cancelled", room=self.hall, status="cancelled")
        self.session("Withdrawn", room=self.hall, status="withdrawn")

        self.assertEqual(self.found(), [])

    def test_a_long_session_meets_each_that_begins_in_it(self):
        self.session("Long", minutes=240, room=self.hall)
        for number in (1, 2, 3):
            self.session(str(number), TEN + number * HOUR, room=self.hall)

        self.assertEqual(
            [one.words[:15] for one in find_conflicts(self.edition)], [f"“Long” and “{n}” " for n in "123"]
        )

    def test_a_workshop_with_more_places_or_bookings_than_chairs_warns(self):
        workshop = self.session("Clay", room=self.hall, make=make_workshop, capacity=30)
        self.hall.capacity = 1
        self.hall.save()
        for name in ("Ada", "Ben", "Cas"):
            make_booking(make_registration(name, self.edition), workshop)
        make_booking(make_registration("Dan", self.edition), workshop, status="waiting", queue_number=9)

        expected = [
            "“Clay” has 30 places, and Hall holds 1.",
            "3 places in “Clay” are booked, and Hall holds 1.",
        ]
        self.assertEqual(self.words(), expected)
        WorkshopBooking.objects.all().delete()
        self.assertEqual(self.found(), [("room_small", False)])


class SpeakerTests(ConflictCase):
    def test_a_speaker_alone_in_two_sessions_at_once_forbids_a_release(self):
        ada = make_speaker("Ada")
        self.session("One", speakers=[ada], room=self.hall)
        self.session("Other", speakers=[ada], room=self.attic)

        self.assertEqual(self.found(), [("speaker_twice", True)])
        words = "Ada is needed in “One” and in “Other” on Saturday 13 March 2027, 10:00–11:00."
        self.assertEqual(self.words(), [words])

    def test_a_speaker_in_company_only_warns(self):
        ada = make_speaker("Ada")
        self.session("One", speakers=[ada])
        self.session("Panel", speakers=[ada, make_speaker()])

        self.assertEqual(self.found(), [("speaker_twice", False)])

    def test_a_chair_who_speaks_in_a_part_and_a_session_in_two_rooms_are_fine(self):
        ada = make_speaker("Ada")
        session = self.session("Session", speakers=[ada], room=self.hall)
        make_appearance(session, ada, part="chair")
        make_slot(session, TEN, room=self.attic)
        self.session("Part", speakers=[ada], part_of=session)

        self.assertEqual(self.found(), [])

    def test_two_parts_of_one_session_at_once_are_not(self):
        ada = make_speaker("Ada")
        session = self.session("Session")
        for name in ("One", "Other"):
            self.session(name, speakers=[ada], part_of=session)

        self.assertEqual(self.found(), [("speaker_twice", True)])

    def available(self, speaker, *times, edition=None):
        for starts_at, ends_at in times:
            Availability.objects.create(
                speaker=speaker, edition=edition or self.edition, starts_at=starts_at, ends_at=ends_at
            )

    def test_a_speaker_is_available_in_times_that_touch_and_without_any(self):
        ada, ben = make_speaker("Ada"), make_speaker("Ben")
        self.available(ada, (TEN - HOUR, TEN + HOUR / 2), (TEN + HOUR / 2, TEN + HOUR))
        self.available(ben, (TEN + 9 * HOUR, TEN + 10 * HOUR), edition=make_edition())
        self.session("Talk", speakers=[ada, ben])

        self.assertEqual(self.found(), [])

    def test_a_speaker_who_must_leave_before_the_end_is_named(self):
        ada = make_speaker("Ada")
        self.available(ada, (TEN - HOUR, TEN + HOUR / 2), (TEN + 5 * HOUR, TEN + 6 * HOUR))
        self.session("Talk", speakers=[ada])

        words = "Ada is not available for all of “Talk” on Saturday 13 March 2027, 10:00–11:00."
        self.assertEqual((self.found(), self.words()), ([("not_available", False)], [words]))


class PartTests(ConflictCase):
    def test_a_part_inside_its_session_is_fine_in_its_room_and_in_another(self):
        session = self.session("Session", minutes=120, room=self.hall)
        self.session("Here", part_of=session, room=self.hall)
        self.session("There", part_of=session, room=self.attic, make=make_workshop)
        self.session("Some time", None, part_of=session)

        self.assertEqual(self.found(), [])

    def test_a_part_that_sticks_out_forbids_a_release(self):
        session = self.session("Session", room=self.hall)
        self.session("Part", part_of=session, minutes=90, room=self.attic)
        words = (
            "“Part” (Saturday 13 March 2027, 10:00–11:30) is not wholly inside “Session”, "
            "of which it is a part (Saturday 13 March 2027, 10:00–11:00)."
        )

        self.assertEqual((self.found(), self.words()), ([("part_outside", True)], [words]))

    def test_two_parts_in_one_room_are_in_each_others_way(self):
        session = self.session("Session", room=self.hall)
        for name in ("One", "Other"):
            self.session(name, part_of=session, room=self.hall)

        self.assertEqual(self.found(), [("room_twice", True)])

    def test_a_part_of_a_session_without_a_time_is_fine(self):
        session = make_session(self.edition, "Week", status="draft")
        self.session("Day", part_of=session)

        self.assertEqual(self.found(), [])

    def test_a_workshop_beside_a_plenary_warns_unless_it_is_its_part(self):
        plenary = self.session("Opening")
        self.session("Inside", part_of=plenary, room=self.hall, make=make_workshop)
        self.session("Beside", room=self.attic, make=make_workshop)
        words = "“Beside” runs beside “Opening”, which is for the whole venue, on Saturday 13 March 2027, 10:00–11:00."

        self.assertEqual((self.found(), self.words()), ([("beside_plenary", False)], [words]))


class DayTests(ConflictCase):
    def test_items_on_other_days_warn_and_a_party_past_midnight_does_not(self):
        self.session("Early", TEN - 12 * HOUR)
        self.session("Party", datetime(2027, 3, 14, 23, 30, tzinfo=UTC))
        self.session("Late", datetime(2027, 3, 15, 9, 0, tzinfo=UTC))

        self.assertEqual(self.found(), [("outside_days", False), ("outside_days", False)])
        self.assertEqual([words.split("”")[0] for words in self.words()], ["“Early", "“Late"])

    def test_nothing_is_outside_days_that_are_not_known(self):
        self.session("Early", TEN - 100 * HOUR)
        for fields in ({"date_precision": "month"}, {"starts_on": None, "ends_on": None}):
            self.edition.__dict__.update(fields)

            self.assertEqual(self.found(), [])
