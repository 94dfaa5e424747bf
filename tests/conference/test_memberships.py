"""Organisations: who founds one administers it, a confirmed address lets in, everyone else is decided about."""

from django.contrib.auth.models import Group
from django.test import TestCase

from conference.accounts.exceptions import MembershipRefused
from conference.models import Membership, Organisation, Outbox
from conference.services import memberships
from conference.similar_names import organisations_called, similar_to
from tests.factories import make_membership, make_organisation, make_organiser, make_user

Status = Membership.Status
FACTS = {"name": "Atheneum Noord", "kind": "school", "city": "Ghent", "country": "BE"}


class MembershipCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = make_user("Ada", email="ada@school.example")
        cls.ben = make_user("Ben", email="ben@school.example")
        cls.eve = make_user("Eve", email="eve@gmail.com")
        cls.school = make_organisation("A school", domain="school.example")

    def refused(self, words, function, **arguments):
        with self.assertRaises(MembershipRefused) as refusal:
            function(**arguments)
        self.assertIn(words, str(refusal.exception))

    def mails(self):
        return [(mail.recipient, mail.subject) for mail in Outbox.objects.order_by("pk")]


class FoundTests(MembershipCase):
    def test_founder_is_the_first_member_and_administers_it(self):
        made = memberships.found(user=self.ada, **FACTS, domain="School.example")

        self.assertEqual((made.status, made.is_administrator, made.is_shown), ("member", True, False))
        self.assertEqual(
            (made.organisation.slug, made.organisation.domain), ("atheneum-noord", "school.example")
        )

    def test_domain_is_one_in_which_the_founder_has_a_confirmed_address_and_nobody_else_can_have_any(self):
        self.refused(
            "no confirmed address", memberships.found, user=self.ada, **FACTS, domain="other.example"
        )
        self.refused("Anybody can have", memberships.found, user=self.eve, **FACTS, domain="gmail.com")
        self.ada.emailaddress_set.create(email="ada@other.example", verified=False)
        self.refused(
            "no confirmed address", memberships.found, user=self.ada, **FACTS, domain="other.example"
        )
        self.assertEqual(Organisation.objects.count(), 1)

    def test_unconfirmed_or_deactivated_account_founds_and_asks_nothing(self):
        self.ben.emailaddress_set.update(verified=False)
        self.eve.is_active = False

        for user in (self.ben, self.eve):
            self.refused("Confirm", memberships.found, user=user, **FACTS)
            self.refused("Confirm", memberships.ask, user=user, organisation=self.school)

    def test_second_organisation_of_a_name_has_an_address_of_its_own(self):
        slugs = [memberships.found(user=self.ada, **FACTS).organisation.slug for _round in range(3)]

        self.assertEqual(slugs, ["atheneum-noord", "atheneum-noord-2", "atheneum-noord-3"])
        other = memberships.found(user=self.ada, **{**FACTS, "name": "学校"})
        self.assertEqual(other.organisation.slug, "organisation")


class AskTests(MembershipCase):
    def test_confirmed_address_in_the_domain_joins_at_once_without_a_mail(self):
        made = memberships.ask(user=self.ada, organisation=self.school)

        self.assertEqual((made.status, made.is_administrator), (Status.MEMBER, False))
        self.assertEqual(self.mails(), [])

    def test_public_provider_never_lets_in_even_if_an_organiser_wrote_it_down(self):
        Organisation.objects.update(domain="gmail.com")

        self.assertEqual(memberships.ask(user=self.eve, organisation=self.school).status, Status.ASKED)

    def test_domain_below_or_beside_does_not_let_in(self):
        for email in ("x@pupils.school.example", "x@notschool.example", "x@school.example.evil.example"):
            user = make_user("X", email=email)
            self.assertEqual(memberships.ask(user=user, organisation=self.school).status, Status.ASKED)

    def test_request_goes_to_active_administrators_and_names_only_the_address(self):
        make_membership(self.school, self.ada, is_administrator=True)
        gone = make_user("Gone", is_active=False)
        make_membership(self.school, gone, is_administrator=True)
        self.eve.name = "WIN MONEY www.evil.example"
        self.eve.save()

        memberships.ask(user=self.eve, organisation=self.school)

        mail = Outbox.objects.get()
        self.assertEqual(mail.recipient, "ada@school.example")
        self.assertIn("eve@gmail.com", mail.text)
        self.assertNotIn("evil", mail.text)
        self.assertIn(f"/accounts/organisation/{self.school.slug}/", mail.text)

    def test_without_an_administrator_the_organisers_are_asked(self):
        organiser = make_organiser()
        organiser.groups.add(Group.objects.get(name="organiser"))

        memberships.ask(user=self.eve, organisation=self.school)

        self.assertIn(f"/admin/conference/organisation/{self.school.pk}/change/", Outbox.objects.last().text)

    def test_asking_twice_is_refused_also_after_a_refusal(self):
        row = memberships.ask(user=self.eve, organisation=self.school)
        self.refused("already", memberships.ask, user=self.eve, organisation=self.school)

        memberships.refuse(membership=row, by=self.ada)
        memberships.leave(membership=row)

        self.refused("already", memberships.ask, user=self.eve, organisation=self.school)


