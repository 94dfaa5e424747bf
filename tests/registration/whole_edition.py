"""An edition with at least one of everything that can hang on one, and what its copy is called."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from conference.models import EditionOrganisation, NewsItem, Page, PartOf
from registration.models import (
    CertificateRule,
    CheckIn,
    ConsentChange,
    FeedbackPlan,
    FeedbackQuestion,
    FeedbackSheet,
    Group,
    GroupPlace,
    GroupPlan,
    Preference,
    Round,
    RoundWorkshop,
)
from registration.services.copying import Plan
from sessions.models import (
    Competence,
    Kind,
    Session,
    SessionLink,
    SessionType,
    SlidesReminder,
    SlotChange,
    Star,
    Topic,
    Track,
    UploadLink,
)
from sessions.services.timetable import release_timetable
from speakers.models import Availability
from tests.factories import (
    make_answer,
    make_appearance,
    make_booking,
    make_certificate,
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


def at(day, hour, minute=0):
    return datetime(2027, 3, day, hour, minute, tzinfo=BRUSSELS)


def ask_for_feedback(edition):
    feedback = FeedbackPlan.objects.create(edition=edition, closes_at=at(30, 18))
    FeedbackQuestion.objects.create(plan=feedback, label="How was it?")
    FeedbackSheet.objects.create(plan=feedback, count=1)


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
    NewsItem.objects.create(edition=edition, title="New", slug="new")
    ask_for_feedback(edition)
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
    SlidesReminder.objects.create(edition=edition, at=timezone.now() + timedelta(days=365))
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
    UploadLink.objects.create(
        session=opening, speaker=speaker, email="canary@example.org", digest="CANARY", expires_at=at(26, 9)
    )
    SessionLink.objects.create(session=opening, url="https://example.org/canary")
    organiser = make_organiser()
    registration = make_registration("Ben", edition, registration_type=edition.registration_types.get())
    make_booking(registration, workshop)
    make_certificate(registration, [opening])
    CheckIn.objects.create(registration=registration, session=workshop, at=at(26, 9), by=organiser)
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
