"""A registration passes to another person once; the place stays, what is personal does not."""

from datetime import timedelta

from django.utils import timezone

from conference.models import Membership, Outbox, User
from registration.claims.exceptions import ClaimSpent, MailedJustNow, NoHandingOver, OwnAddress
from registration.exceptions import AlreadyRegistered, ChangedMeanwhile, ChangesClosed, NotForYou
from registration.groups.latecomers import deal_in_latecomers
from registration.groups.services import deal_out
from registration.models import Answer, CheckIn, Claim, PlaceChange, Question, Registration
from registration.services.claims import hand_over, take_over, withdraw
from registration.services.registering import cancel_registration
from tests.factories import (
    make_booking,
    make_edition,
    make_registration,
    make_registration_type,
    make_session,
    make_user,
    make_workshop,
)
from tests.registration.claiming import ClaimCase
from tests.registration.groups.hubs import make_group, make_plan

DETAILS = {
    "role": "research",
    "country": "NL",
    "organisation_name": "Own",
    "dietary_needs": "",
    "access_needs": "",
}


class TakeOverCase(ClaimCase):
    def setUp(self):
        self.ben = make_user("Ben", email="ben@other.example")

    def take(self, user=None, token=None, **fields):
        return take_over(token=token or self.token(), user=user or self.ben, **{**DETAILS, **fields})

    def refused(self, refusal, function, **arguments):
        before = list(Registration.objects.values_list("pk", "user", "status"))
        with self.assertRaises(refusal):
            function(**arguments)
        self.assertEqual(list(Registration.objects.values_list("pk", "user", "status")), before)


class ColleaguesClaimTests(TakeOverCase):
    def setUp(self):
        super().setUp()
        self.made = self.colleagues()[0]

    def test_colleague_has_the_place_with_own_consent_and_the_stand_in_is_gone(self):
        taken = self.take(consent_version="v1")

        self.assertEqual((taken.pk, taken.user, taken.status), (self.made.pk, self.ben, "confirmed"))
        self.assertEqual(
            (taken.role, taken.consent_version, taken.registered_by), ("research", "v1", self.ada)
        )
        self.assertIsNotNone(taken.consent_at)
        self.assertFalse(User.objects.filter(is_active=False).exists())
        self.assertEqual(PlaceChange.objects.latest("pk").reason, "handed_over")
        self.assertEqual(Outbox.objects.latest("pk").recipient, "ben@other.example")

    def test_link_works_once_for_whomever(self):
        token = self.token()
        self.take()

        for user in (self.ben, make_user("Eve")):
            self.refused(ClaimSpent, self.take, user=user, token=token)

    def test_changed_unknown_old_withdrawn_and_cancelled_are_all_the_same(self):
        token = self.token()
        for wrong in (token[:-1], token + "A", "x", "0" * 3000):
            self.refused(ClaimSpent, self.take, token=wrong)
        Claim.objects.update(expires_at=timezone.now())
        self.refused(ClaimSpent, self.take)
        Claim.objects.update(expires_at=timezone.now() + timedelta(days=1))
        cancel_registration(registration=self.made, by=self.ada)
        self.refused(ClaimSpent, self.take)

    def test_who_is_registered_already_or_deactivated_takes_nothing(self):
        make_registration(edition=self.edition, user=self.ben)
        self.refused(AlreadyRegistered, self.take)
        self.refused(ClaimSpent, self.take, user=make_user("Gone", is_active=False))
        self.assertTrue(Claim.objects.usable().exists())

    def test_registrar_has_no_hold_on_what_was_taken_over(self):
        self.take()

        self.refused(ChangedMeanwhile, withdraw, registration=self.made, by=self.ada)

        self.made.refresh_from_db()
        self.assertEqual((self.made.user, self.made.status), (self.ben, "confirmed"))

    def test_place_for_members_makes_a_member_of_who_takes_it(self):
        kind = make_registration_type(self.edition, "Members", for_whom="members")
        self.colleagues("cy@school.example", registration_type=kind)

        self.take()

        row = Membership.objects.get(user=self.ben)
        self.assertEqual((row.status, row.is_administrator, row.is_shown), ("member", False, False))

    def test_after_the_conference_the_link_is_dead(self):
        after = timezone.now() + timedelta(days=40)
        Claim.objects.update(expires_at=after + timedelta(days=9))

        self.refused(ClaimSpent, self.take, at=after)


