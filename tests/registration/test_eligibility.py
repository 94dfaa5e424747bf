"""Who may take which kind of registration, on the page and in the service."""

from django.contrib.auth.models import AnonymousUser
from django.test import TestCase

from conference.models import Membership
from registration.exceptions import NotForYou, RegistrationClosed
from registration.models import Registration
from registration.services.eligibility import domains_of, types_for
from registration.services.invitations import renew_invitation
from registration.services.registering import register
from tests.factories import make_edition, make_organisation, make_registration_type, make_user
from tests.registration.pages import ANSWERS, NEWCOMER, RegisterPage


def join(user, organisation, status="member"):
    return Membership.objects.create(user=user, organisation=organisation, status=status)


class TypesForTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.open = make_registration_type(self.edition, "Open")
        self.invited = make_registration_type(self.edition, "Guest", for_whom="invited")
        self.school, self.other = make_organisation("School"), make_organisation("Other")
        self.members = make_registration_type(self.edition, "Members", for_whom="members")
        self.school_only = make_registration_type(self.edition, "School", for_whom="members")
        self.school_only.organisations.add(self.school)
        self.domain = make_registration_type(
            self.edition, "Domain", for_whom="domain", domains="school.example, @Gov.example"
        )
        self.ada = make_user("Ada")

    def names(self, user=None, **options):
        return [kind.name for kind in types_for(self.edition, user=user, **options)]

    def test_strangers_learn_only_of_what_is_for_everyone(self):
        self.assertEqual(self.names(), ["Open"])
        self.assertEqual(self.names(AnonymousUser()), ["Open"])
        self.assertEqual(self.names(self.ada), ["Open"])

    def test_the_key_opens_its_own_kind_only(self):
        self.assertEqual(self.names(invitation_key=self.invited.invitation_key), ["Open", "Guest"])
        self.assertEqual(self.names(invitation_key=self.domain.invitation_key), ["Open"])
        self.assertEqual(self.names(invitation_key="x"), ["Open"])

    def test_members_of_a_named_organisation_or_of_any(self):
        join(self.ada, self.other)
        self.assertEqual(self.names(self.ada), ["Open", "Members"])

        join(self.ada, self.school)
        self.assertEqual(self.names(self.ada), ["Open", "Members", "School"])

    def test_who_only_asked_to_be_a_member_or_was_refused_is_none(self):
        join(self.ada, self.school, status="asked")
        join(self.ada, self.other, status="refused")

        self.assertEqual(self.names(self.ada), ["Open"])

    def test_the_domain_of_a_confirmed_address_counts_exactly(self):
        for email, is_verified, names in (
            ("ada@school.example", True, ["Open", "Domain"]),
            ("ada@GOV.example", True, ["Open", "Domain"]),
            ("ada@school.example", False, ["Open"]),
            ("ada@notschool.example", True, ["Open"]),
            ("ada@sub.school.example", True, ["Open"]),
        ):
            self.ada.emailaddress_set.all().delete()
            self.ada.emailaddress_set.create(email=email, verified=is_verified)
            self.assertEqual(self.names(self.ada), names, email)

    def test_domains_are_read_as_people_write_them(self):
        self.assertEqual(domains_of(self.domain), {"school.example", "gov.example"})

    def test_what_is_closed_is_not_offered(self):
        self.open.delete()
        self.edition.registration_closes_at = self.edition.created_at
        self.edition.save()

        self.assertEqual(self.names(invitation_key=self.invited.invitation_key), [])

    def test_the_service_asks_again(self):
        for kind in (self.invited, self.members, self.school_only, self.domain):
            with self.assertRaises(NotForYou):
                register(user=self.ada, registration_type=kind, role="teacher", country="BE")
        key = self.invited.invitation_key
        made = register(
            user=self.ada, registration_type=self.invited, role="teacher", country="BE", invitation_key=key
        )

        self.assertEqual(made.status, "confirmed")

    def test_a_member_registers_for_the_organisation(self):
        join(self.ada, self.school)

        made = register(user=self.ada, registration_type=self.school_only, role="teacher", country="BE")

        self.assertEqual(made.organisation, self.school)

    def test_an_organiser_registers_whom_they_want(self):
        made = register(
            user=self.ada, registration_type=self.school_only, role="teacher", country="BE", by_organiser=True
        )

        self.assertEqual(made.status, "confirmed")

    def test_closed_comes_before_for_whom(self):
        self.edition.registration_closes_at = self.edition.created_at
        self.edition.save()

        with self.assertRaises(RegistrationClosed):
            register(user=self.ada, registration_type=self.domain, role="teacher", country="BE")


class PageTests(RegisterPage):
    def setUp(self):
        super().setUp()
        self.guest = make_registration_type(self.edition, "Canary guest", for_whom="invited")
        self.secret = make_registration_type(
            self.edition, "Canary school", for_whom="domain", domains="school.example"
        )
        self.invited_url = f"{self.url}invited/{self.guest.invitation_key}/"

    def test_strangers_see_one_page_without_a_word_of_other_kinds(self):
        page = self.client.get(self.url)

        self.assertNotContains(page, "Canary")
        self.assertNotIn("registration_type", page.context["form"].fields)

    def test_who_has_an_address_there_sees_the_kind_and_takes_it(self):
        user = self.log_in(email="ada@school.example")

        self.assertContains(self.client.get(self.url), "Canary school")
        self.client.post(self.url, {**ANSWERS, "registration_type": self.secret.pk})

        self.assertEqual(user.registrations.get().registration_type, self.secret)

    def test_a_guessed_kind_is_refused_like_one_that_is_not_there(self):
        make_registration_type(self.edition, "Online")
        for choice in (self.secret.pk, self.guest.pk, 999999):
            answer = self.client.post(self.url, {**NEWCOMER, "registration_type": choice})

            self.assertEqual(
                answer.context["form"].errors["registration_type"],
                ["Choose one of the kinds that are open now."],
            )
        self.assertEqual(Registration.objects.count(), 0)

    def test_the_link_shows_what_it_invites_to_and_newcomers_register_in_one_page(self):
        page = self.client.get(self.invited_url)

        self.assertContains(page, "Canary guest")
        self.assertNotContains(page, "Canary school")
        self.assertEqual(page["X-Robots-Tag"], "noindex, nofollow")
        self.client.post(self.invited_url, NEWCOMER)
        self.assertEqual(Registration.objects.get().registration_type, self.guest)

    def test_the_key_goes_to_nobody_else_and_browsers_can_still_send_the_form(self):
        # Under "no-referrer" they send it with "Origin: null", which is refused.
        self.assertEqual(self.client.get(self.invited_url)["Referrer-Policy"], "strict-origin")

    def test_other_links_lead_nowhere(self):
        foreign = make_registration_type(make_edition(), for_whom="invited")
        for key in ("x", foreign.invitation_key, self.secret.invitation_key, self.type.invitation_key):
            self.assertEqual(self.client.get(f"{self.url}invited/{key}/").status_code, 404, key)

    def test_a_new_link_ends_the_former_one(self):
        renew_invitation(registration_type=self.guest)

        self.assertEqual(self.client.get(self.invited_url).status_code, 404)

    def test_an_invitation_that_is_closed_says_so(self):
        self.guest.closes_at = self.edition.created_at
        self.guest.save()

        self.assertContains(self.client.get(self.invited_url), "No kind of registration is open any more.")
