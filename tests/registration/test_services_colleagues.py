"""Several colleagues at once: all or none, each with an own registration, and nobody learns who has an account."""

from datetime import timedelta

from django.utils import timezone

from conference.models import Edition, Outbox, User
from registration.claims.exceptions import (
    NotOfOrganisation,
    PlacesLack,
    RowsRefused,
    TooManyHeld,
    TooManyMails,
)
from registration.exceptions import RegistrationClosed
from registration.models import Claim, PlaceChange, Registration
from registration.services.claims import send_again, take_over, withdraw
from registration.services.colleagues import (
    end_unclaimed,
    erase_old_claims,
    register_colleagues,
    types_for_colleagues,
)
from tests.factories import (
    make_edition,
    make_membership,
    make_organisation,
    make_registration,
    make_registration_type,
    make_user,
)
from tests.registration.claiming import ClaimCase


class AllOrNoneTests(ClaimCase):
    def refused(self, refusal, *emails, **fields):
        before = [model.objects.count() for model in (Registration, User, Claim, Outbox, PlaceChange)]
        with self.assertRaises(refusal) as caught:
            self.colleagues(*emails, **fields)
        after = [model.objects.count() for model in (Registration, User, Claim, Outbox, PlaceChange)]
        self.assertEqual(after, before)
        return caught.exception

    def test_each_has_an_own_registration_noted_and_mailed(self):
        made = self.colleagues("ben@school.example", "Cy@School.example")

        self.assertEqual([one.status for one in made], ["confirmed", "confirmed"])
        self.assertEqual({one.registered_by for one in made}, {self.ada})
        self.assertEqual([one.consent_at for one in made], [None, None])
        self.assertEqual(list(PlaceChange.objects.values_list("reason", "by")), [("taken", self.ada.pk)] * 2)
        recipients = Outbox.objects.order_by("pk").values_list("recipient", flat=True)
        self.assertEqual(list(recipients), ["ben@school.example", "cy@school.example"])

    def test_one_too_many_at_the_last_seat_registers_nobody_and_says_how_many_are_left(self):
        self.type.capacity = 3
        self.type.save()
        make_registration(edition=self.edition)

        refusal = self.refused(PlacesLack, "a@x.example", "b@x.example", "c@x.example")

        self.assertEqual((refusal.left, refusal.wanted), (2, 3))
        self.assertIn("Only 2 places are left for 3 people", str(refusal))
        self.assertEqual(len(self.colleagues("a@x.example", "b@x.example")), 2)

    def test_whoever_waits_comes_before_colleagues(self):
        self.type.capacity = 1
        self.type.save()
        waiting = make_registration(edition=self.edition, status="waiting", queue_number=1)

        self.refused(PlacesLack)

        waiting.refresh_from_db()
        self.assertEqual(waiting.status, "waiting")  # what filled the place was taken back with the refusal

    def test_rows_say_what_is_wrong_with_each_and_nothing_about_accounts(self):
        make_user("Known", email="known@x.example")
        make_registration(edition=self.edition, user=make_user("Here", email="here@x.example"))
        self.colleagues("before@x.example")

        refusal = self.refused(
            RowsRefused, "known@x.example", "here@x.example", "ADA@school.example", "before@x.example",
            "new@x.example", "NEW@x.example",
        )  # fmt: skip

        self.assertEqual(set(refusal.rows), {2, 3, 5})
        self.assertEqual(len(self.colleagues("known@x.example", "here@x.example")), 2)

    def test_mail_holds_nothing_that_anybody_made_up(self):
        self.colleagues()

        mail = Outbox.objects.get()
        self.assertTrue(mail.is_secret)
        self.assertIn("ada@school.example", mail.text)
        for made_up in ("WIN", "evil", "Ben"):
            self.assertNotIn(made_up, mail.text + mail.subject + mail.html)
        self.assertNotIn(self.token(), str(Claim.objects.values().get()))

    def test_mails_are_limited_by_person_and_by_address(self):
        """Twenty colleagues in one go, then none until the next day: neither a new one nor the same one again."""
        Edition.objects.update(held_by_organisation=None)
        now = timezone.now()
        made = self.colleagues(*[f"p{number}@x.example" for number in range(20)])

        self.refused(TooManyMails)
        with self.assertRaises(TooManyMails):
            send_again(registration=made[0], by=self.ada, at=now + timedelta(hours=23))
        self.assertEqual(Outbox.objects.count(), 20)
        send_again(registration=made[0], by=self.ada, at=now + timedelta(hours=25))
        self.assertEqual(Outbox.objects.count(), 21)

        Claim.objects.update(offered_by=None, email="ben@school.example")
        self.refused(TooManyMails)
        Claim.objects.update(created_at=timezone.now() - timedelta(days=2))
        self.assertEqual(len(self.colleagues()), 1)

    def hold(self, most):
        Edition.objects.update(held_by_organisation=most)

    def test_no_more_places_wait_for_one_organisation_than_the_organisers_allow(self):
        self.hold(3)
        first = self.colleagues("a@x.example", "b@x.example")[0]
        ben = make_membership(self.school, make_user("Ben")).user
        for by in (self.ada, ben):
            refusal = self.refused(TooManyHeld, "c@x.example", "d@x.example", by=by)
        self.assertIn("At most 3 places", str(refusal))
        self.assertIn("2 wait to be taken over", str(refusal))
        self.colleagues("c@x.example", by=ben)
        self.refused(TooManyHeld, "d@x.example")

        withdraw(registration=first, by=self.ada)

        self.assertEqual(len(self.colleagues("d@x.example")), 1)

    def test_what_was_taken_over_counts_no_more_and_other_editions_never(self):
        self.hold(1)
        self.colleagues()
        take_over(token=self.token(), user=make_user("Ben", email="ben@school.example"))
        there = make_registration_type(make_edition())

        self.assertEqual(len(self.colleagues("c@x.example")), 1)
        self.assertEqual(len(self.colleagues("c@x.example", registration_type=there)), 1)

    def test_nobody_keeps_more_by_means_of_several_organisations(self):
        self.hold(2)
        self.colleagues("a@x.example", "b@x.example")
        other = make_organisation("Other")
        make_membership(other, self.ada, is_administrator=True)

        self.refused(TooManyHeld, "c@x.example", organisation=other)

    def test_where_organisers_allow_none_nobody_registers_colleagues(self):
        self.hold(0)
        self.edition.refresh_from_db()

        self.assertEqual(types_for_colleagues(self.edition, user=self.ada, organisation=self.school), [])
        self.refused(NotOfOrganisation)

    def test_more_than_twenty_or_nobody_is_refused(self):
        self.refused(RowsRefused, *[f"{n}@x.example" for n in range(21)])
        with self.assertRaises(RowsRefused):
            register_colleagues(
                by=self.ada, organisation=self.school, registration_type=self.type, colleagues=[]
            )

    def test_kind_that_needs_approval_takes_no_place(self):
        self.type.needs_approval, self.type.capacity = True, 0
        self.type.save()

        self.assertEqual(
            [one.status for one in self.colleagues("a@x.example", "b@x.example")], ["pending"] * 2
        )

    def test_closed_kind_and_strangers_are_refused(self):
        self.refused(NotOfOrganisation, by=make_user("Stranger"))
        asked = make_membership(self.school, make_user("Asked"), status="asked")
        self.refused(NotOfOrganisation, by=asked.user)
        self.ada.is_active = False
        self.refused(NotOfOrganisation)
        self.ada.is_active = True
        self.ada.emailaddress_set.update(verified=False)
        self.refused(NotOfOrganisation)
        self.ada.emailaddress_set.update(verified=True)
        closed = make_registration_type(make_edition(registration_closes_at=timezone.now()))
        self.refused(RegistrationClosed, registration_type=closed)