class HandOverTests(TakeOverCase):
    def setUp(self):
        super().setUp()
        self.mine = make_registration(
            edition=self.edition, user=self.ada, dietary_needs="canary", access_needs="canary", country="BE",
            organisation=self.school, queue_number=7, status="waiting",
        )  # fmt: skip

    def offer(self, email="ben@other.example", **fields):
        return hand_over(registration=self.mine, name="Ben", email=email, **fields)

    def test_place_number_and_bookings_stay_and_everything_personal_goes(self):
        booking = make_booking(self.mine, make_workshop(self.edition))
        question = Question.objects.create(edition=self.edition, label="?")
        Answer.objects.create(
            registration=self.mine, question=question, text="canary", answered_at=timezone.now()
        )
        old = Registration.objects.get(pk=self.mine.pk)
        self.offer()

        taken = self.take()

        self.assertEqual((taken.user, taken.status, taken.queue_number), (self.ben, "waiting", 7))
        self.assertEqual(list(taken.bookings.active()), [booking])
        self.assertEqual((taken.dietary_needs, taken.access_needs, taken.organisation), ("", "", None))
        self.assertEqual(taken.answers.count(), 0)
        self.assertNotEqual(taken.ticket_code, old.ticket_code)
        self.assertNotEqual(taken.consent_at, old.consent_at)
        change = PlaceChange.objects.latest("pk")
        self.assertEqual((change.reason, change.before, change.after), ("handed_over", "waiting", "waiting"))
        self.assertIn("ada@school.example", Outbox.objects.values_list("recipient", flat=True))

    def test_the_group_of_the_former_persons_country_is_left_and_the_colleague_dealt_in(self):
        plan = make_plan(make_session(self.edition))
        belgium, others = make_group(plan, values=["BE"]), make_group(plan, home="others")
        Registration.objects.update(status="confirmed")
        deal_out(plan=plan)
        self.assertEqual(self.mine.group_places.get().group, belgium)
        self.offer()

        self.take(country="IT")
        deal_in_latecomers()

        self.assertEqual(self.mine.group_places.get().group, others)

    def test_offer_changes_nothing_and_can_be_withdrawn(self):
        self.offer()
        self.mine.refresh_from_db()
        self.assertEqual(self.mine.user, self.ada)

        withdraw(registration=self.mine, by=self.ada)

        self.refused(ClaimSpent, self.take)
        self.mine.refresh_from_db()
        self.assertEqual(self.mine.status, "waiting")

    def test_later_offer_ends_the_earlier_one(self):
        self.offer()
        first = self.token()
        self.offer("cy@other.example")

        self.refused(ClaimSpent, self.take, token=first)
        self.assertEqual(self.take().user, self.ben)

    def test_button_pressed_twice_sends_one_mail_whose_link_works(self):
        self.offer()
        self.refused(MailedJustNow, self.offer)

        self.assertEqual(Outbox.objects.filter(recipient="ben@other.example").count(), 1)
        self.assertEqual(self.take().user, self.ben)

    def test_switch_deadline_and_own_address(self):
        self.refused(OwnAddress, self.offer, email="ADA@school.example")
        self.type.can_be_handed_over = False
        self.type.save()
        self.refused(NoHandingOver, self.offer)
        self.type.can_be_handed_over, self.type.changes_close_at = True, timezone.now()
        self.type.save()
        self.refused(ChangesClosed, self.offer)

    def test_deadline_and_switch_hold_to_the_second_also_when_it_is_taken(self):
        closes_at = timezone.now() + timedelta(hours=1)
        self.type.changes_close_at = closes_at
        self.type.save()
        self.offer()

        self.refused(ChangesClosed, self.take, at=closes_at)
        self.assertEqual(self.take(at=closes_at - timedelta(seconds=1)).user, self.ben)

    def test_whoever_was_there_is_nobody_else_later(self):
        CheckIn.objects.create(registration=self.mine, at=timezone.now())

        self.refused(NoHandingOver, self.offer)

    def test_deactivated_owner_hands_nothing_over(self):
        self.offer()
        User.objects.filter(pk=self.ada.pk).update(is_active=False)

        self.refused(ClaimSpent, self.take)

    def test_pending_registration_is_not_handed_over(self):
        Registration.objects.update(status="pending")

        self.refused(NoHandingOver, self.offer)

    def test_kinds_for_members_and_domains_stay_among_them_but_an_invitation_is_passed_on(self):
        self.offer()
        for for_whom, domains in (("members", ""), ("domain", "school.example")):
            self.type.for_whom, self.type.domains = for_whom, domains
            self.type.save()
            self.refused(NotForYou, self.take)
        self.type.for_whom = "invited"
        self.type.save()

        self.assertEqual(self.take().user, self.ben)

    def test_claim_of_another_edition_opens_nothing_there(self):
        other = make_registration(edition=make_edition(), user=self.ben)
        self.offer()

        self.assertEqual(self.take().edition, self.edition)
        other.refresh_from_db()
        self.assertEqual(other.user, self.ben)
