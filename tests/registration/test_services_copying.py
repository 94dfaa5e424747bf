"""Copying an edition takes its structure along and leaves its people."""

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from conference.models import Edition, EditionOrganisation, Page, PartOf, Room
from conference.services.copying import AddressTaken, moved
from registration.models import (
    CertificateRule,
    ConsentChange,
    Group,
    GroupPlace,
    GroupPlan,
    Preference,
    RegistrationType,
    Round,
    RoundWorkshop,
)
from registration.services.copying import Plan, copy_whole_edition
from sessions.models import (
    Competence,
    Kind,
    Session,
    SessionLink,
    SessionType,
    Slot,
    SlotChange,
    Star,
    Topic,
    Track,
)
from sessions.services.timetable import release_timetable
from speakers.models import Availability
from tests.factories import (
    make_answer,
    make_appearance,
    make_booking,
    make_edition,
    make_organisation,
    make_organiser,
    make_presentation,
    make_question,
    make_registration,
    make_registration_type,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
# Every kind of row that hangs on an edition: it is copied, or it stays with its people and its year.
COPIED = {
    "certificaterule", "edition", "editionorganisation", "group", "groupplan", "page", "partof", "question",
    "question_types", "questionoption", "registrationtype", "registrationtype_organisations", "room", "round",
    "roundworkshop", "session", "session_competences", "session_topics", "slot", "track", "venue",
}  # fmt: skip
STAYS = {
    "answer", "answer_options", "appearance", "availability", "consentchange", "contentversion", "group_facilitators",
    "groupplace", "preference", "presentation", "registration", "release", "sessionlink", "slotchange", "star",
    "workshopbooking",
}  # fmt: skip


def at(day, hour, minute=0):
    return datetime(2027, 3, day, hour, minute, tzinfo=BRUSSELS)


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


def make_full_edition():
    """An edition with at least one of everything that can hang on one."""
    edition = make_edition(
        "First conference", title_nl="Eerste conferentie", slug="old", ordinal=1, is_front_page=True,
        starts_on=date(2027, 3, 26), ends_on=date(2027, 3, 28), introduction="Welcome",
        registration_opens_at=at(1, 9), registration_closes_at=at(20, 18),
    )  # fmt: skip
    EditionOrganisation.objects.create(edition=edition, organisation=make_organisation(), part="organiser")
    PartOf.objects.create(edition=edition, title="Festival")
    Page.objects.create(edition=edition, title="Travel", title_nl="Reizen", slug="travel", body="By train")
    track = Track.objects.create(edition=edition, name="Policy", slug="policy", hue=30)
    kind = SessionType.objects.create(name="Plenary", slug="plenary")
    hall, lab = make_room(edition, "Hall", capacity=100), make_room(edition, "Lab")
    opening = make_session(
        edition, "Opening", title_nl="De opening", number=1, track=track, session_type=kind, abstract="Words",
        subtitle="Hello", venue=hall.venue, recording_license="CC", do_not_record=True, origin={"id": 7},
    )  # fmt: skip
    opening.topics.add(Topic.objects.create(name="Schools", slug="schools"))
    opening.competences.add(Competence.objects.create(name="Empathy", slug="empathy"))
    workshop = make_workshop(edition, "Hands on", number=1, part_of=opening, capacity=20)
    make_session(edition, "Lunch", kind=Kind.BREAK)
    gone = make_session(edition, "Gone", number=4, status=Session.Status.WITHDRAWN)
    make_session(edition, "Cancelled", number=5, status=Session.Status.CANCELLED)
    make_session(edition, "Left alone", number=1, part_of=gone)
    make_slot(opening, at(26, 9, 30), room=hall, guid=opening.guid)
    make_slot(workshop, at(28, 9, 30), room=lab)
    add_choices(edition, opening, workshop, hall)
    add_people(edition, opening, workshop)
    return edition


def add_choices(edition, opening, workshop, hall):
    """What registering asks and lets people choose."""
    types = make_registration_type(
        edition, capacity=50, opens_at=at(2, 9), closes_at=at(19, 12), for_whom="members"
    )
    types.organisations.add(make_organisation("A school"))
    lunch = make_question(
        edition, "Lunch?", label_nl="Lunch?", options=[("fish", 30), ("soup", None)], position=1
    )
    lunch.types.add(types)
    make_question(
        edition, "Bones?", after=lunch, after_answer="fish", position=2, is_sensitive=True, purpose="The cook",
        delete_on=date(2027, 4, 30),
    )  # fmt: skip
    make_question(edition, "Photos?", kind="consent", version=4, position=3)
    parallel = Round.objects.create(
        edition=edition,
        name="Friday",
        way="ranked",
        closes_at=at(20, 12),
        seed="CANARY",
        published_at=at(21, 12),
    )
    RoundWorkshop.objects.create(round=parallel, workshop=workshop, minimum=4)
    plan = GroupPlan.objects.create(
        session=opening, split_by="answer", question=lunch, dealt_at=at(22, 9), is_published=True
    )
    fish = str(lunch.options.get(label="fish").pk)
    Group.objects.create(plan=plan, name="Fish", values=[fish], room=hall, position=1)
    CertificateRule.objects.create(edition=edition, minimum_hours=3, signed_by="The chair")


def add_people(edition, opening, workshop):
    speaker = make_speaker("CANARY of people")
    make_appearance(opening, speaker)
    Availability.objects.create(speaker=speaker, edition=edition, starts_at=at(26, 9), ends_at=at(26, 18))
    make_presentation(opening)
    SessionLink.objects.create(session=opening, url="https://example.org/canary")
    organiser = make_organiser()
    registration = make_registration("Ben", edition, registration_type=edition.registration_types.get())
    make_booking(registration, workshop)
    lunch, _bones, photos = edition.questions.all()
    make_answer(registration, lunch, "", "fish")
    ConsentChange.objects.create(
        registration=registration, question=photos, is_given=True, version=4, words="CANARY", at=at(3, 9)
    )
    group = Group.objects.get(plan__session=opening)
    group.facilitators.add(speaker)
    GroupPlace.objects.create(plan=group.plan, group=group, registration=registration)
    choice = RoundWorkshop.objects.get(workshop=workshop)
    Preference.objects.create(registration=registration, choice=choice, rank=1)
    Star.objects.create(user=organiser, session=opening)
    SlotChange.objects.create(edition=edition, session=opening, changed_by=organiser, before={}, after={})
    release_timetable(edition=edition, by=organiser)


def plan(**changes):
    return Plan(**{"title": "Second conference", "short_title": "Second", "slug": "new", "ordinal": 2,
                   "starts_on": date(2028, 3, 24), **changes})  # fmt: skip


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

    def test_questions_come_with_options_conditions_types_and_their_days(self):
        lunch, bones, photos = self.new.questions.all()

        self.assertEqual(
            [(one.label, one.capacity) for one in lunch.options.all()], [("fish", 30), ("soup", None)]
        )
        self.assertEqual((lunch.label_nl, lunch.types.get().edition), ("Lunch?", self.new))
        self.assertEqual(
            (bones.after, bones.after_answer, bones.delete_on), (lunch, "fish", date(2028, 4, 28))
        )
        self.assertEqual((photos.version, photos.answers.count()), (1, 0))

    def test_types_for_members_are_for_the_same_organisations_with_a_link_of_their_own(self):
        old, new = self.old.registration_types.get(), self.new.registration_types.get()

        self.assertEqual(list(new.organisations.all()), list(old.organisations.all()))
        self.assertNotEqual(new.invitation_key, old.invitation_key)

    def test_rounds_come_with_their_workshops_and_without_a_result(self):
        new = self.new.rounds.get()

        self.assertEqual((new.way, new.seed, new.published_at), ("ranked", "", None))
        self.assertEqual(new.closes_at, datetime(2028, 3, 18, 12, tzinfo=BRUSSELS))
        choice = new.choices.get()
        self.assertEqual((choice.workshop_id, choice.minimum), (self.session("Hands on").pk, 4))

    def test_groups_come_with_room_and_values_and_without_people(self):
        plan = GroupPlan.objects.get(session=self.session("Opening"))
        group = plan.groups.get()

        self.assertEqual((plan.question.edition, plan.dealt_at, plan.is_published), (self.new, None, False))
        self.assertEqual((group.name, group.room.name), ("Fish", "Hall"))
        self.assertEqual(group.values, [str(plan.question.options.get(label="fish").pk)])
        self.assertEqual((group.room.venue.edition, group.facilitators.count()), (self.new, 0))

    def test_rule_for_certificates_comes_along(self):
        rule = self.new.certificate_rule

        self.assertEqual((rule.minimum_hours, rule.signed_by), (3, "The chair"))

    def test_rounds_and_groups_of_sessions_that_stay_behind_stay_too(self):
        bare = copy_whole_edition(edition=self.old, plan=plan(slug="alone", ordinal=5, sessions=False))

        self.assertFalse(RoundWorkshop.objects.filter(round__edition=bare).exists())
        self.assertFalse(GroupPlan.objects.filter(session__edition=bare).exists())
        self.assertEqual(bare.questions.count(), 3)

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
