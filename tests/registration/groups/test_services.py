from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registration.groups import services
from registration.groups.exceptions import CannotMerge, GroupGone, NoGroups, NotDealtYet
from registration.groups.latecomers import deal_in_latecomers
from registration.groups.own import circles_in, own_groups
from registration.models import Answer, Question
from registration.services.booking import cancel_booking
from registration.services.registering import cancel_registration
from tests.factories import make_booking, make_edition, make_workshop
from tests.registration.groups.hubs import make_group, make_hubs, make_member, make_plan, seating


class DealingServicesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_hubs()
        cls.edition = cls.plan.session.edition
        cls.belgium, cls.italy, cls.others = cls.plan.groups.all()

    def deal_out(self, **options):
        services.deal_out(plan=self.plan, **options)
        return seating(self.plan)

    def test_everyone_with_a_place_at_the_edition_is_dealt_and_nobody_else(self):
        make_member(self.plan, "Wim", status="waiting")
        make_member(self.plan, "Pia", status="pending")

        self.assertEqual(self.deal_out(), {"Ada": "Belgium", "Ben": "Belgium", "Gia": "Italy"})

    def test_who_comes_later_is_dealt_in_by_the_worker_and_who_cancels_leaves(self):
        late = make_member(self.plan, "Lena", country="LV")
        cancel_registration(registration=self.edition.registrations.get(user__name="Ben"))
        self.assertEqual(deal_in_latecomers(), 1)

        self.assertEqual(seating(self.plan), {"Ada": "Belgium", "Gia": "Italy", "Lena": "Other countries"})
        self.assertEqual(
            own_groups(late.user_id, self.edition)[self.plan.session_id].circle.group, self.others
        )
        self.assertEqual(deal_in_latecomers(), 0)

    def test_who_cancelled_has_no_group_even_before_the_worker_comes_by(self):
        ben = self.edition.registrations.get(user__name="Ben")
        cancel_registration(registration=ben)

        self.assertEqual(own_groups(ben.user_id, self.edition), {})

    def test_latecomers_leave_everyone_else_where_they_are(self):
        self.edition.registrations.filter(user__name="Ada").update(country="IT")

        self.assertEqual(self.deal_out()["Ada"], "Belgium")
        self.assertEqual(self.deal_out(anew=True)["Ada"], "Italy")

    def test_who_was_placed_by_hand_stays_when_all_are_dealt_anew(self):
        ada = self.edition.registrations.get(user__name="Ada")
        services.move(plan=self.plan, registrations=[ada.pk], group=self.italy)

        self.assertEqual(self.deal_out(anew=True)["Ada"], "Italy")
        services.move(plan=self.plan, registrations=[ada.pk], group=None)
        self.assertEqual(seating(self.plan)["Ada"], "Belgium")

    def test_nobody_is_moved_into_another_sessions_group_or_from_another_edition(self):
        elsewhere = make_hubs_elsewhere()
        stranger = make_member(elsewhere, "Stranger")
        with self.assertRaises(GroupGone):
            services.move(plan=self.plan, registrations=[], group=elsewhere.groups.first())

        self.assertEqual(services.move(plan=self.plan, registrations=[stranger.pk], group=self.italy), 0)
        self.assertNotIn("Stranger", seating(self.plan))

    def test_in_a_workshop_that_takes_bookings_only_those_with_a_place_are_dealt(self):
        workshop = make_workshop(make_edition())
        plan = make_plan(workshop)
        make_group(plan, "All", home="others")
        with_place, waiting, _without = (make_member(plan, name) for name in ("Ada", "Ben", "Cas"))
        booking = make_booking(with_place, workshop)
        make_booking(waiting, workshop, status="waiting")
        services.deal_out(plan=plan)
        services.publish(plan=plan)
        self.assertEqual(seating(plan), {"Ada": "All"})
        self.assertIn(workshop.pk, own_groups(with_place.user_id, workshop.edition))

        cancel_booking(booking=booking)

        self.assertEqual(own_groups(with_place.user_id, workshop.edition), {})

    def test_groups_by_role_and_observers(self):
        plan = make_plan(split_by="role", observer_roles=["research"])
        make_group(plan, "Schools", ["teacher", "school_head"])
        make_group(plan, "Observers", home="observers")
        make_member(plan, "Tess", role="teacher")
        make_member(plan, "Rik", role="research")
        make_member(plan, "Nia", role="ngo")
        services.deal_out(plan=plan)

        self.assertEqual(seating(plan), {"Rik": "Observers", "Tess": "Schools"})

    def test_groups_by_the_answer_to_a_question(self):
        plan = make_plan()
        question = Question.objects.create(edition=plan.session.edition, kind="choice", label="Level?")
        primary, secondary = (question.options.create(label=label) for label in ("primary", "secondary"))
        plan.split_by, plan.question = "answer", question
        plan.save()
        make_group(plan, "Primary", [str(primary.pk)])
        make_group(plan, "Secondary", [str(secondary.pk)])
        make_group(plan, "Others", home="others")
        for name, option in (("Ada", primary), ("Ben", secondary), ("Cas", None)):
            answer = Answer.objects.create(
                registration=make_member(plan, name), question=question, answered_at=timezone.now()
            )
            answer.options.set([option] if option else [])
        services.deal_out(plan=plan)

        self.assertEqual(seating(plan), {"Ada": "Primary", "Ben": "Secondary", "Cas": "Others"})

    def test_what_is_not_there_yet_is_refused_in_words(self):
        plan = make_plan()
        for refusal, step in ((NotDealtYet, services.publish), (NoGroups, services.deal_out)):
            with self.assertRaises(refusal) as caught:
                step(plan=plan)
            self.assertTrue(str(caught.exception))

    def test_dealing_takes_the_same_number_of_queries_for_one_and_for_many(self):
        counts = []
        for names in (["Dan"], ["Eva", "Finn", "Geo"]):
            for name in names:
                make_member(self.plan, name)
            with CaptureQueriesContext(connection) as queries:
                services.deal_out(plan=self.plan)
            counts.append(len(queries))

        self.assertEqual(counts[0], counts[1])


class MergingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_hubs()
        cls.belgium, cls.italy, cls.others = cls.plan.groups.all()

    def circles(self):
        return [
            ([group.name for group in circle.groups], [one.name for one in circle.facilitators])
            for circle in circles_in(self.plan.groups.all())
        ]

    def test_merged_groups_sit_together_with_both_facilitators(self):
        services.merge(group=self.italy, into=self.belgium)

        self.assertEqual(
            self.circles(), [(["Belgium", "Italy"], ["Noor", "Giorgio"]), (["Other countries"], [])]
        )
        gia = self.plan.session.edition.registrations.get(user__name="Gia")
        own = own_groups(gia.user_id, self.plan.session.edition)[self.plan.session_id]
        self.assertEqual(own.circle.group, self.belgium)

    def test_undoing_brings_everyone_back_to_where_they_were(self):
        before, seats = self.circles(), seating(self.plan)
        services.merge(group=self.italy, into=self.belgium)
        services.undo_merge(group=self.italy)

        self.assertEqual((self.circles(), seating(self.plan)), (before, seats))

    def test_groups_merge_in_a_row_but_never_in_a_circle_or_twice(self):
        services.merge(group=self.italy, into=self.belgium)
        services.merge(group=self.belgium, into=self.others)
        self.assertEqual(self.circles()[0][0], ["Other countries", "Belgium", "Italy"])
        for group, into in (
            (self.others, self.italy),
            (self.others, self.others),
            (self.italy, self.others),
            (self.others, make_hubs_elsewhere().groups.first()),
        ):
            with self.assertRaises(CannotMerge):
                services.merge(group=group, into=into)


def make_hubs_elsewhere():
    plan = make_plan()
    make_group(plan, "Elsewhere", ["BE"])
    return plan
