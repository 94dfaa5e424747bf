"""Copying an edition takes its structure along and leaves its people."""

import uuid
from datetime import UTC, date, datetime, timedelta

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.models import Edition, Page, Room
from conference.services.copying import AddressTaken, moved
from registration.models import (
    RegistrationType,
)
from registration.services.copying import copy_whole_edition
from sessions.models import (
    Kind,
    Session,
    SlidesReminder,
    Slot,
    Topic,
)
from tests.factories import (
    make_edition,
    make_room,
    make_session,
    make_slot,
)
from tests.registration.whole_edition import BRUSSELS, at, make_full_edition, plan

# Every kind of row that hangs on an edition: it is copied, or it stays with its people and its year.
COPIED = {
    "certificaterule", "edition", "editionorganisation", "group", "groupplan", "page", "partof", "question",
    "question_types", "questionoption", "registrationtype", "registrationtype_organisations", "room", "round",
    "roundworkshop", "session", "session_competences", "session_topics", "slidesreminder", "slot", "track", "venue",
}  # fmt: skip
STAYS = {
    "certificate", "answer", "answer_options", "appearance", "availability", "checkin", "consentchange", "contentversion", "feedbackplan", "feedbackquestion", "feedbacksheet", "group_facilitators",
    "groupplace", "newsitem", "preference", "presentation", "registration", "release", "sessionlink", "slotchange", "star",
    "uploadlink", "workshopbooking",
}  # fmt: skip