class DecideTests(MembershipCase):
    def setUp(self):
        self.request = make_membership(self.school, self.eve, status=Status.ASKED)

    def test_first_member_administers_the_next_does_not(self):
        memberships.approve(membership=self.request, by=self.ada)
        second = make_membership(self.school, self.ben, status=Status.ASKED)
        memberships.approve(membership=second, by=self.ada)

        rows = self.school.memberships.order_by("pk").values_list("status", "is_administrator")
        self.assertEqual(list(rows), [("member", True), ("member", False)])

    def test_second_click_sends_no_second_mail_and_a_withdrawn_request_is_not_approved(self):
        for _click in range(2):
            memberships.approve(membership=self.request, by=self.ada)
        self.assertEqual(self.mails(), [("eve@gmail.com", "You are a member of A school")])

        self.request.delete()
        self.request.pk = 10**6
        self.refused("withdrawn", memberships.approve, membership=self.request, by=self.ada)

    def test_refused_person_is_told_and_can_be_let_in_after_all(self):
        memberships.refuse(membership=self.request, by=self.ada)
        memberships.approve(membership=self.request, by=self.ada)

        self.assertEqual([subject for _to, subject in self.mails()],
                         ["Your request to A school", "You are a member of A school"])  # fmt: skip
        self.assertEqual(self.school.memberships.get().status, Status.MEMBER)


class LeaveTests(MembershipCase):
    def setUp(self):
        self.first = make_membership(self.school, self.ada, is_administrator=True)

    def test_last_administrator_cannot_leave_step_down_or_be_removed_while_others_are_there(self):
        make_membership(self.school, self.ben)

        self.refused("another member", memberships.leave, membership=self.first)
        self.refused("another member", memberships.remove, membership=self.first, by=self.ada)
        self.refused(
            "another member", memberships.set_administrator,
            membership=self.first, is_administrator=False, by=self.ada,
        )  # fmt: skip

    def test_last_person_leaves_and_the_organisation_stays_for_its_next_one(self):
        memberships.leave(membership=self.first)

        self.assertEqual(self.school.memberships.count(), 0)
        self.assertTrue(Organisation.objects.filter(pk=self.school.pk).exists())

    def test_administration_is_handed_on(self):
        second = make_membership(self.school, self.ben)

        memberships.set_administrator(membership=second, is_administrator=True, by=self.ada)
        memberships.leave(membership=self.first)

        self.assertEqual(
            [(row.user, row.is_administrator) for row in self.school.memberships.all()], [(self.ben, True)]
        )

    def test_removed_member_is_told(self):
        second = make_membership(self.school, self.ben)

        memberships.remove(membership=second, by=self.ada)

        self.assertEqual(self.mails(), [("ben@school.example", "You are no longer a member of A school")])

    def test_description_is_changed_by_active_administrators_only(self):
        self.refused(
            "Only its administrators", memberships.describe, organisation=self.school, by=self.ben, city="X"
        )
        self.refused(
            "no confirmed address",
            memberships.describe,
            organisation=self.school,
            by=self.ada,
            domain="x.example",
        )

        memberships.describe(organisation=self.school, by=self.ada, city="Ghent", domain="")

        self.school.refresh_from_db()
        self.assertEqual((self.school.city, self.school.domain), ("Ghent", ""))


class SimilarNamesTests(TestCase):
    def test_hint_finds_the_same_name_without_accents_signs_filling_words_or_a_letter(self):
        known = make_organisation("GO! Busleyden Atheneum Pitzemburg", acronym="BAP", city="Mechelen")
        make_organisation("Another school entirely")

        for name in ("go busleyden-atheneum pitzemburg", "Busleiden Atheneum Pitzenburg", "B.A.P".replace(".", ""),
                     "Het Busleyden Atheneum"):  # fmt: skip
            with self.subTest(name=name):
                self.assertEqual(similar_to(name), [known])
        self.assertEqual(similar_to("University of Oslo"), [])

    def test_search_finds_words_in_name_acronym_and_town(self):
        known = make_organisation("École élémentaire", acronym="EE", city="Liège")

        for words in ("ecole", "ÉCOLE liege", "ee"):
            self.assertEqual(organisations_called(words), [known])
        self.assertEqual(organisations_called("%"), [])
        self.assertEqual(organisations_called("oslo"), [])
