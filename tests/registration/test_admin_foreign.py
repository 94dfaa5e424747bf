"""What belongs to another edition, sent in a form of the admin: it is refused, and everything stays where it is."""

from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from conference.models import NewsItem, Venue
from registration.letters.audience import Audience
from registration.models import (
    CertificateRule,
    FeedbackPlan,
    Group,
    GroupPlan,
    Letter,
    Outcome,
    Question,
    Registration,
)
from sessions.models import Session, Slot, Track
from tests.admin_forms import make_staff, read_form
from tests.factories import (
    make_booking,
    make_edition,
    make_presentation,
    make_question,
    make_registration,
    make_registration_type,
    make_room,
    make_round,
    make_session,
    make_workshop,
)


def page(model, row, name="change"):
    return reverse(f"admin:{model}_{name}", args=[row.pk])


@override_settings(STAFF_SECOND_FACTOR=False)
class ForeignCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition, cls.other = make_edition(), make_edition("Another")
        cls.session, cls.foreign = make_session(cls.edition), make_session(cls.other)
        cls.workshop, cls.foreign_workshop = make_workshop(cls.edition), make_workshop(cls.other)
        cls.room, cls.foreign_room = make_room(cls.edition), make_room(cls.other)
        cls.kind, cls.foreign_kind = (make_registration_type(one) for one in (cls.edition, cls.other))
        cls.ada = make_registration("Ada", cls.edition, registration_type=cls.kind)

    def setUp(self):
        self.client.force_login(make_staff("organiser", email="olga@example.org"))

    def send(self, address, **changes):
        return self.client.post(address, read_form(self.client, address) | changes)


class EditionStaysTests(ForeignCase):
    def test_what_is_there_does_not_move_to_another_edition(self):
        rows = {
            "conference_venue": Venue.objects.get(pk=self.room.venue_id),
            "conference_sessions_track": Track.objects.create(edition=self.edition, name="Line", slug="line"),
            "conference_sessions_session": self.session,
            "conference_sessions_workshop": self.workshop,
            "conference_newsitem": NewsItem.objects.create(edition=self.edition, title="New", slug="new"),
            "registration_registrationtype": self.kind,
            "registration_registration": self.ada,
            "registration_round": make_round(self.edition, [self.workshop]),
            "registration_question": make_question(self.edition, "Lunch?"),
            "registration_certificaterule": CertificateRule.objects.create(edition=self.edition),
            "registration_feedbackplan": FeedbackPlan.objects.create(
                edition=self.edition, closes_at=timezone.now()
            ),
        }
        for model, row in rows.items():
            self.send(page(model, row), edition=str(self.other.pk))
            row.refresh_from_db()
            self.assertEqual(row.edition, self.edition, model)

    def test_what_is_about_a_session_stays_about_it(self):
        rows = {
            "registration_groupplan": GroupPlan.objects.create(session=self.session),
            "registration_outcome": Outcome.objects.create(session=self.session, problem="A problem"),
        }
        for model, row in rows.items():
            self.send(page(model, row), session=str(self.foreign.pk))
            row.refresh_from_db()
            self.assertEqual(row.session, self.session, model)

    def test_a_presentation_goes_with_its_session(self):
        row = make_presentation(self.session)

        self.send(page("conference_sessions_presentation", row), edition=str(self.other.pk))

        row.refresh_from_db()
        self.assertEqual((row.session, row.edition), (self.session, self.edition))