class ReservedPlacesTests(ClaimCase):
    def setUp(self):
        self.reserved = make_registration_type(self.edition, "Members", for_whom="members")
        self.reserved.organisations.add(self.school)

    def kinds(self, user, organisation=None):
        found = types_for_colleagues(self.edition, user=user, organisation=organisation or self.school)
        return [kind.name for kind in found]

    def test_places_for_members_are_given_by_administrators_only(self):
        plain = make_membership(self.school).user

        self.assertEqual(self.kinds(self.ada), ["Participant", "Members"])
        self.assertEqual(self.kinds(plain), ["Participant"])
        with self.assertRaises(NotOfOrganisation):
            self.colleagues(by=plain, registration_type=self.reserved)

    def test_administrator_of_another_organisation_has_none_of_them(self):
        other = make_organisation("Other")
        make_membership(other, self.ada, is_administrator=True)

        self.assertEqual(self.kinds(self.ada, other), ["Participant"])
        with self.assertRaises(NotOfOrganisation):
            self.colleagues(organisation=other, registration_type=self.reserved)

    def test_kind_for_a_domain_takes_addresses_there_only(self):
        kind = make_registration_type(self.edition, "Domain", for_whom="domain", domains="school.example")

        with self.assertRaises(RowsRefused) as refusal:
            self.colleagues("ben@school.example", "eve@evil.example", registration_type=kind)

        self.assertEqual(set(refusal.exception.rows), {1})

    def test_kind_with_an_invitation_link_is_not_among_them(self):
        make_registration_type(self.edition, "Invited", for_whom="invited")

        self.assertEqual(self.kinds(self.ada), ["Participant", "Members"])