def rows_of(edition):
    """Every row that would go with this edition, and those that would not let it go."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect([edition])
    found = {(row._meta.concrete_model, row.pk): row for rows in collector.data.values() for row in rows}
    found |= {(row._meta.concrete_model, row.pk): row for row in collector.protected}
    for queryset in collector.fast_deletes:
        found |= {(row._meta.concrete_model, row.pk): row for row in queryset}
    return found


def names_in(rows):
    return {model._meta.model_name for model, _pk in rows}


class CopyingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.old = make_full_edition()
        cls.new = copy_whole_edition(edition=cls.old, plan=plan())

    def session(self, slug_of):
        old = Session.objects.get(edition=self.old, title=slug_of)
        return Session.objects.get(edition=self.new, slug=old.slug)

    def test_new_edition_has_its_own_name_and_address_and_nobody_sees_it(self):
        new = Edition.objects.get(slug="new")

        self.assertEqual((new.title_en, new.title_nl), ("Second conference", None))
        self.assertEqual((new.starts_on, new.ends_on), (date(2028, 3, 24), date(2028, 3, 26)))
        self.assertEqual((new.is_published, new.is_front_page, new.ordinal), (False, False, 2))
        self.assertEqual((new.series, new.introduction), (self.old.series, "Welcome"))

    def test_moments_of_registering_move_with_the_days_at_the_same_time_on_the_clock(self):
        new = Edition.objects.get(slug="new")
        types = RegistrationType.objects.get(edition=new)

        self.assertEqual(new.registration_opens_at, datetime(2028, 2, 28, 9, tzinfo=BRUSSELS))
        self.assertEqual(types.opens_at, datetime(2028, 2, 29, 9, tzinfo=BRUSSELS))
        self.assertEqual((types.capacity, types.closes_at), (50, datetime(2028, 3, 17, 12, tzinfo=BRUSSELS)))

    def test_sessions_are_drafts_with_kind_type_number_place_track_topics_and_texts(self):
        opening, workshop = self.session("Opening"), self.session("Hands on")

        self.assertEqual(opening.title_nl, "De opening")
        self.assertEqual((opening.status, opening.number, opening.session_type.slug), ("draft", 1, "plenary"))
        self.assertEqual(
            (opening.track.name, opening.track.edition, opening.venue.edition), ("Policy", self.new, self.new)
        )
        self.assertEqual([topic.slug for topic in opening.topics.all()], ["schools"])
        self.assertEqual([one.slug for one in opening.competences.all()], ["empathy"])
        self.assertEqual((opening.abstract, opening.subtitle), ("Words", "Hello"))
        self.assertEqual((workshop.part_of, workshop.capacity, workshop.takes_bookings), (opening, 20, True))
        self.assertEqual(self.session("Lunch").kind, Kind.BREAK)

    def test_what_was_agreed_about_recording_and_what_was_imported_stays_behind(self):
        opening = self.session("Opening")

        self.assertEqual((opening.do_not_record, opening.recording_license, opening.origin), (False, "", {}))

    def test_cancelled_and_withdrawn_sessions_are_left_out_and_a_part_of_one_stands_by_itself(self):
        titles = set(Session.objects.filter(edition=self.new).values_list("title", flat=True))
        alone = self.session("Left alone")

        self.assertEqual(titles, {"Opening", "Hands on", "Lunch", "Left alone"})
        self.assertEqual((alone.part_of, alone.number), (None, None))

    def test_draft_timetable_keeps_day_clock_and_room_also_across_a_change_of_the_clock(self):
        slots = Slot.objects.filter(session__edition=self.new).order_by("starts_at")
        first, second = slots

        self.assertEqual([slot.release for slot in slots], [None, None])
        self.assertEqual(first.starts_at, datetime(2028, 3, 24, 9, 30, tzinfo=BRUSSELS))
        # In 2027 summer began on the third day, in 2028 it begins on that day too.
        self.assertEqual(second.starts_at, datetime(2028, 3, 26, 9, 30, tzinfo=BRUSSELS))
        self.assertEqual(second.ends_at - second.starts_at, timedelta(hours=1))
        self.assertEqual((first.room.name, first.room.edition), ("Hall", self.new))

    def test_first_slot_carries_the_guid_of_its_session_and_no_guid_is_used_twice(self):
        opening = self.session("Opening")

        self.assertEqual(opening.slots.get().guid, opening.guid)
        for model in (Session, Slot, Room):
            guids = set(model.objects.values_list("guid", flat=True))
            self.assertEqual(len(guids), len({str(uuid.UUID(str(guid))) for guid in guids}))
        self.assertNotEqual(opening.guid, Session.objects.get(edition=self.old, title="Opening").guid)

    def test_every_kind_of_row_of_an_edition_is_copied_or_named_as_staying(self):
        old, new = names_in(rows_of(self.old)), names_in(rows_of(self.new))

        self.assertEqual(old, COPIED | STAYS)
        self.assertEqual(new, COPIED)

    def test_nothing_of_the_new_edition_points_to_a_row_of_the_old_one(self):
        old = rows_of(self.old)
        astray = []
        for row in rows_of(self.new).values():
            for field in row._meta.concrete_fields:
                if (
                    field.is_relation
                    and (field.related_model._meta.concrete_model, getattr(row, field.attname)) in old
                ):
                    astray.append((row._meta.label, field.name))

        self.assertEqual(astray, [])

    def test_old_edition_is_as_it_was(self):
        old = Edition.objects.get(slug="old")

        self.assertEqual(
            (old.title_nl, old.is_published, old.is_front_page), ("Eerste conferentie", True, True)
        )
        self.assertEqual((old.sessions.count(), old.venues.count(), old.tracks.count()), (6, 1, 1))

    def test_taken_address_is_refused_and_nothing_is_copied(self):
        editions = Edition.objects.count()

        with self.assertRaises(AddressTaken):
            copy_whole_edition(edition=self.old, plan=plan(ordinal=3))

        self.assertEqual(Edition.objects.count(), editions)

    def test_copy_that_fails_half_way_leaves_nothing(self):
        rooms = Room.objects.count()

        with self.assertRaises(IntegrityError):
            copy_whole_edition(edition=self.old, plan=plan(slug="third", ordinal=1))

        self.assertEqual(
            (Room.objects.count(), Edition.objects.filter(slug="third").exists()), (rooms, False)
        )

    def test_texts_timetable_and_sessions_stay_behind_if_they_are_not_chosen(self):
        bare = copy_whole_edition(
            edition=self.old, plan=plan(slug="bare", ordinal=3, texts=False, timetable=False)
        )
        empty = copy_whole_edition(edition=self.old, plan=plan(slug="empty", ordinal=4, sessions=False))

        opening = bare.sessions.get(number=1, part_of=None, kind="session")
        self.assertEqual((opening.title, opening.abstract, opening.subtitle), ("Opening", "", ""))
        self.assertFalse(Slot.objects.filter(session__edition__in=[bare, empty]).exists())
        self.assertEqual((empty.sessions.count(), empty.tracks.count(), empty.venues.count()), (0, 1, 1))

    def test_edition_without_days_keeps_its_times(self):
        edition = make_edition(starts_on=None, ends_on=None)
        make_slot(make_session(edition), at(26, 9, 30))

        new = copy_whole_edition(edition=edition, plan=plan(slug="undated", ordinal=None))

        self.assertEqual((new.starts_on, new.ends_on), (date(2028, 3, 24), None))
        self.assertEqual(Slot.objects.get(session__edition=new).starts_at, at(26, 9, 30))

    def test_reminders_and_deadline_for_presentations_move_along_and_moments_that_are_over_stay(self):
        first_day, now = (timezone.now() + timedelta(days=40)).date(), timezone.now().replace(microsecond=0)
        edition = make_edition(starts_on=first_day, ends_on=None, presentations_due_at=now)
        for days in (-8, -7, 30):
            SlidesReminder.objects.create(edition=edition, at=now + timedelta(days=days), sent_at=now)
        later = plan(slug="later", ordinal=None, starts_on=first_day + timedelta(weeks=1, days=1))

        new = copy_whole_edition(edition=edition, plan=later)

        self.assertEqual(local(new.presentations_due_at), local(now) + timedelta(days=8))
        found = SlidesReminder.objects.filter(edition=new).values_list("at", "sent_at")
        self.assertEqual(
            [(local(at), sent) for at, sent in found],
            [(local(now) + timedelta(days=1), None), (local(now) + timedelta(days=38), None)],
        )

    def test_number_of_queries_does_not_grow_with_the_edition(self):
        def count(slug, ordinal):
            with CaptureQueriesContext(connection) as queries:
                copy_whole_edition(edition=self.old, plan=plan(slug=slug, ordinal=ordinal))
            return len(queries)

        before = count("small", 11)
        for number in range(20, 25):
            session = make_session(self.old, number=number)
            session.topics.add(Topic.objects.first())
            make_slot(session, at(27, 9), room=make_room(self.old, f"Room {number}"))
            Page.objects.create(edition=self.old, title="More", slug=f"more-{number}")

        self.assertEqual(count("large", 12), before)


def local(at):
    """What the clock in Brussels shows, which a change to summer does not move."""
    return at.astimezone(BRUSSELS).replace(tzinfo=None)


class MovedTests(TestCase):
    def moved(self, at, days):
        return moved(at, timedelta(days=days), BRUSSELS).astimezone(BRUSSELS).replace(tzinfo=None)

    def test_clock_stays_in_winter_and_summer(self):
        self.assertEqual(self.moved(at(1, 9, 30), 120), datetime(2027, 6, 29, 9, 30))  # noqa: DTZ001

    def test_hour_that_is_skipped_comes_an_hour_later(self):
        self.assertEqual(self.moved(at(27, 2, 30), 1), datetime(2027, 3, 28, 3, 30))  # noqa: DTZ001

    def test_slot_in_the_night_of_the_change_keeps_its_length(self):
        edition = make_edition(starts_on=date(2027, 10, 31), ends_on=None)  # the hour after two comes twice
        starts_at = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)  # 02:30 in summer
        make_slot(make_session(edition), starts_at, minutes=45)  # until 02:15 in winter

        new = copy_whole_edition(edition=edition, plan=plan(slug="night", ordinal=None))

        slot = Slot.objects.get(session__edition=new)
        self.assertEqual(slot.ends_at - slot.starts_at, timedelta(minutes=45))
        self.assertEqual(slot.starts_at.astimezone(BRUSSELS).hour, 2)