class ChoicesTests(ForeignCase):
    def refused(self, answer, *names):
        """The page again, with an error at each of these fields."""
        self.assertEqual(answer.status_code, 200)
        page = answer.context
        form = page["adminform"].form if "adminform" in page else page["form"]
        self.assertEqual(set(names) - set(form.errors), set())

    def test_of_a_session(self):
        track = Track.objects.create(edition=self.other, name="Line", slug="line")
        for name, foreign in (
            ("track", track),
            ("venue", self.foreign_room.venue),
            ("part_of", self.foreign),
        ):
            answer = self.send(page("conference_sessions_session", self.session), **{name: str(foreign.pk)})
            self.assertIn(name, answer.context["adminform"].form.errors)
        row = Session.objects.get(pk=self.session.pk)
        self.assertEqual((row.track, row.venue, row.part_of), (None, None, None))

    def test_of_a_slot(self):
        self.send(
            page("conference_sessions_session", self.session),
            **{"slots-TOTAL_FORMS": "1", "slots-0-room": str(self.foreign_room.pk)},
        )

        self.assertFalse(Slot.objects.exists())

    def test_of_a_round_a_plan_and_a_group(self):
        round_ = make_round(self.edition, [self.workshop])
        self.send(page("registration_round", round_), **{"choices-1-workshop": str(self.foreign_workshop.pk)})
        self.assertEqual(round_.choices.count(), 1)

        plan = GroupPlan.objects.create(session=self.session)
        question = make_question(self.other, "Lunch?", ["soup"])
        self.refused(self.send(page("registration_groupplan", plan), question=str(question.pk)), "question")

        self.send(
            page("registration_groupplan", plan),
            **{"groups-TOTAL_FORMS": "1", "groups-0-name_en": "A", "groups-0-home": "others",
               "groups-0-room": str(self.foreign_room.pk), "groups-0-position": "0"},
        )  # fmt: skip
        self.assertFalse(Group.objects.exists())

    def test_of_a_question(self):
        row, foreign = make_question(self.edition, "Lunch?"), make_question(self.other, "Bus?", ["Early"])
        changes = {"types": [str(self.foreign_kind.pk)], "after": str(foreign.pk), "after_answer": "Early"}

        self.refused(self.send(page("registration_question", row), **changes), "types", "after")

        row = Question.objects.get(pk=row.pk)
        self.assertEqual((row.after, row.types.count()), (None, 0))

    def test_of_a_letter(self):
        address = reverse("admin:conference_edition_letters_new", args=[self.edition.pk])
        sent = {
            "attendees": "on",
            "statuses": ["confirmed"],
            "subject_en": "Hello",
            "text_en": "Dear {name},",
        }
        for name, foreign in (
            ("types", self.foreign_kind),
            ("workshops", self.foreign_workshop),
            ("sessions", self.foreign),
        ):
            for value in (foreign.pk, "x", "9" * 25, "1\x00"):
                self.refused(self.client.post(address, {**sent, name: [str(value)]}), name)
        self.assertFalse(Letter.objects.exists())

    def test_of_what_is_done_by_hand(self):
        self.refused(
            self.send(
                page("registration_registration", self.ada, "move"), registration_type=self.foreign_kind.pk
            ),
            "registration_type",
        )
        self.refused(
            self.send(
                page("registration_registration", self.ada, "workshop"), workshop=self.foreign_workshop.pk
            ),
            "workshop",
        )
        row = Registration.objects.get(pk=self.ada.pk)
        self.assertEqual((row.registration_type, row.bookings.count()), (self.kind, 0))

    def test_a_row_of_another_object_in_a_part_of_a_form(self):
        """Its key, put where a row of this object stands."""
        theirs = make_booking(make_registration("Ben", self.other), self.foreign_workshop)
        slot = Slot.objects.create(session=self.foreign, room=self.foreign_room)
        self.send(
            page("conference_sessions_session", self.session),
            **{"slots-TOTAL_FORMS": "1", "slots-INITIAL_FORMS": "1", "slots-0-id": str(slot.pk),
               "slots-0-session": str(self.session.pk), "slots-0-room": str(self.room.pk)},
        )  # fmt: skip
        slot.refresh_from_db()
        theirs.refresh_from_db()

        self.assertEqual((slot.session, slot.room), (self.foreign, self.foreign_room))
        self.assertEqual(theirs.workshop_id, self.foreign_workshop.pk)


class LetterOfAnotherEditionTests(ForeignCase):
    def test_none_of_its_pages_and_buttons_works_under_this_one(self):
        letter = Letter.objects.create(
            edition=self.other, subjects={"en": "Hello"}, texts={"en": "Dear {name},"},
            audience=Audience(attendees=True, statuses=["confirmed"]).as_options(),
        )  # fmt: skip
        for name in ("letter", "letter_edit", "letter_send"):
            address = reverse(f"admin:conference_edition_{name}", args=[self.edition.pk, letter.guid])
            for step in ("test", "stop", "go_on", "again", "discard", "on", "off", "restore"):
                self.assertEqual(self.client.post(address, {"step": step, "seen": "x"}).status_code, 404)
            self.assertEqual(self.client.get(address).status_code, 404)
        letter.refresh_from_db()
        self.assertEqual((letter.status, letter.addressees.count()), ("draft", 0))
