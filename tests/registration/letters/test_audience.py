"""Whom a letter is for: circles that are narrowed and joined, each person once."""

from conference.models import User
from registration.models import Group, GroupPlan
from tests.factories import (
    make_appearance,
    make_booking,
    make_certificate,
    make_edition,
    make_presentation,
    make_registration,
    make_registration_type,
    make_session,
    make_speaker,
    make_user,
    make_workshop,
)
from tests.registration.letters.case import LetterCase


class AttendeeTests(LetterCase):
    def test_by_status(self):
        make_registration("Cleo", self.edition, status="waiting")
        make_registration("Dora", self.edition, status="cancelled")

        self.assertEqual(self.names(attendees=True, statuses=["confirmed"]), ["Ada", "Ben"])
        self.assertEqual(self.names(attendees=True, statuses=["waiting"]), ["Cleo"])

    def test_by_type_role_and_country(self):
        kind = make_registration_type(self.edition, "Press")
        make_registration("Cleo", self.edition, registration_type=kind, role="research", country="FR")

        self.assertEqual(self.names(attendees=True, types=[kind.pk]), ["Cleo"])
        self.assertEqual(self.names(attendees=True, roles=["teacher"]), ["Ada", "Ben"])
        self.assertEqual(self.names(attendees=True, countries=["FR", "BE"]), ["Cleo"])

    def test_what_was_chosen_and_is_gone_since_means_nobody(self):
        self.assertEqual(self.names(attendees=True, types=[999_999]), [])

    def test_by_workshop_and_place_in_it(self):
        workshop = make_workshop(self.edition)
        make_booking(self.ada, workshop)
        make_booking(self.ben, workshop, status="waiting")
        narrowed = {"attendees": True, "workshops": [workshop.pk]}

        self.assertEqual(self.names(**narrowed), ["Ada"])
        self.assertEqual(self.names(**narrowed, places="waiting"), ["Ben"])
        self.assertEqual(self.names(**narrowed, places="any"), ["Ada", "Ben"])

    def test_nobody_of_another_edition_and_nobody_without_an_address(self):
        make_registration("Other", make_edition())
        make_registration(edition=self.edition, user=User.objects.create_stand_in("Kept"))
        make_registration(edition=self.edition, user=make_user("Gone", is_active=False))

        self.assertEqual(self.names(attendees=True), ["Ada", "Ben"])

    def test_those_with_a_valid_certificate(self):
        make_certificate(self.ada)
        revoked = make_certificate(self.ben)
        revoked.revoked_at = revoked.issued_at
        revoked.save()

        self.assertEqual(self.names(certified=True), ["Ada"])


class StageTests(LetterCase):
    def setUp(self):
        self.session, self.other = make_session(self.edition, "One"), make_session(self.edition, "Two")
        self.grace = make_speaker("Grace", email="Grace@Example.org")
        make_appearance(self.session, self.grace)
        make_appearance(self.other, make_speaker("Ada on stage", user=self.ada.user))
        make_appearance(self.session, make_speaker("Nobody knows where"))

    def test_speakers_with_account_or_address(self):
        found = self.found(speakers=True)

        self.assertEqual(
            [(one.name, one.email) for one in found.readers],
            [("Ada", self.ada.user.email), ("Grace", "grace@example.org")],
        )

    def test_by_session(self):
        self.assertEqual(self.names(speakers=True, sessions=[self.session.pk]), ["Grace"])

    def test_those_who_have_not_confirmed(self):
        self.assertEqual(self.names(speakers=True, state="unconfirmed"), ["Grace"])

    def test_those_without_presentations(self):
        make_presentation(self.session)

        self.assertEqual(self.names(speakers=True, state="owing"), ["Ada"])

    def test_facilitators_of_sessions_and_groups(self):
        make_appearance(self.session, make_speaker("Fay", email="fay@example.org"), part="facilitator")
        plan = GroupPlan.objects.create(session=self.other)
        group = Group.objects.create(plan=plan, name="Belgium")
        group.facilitators.add(make_speaker("Gus", email="gus@example.org"))

        self.assertEqual(self.names(facilitators=True), ["Fay", "Gus"])

    def test_one_person_in_two_circles_is_one(self):
        make_appearance(self.session, make_speaker("Twice", email=self.ben.user.email.upper()))

        self.assertEqual(
            self.names(attendees=True, speakers=True, facilitators=True), ["Ada", "Ben", "Grace"]
        )

    def test_cancelled_sessions_count_no_more(self):
        self.session.status = "cancelled"
        self.session.save()

        self.assertEqual(self.names(speakers=True), ["Ada"])


class NewsTests(LetterCase):
    def test_who_takes_no_news_is_left_out_of_news_only(self):
        User.objects.filter(pk=self.ben.user_id).update(wants_news=False)

        self.assertEqual(self.names(attendees=True), ["Ada", "Ben"])
        found = self.found(is_news=True, attendees=True)
        self.assertEqual([one.name for one in found.readers], ["Ada"])
        self.assertEqual([one.name for one in found.left_out], ["Ben"])

    def test_who_has_no_account_could_not_unsubscribe_and_gets_none(self):
        make_appearance(make_session(self.edition), make_speaker(email="grace@example.org"))

        self.assertEqual(self.names(is_news=True, speakers=True), [])

    def test_newcomers_are_known_and_have_not_registered_here(self):
        earlier = make_edition(series=self.edition.series)
        for user in (make_user("Cleo"), self.ada.user):
            make_registration(edition=earlier, user=user)
        left = make_registration("Dora", self.edition, status="cancelled")
        make_registration(edition=earlier, user=left.user)
        make_appearance(make_session(self.edition), make_speaker("Hal", user=make_user("Hal")))
        make_registration("Stranger", make_edition())

        self.assertEqual(self.names(newcomers=True), ["Cleo", "Hal"])