class GivingBackTests(ClaimCase):
    def setUp(self):
        self.type.capacity = 1
        self.type.save()
        self.made = self.colleagues()[0]
        self.waiting = make_registration(edition=self.edition, status="waiting", queue_number=9)

    def statuses(self):
        return [Registration.objects.get(pk=one.pk).status for one in (self.made, self.waiting)]

    def test_withdrawn_place_goes_to_the_head_of_the_queue(self):
        withdraw(registration=self.made, by=self.ada)

        self.assertEqual(self.statuses(), ["cancelled", "confirmed"])
        self.assertEqual(Claim.objects.usable().count(), 0)

    def test_new_link_ends_the_former_one(self):
        former = Claim.objects.get()

        send_again(registration=self.made, by=self.ada, at=timezone.now() + timedelta(minutes=10))

        former.refresh_from_db()
        self.assertIsNotNone(former.withdrawn_at)
        self.assertEqual(Claim.objects.usable().get().email, "ben@school.example")

    def test_what_nobody_took_over_in_time_goes_back_and_the_person_is_forgotten(self):
        self.assertEqual(end_unclaimed(timezone.now() + timedelta(days=13)), 0)

        self.assertEqual(end_unclaimed(timezone.now() + timedelta(days=15)), 1)

        self.assertEqual(self.statuses(), ["cancelled", "confirmed"])
        told = Outbox.objects.filter(recipient="ada@school.example").get()
        self.assertIn("ben@school.example", told.text)
        self.assertEqual(erase_old_claims(timezone.now() + timedelta(days=50)), 1)
        self.assertEqual(list(Claim.objects.values_list("name", "email")), [("–", "")])
        self.assertFalse(User.objects.filter(name="Ben Colleague").exists())

    def test_nothing_goes_back_while_the_conference_goes_on(self):
        self.edition.starts_on = self.edition.ends_on = timezone.localdate() + timedelta(days=15)
        self.edition.save()

        self.assertEqual(end_unclaimed(timezone.now() + timedelta(days=15)), 0)

        self.assertEqual(self.statuses(), ["confirmed", "waiting"])
