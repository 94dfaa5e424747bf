"""What an edition asks and lets people choose is copied; what they answered and chose stays."""

from datetime import date, datetime

from django.test import TestCase

from registration.models import (
    GroupPlan,
    RoundWorkshop,
)
from registration.services.copying import copy_whole_edition
from sessions.models import (
    Session,
)
from tests.registration.whole_edition import BRUSSELS, make_full_edition, plan


class CopyingChoicesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.old = make_full_edition()
        cls.new = copy_whole_edition(edition=cls.old, plan=plan())

    def session(self, title):
        old = Session.objects.get(edition=self.old, title=title)
        return Session.objects.get(edition=self.new, slug=old.slug)

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
