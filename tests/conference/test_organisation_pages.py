"""The pages on which a person joins, founds and administers an organisation."""

from django.test import TestCase, override_settings

from conference import settings as product
from conference.models import Membership, Organisation, Outbox
from tests.factories import make_edition, make_membership, make_organisation, make_user

OWN = "/accounts/organisation/"
NEW = "/accounts/new-organisation/"
FACTS = {"name": "Atheneum Noord", "kind": "school", "city": "Ghent", "country": "BE"}


class OrganisationPages(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada = make_user("Ada", email="ada@school.example")
        cls.eve = make_user("Eve")
        cls.school = make_organisation("Busleyden Atheneum", city="Mechelen")

    def setUp(self):
        self.client.force_login(self.ada)

    def step(self, step, slug=None):
        return self.client.post(OWN, {"organisation": slug or self.school.slug, "step": step}, follow=True)

    def members_step(self, step, row, slug=None):
        address = f"{OWN}{slug or self.school.slug}/"
        return self.client.post(address, {"step": step, "membership": row.pk}, follow=True)


class OwnPageTests(OrganisationPages):
    def test_page_finds_an_organisation_and_asks_to_join_it(self):
        self.assertContains(self.client.get(OWN, {"q": "busleyden"}), "Ask to join")
        self.assertContains(self.client.get(OWN, {"q": "nowhere"}), "No organisation of that name")

        self.assertContains(self.step("ask"), "Your request is on its way")
        self.assertContains(self.step("leave"), "Done.")
        self.assertEqual(Membership.objects.count(), 0)

    def test_own_domain_is_offered_and_joined(self):
        Organisation.objects.update(domain="school.example")

        self.assertContains(self.client.get(OWN), "Your address opens these")
        self.assertContains(self.step("ask"), "You are a member now.")

    def test_member_decides_whether_the_page_names_them(self):
        row = make_membership(self.school, self.ada)
        for step, shown in (("show", True), ("hide", False)):
            self.step(step)
            row.refresh_from_db()
            self.assertEqual(row.is_shown, shown)

    def test_someone_elses_membership_is_not_touched(self):
        row = make_membership(self.school, self.eve, is_shown=True)

        for step in ("leave", "hide"):
            self.assertEqual(self.step(step).status_code, 404)

        row.refresh_from_db()
        self.assertTrue(row.is_shown)

    def test_without_a_confirmed_address_the_page_says_what_to_do(self):
        self.ada.emailaddress_set.update(verified=False)

        self.assertContains(self.client.get(OWN), "Confirm your email address first")
        self.assertContains(self.step("ask"), "Confirm your email address first.")
        self.assertEqual(Membership.objects.count(), 0)

    def test_following_a_link_changes_nothing(self):
        self.client.get(OWN, {"organisation": self.school.slug, "step": "ask"})

        self.assertEqual(Membership.objects.count(), 0)

    @override_settings(ACCOUNT_RATE_LIMITS=product.ACCOUNT_RATE_LIMITS)
    def test_requests_are_limited_in_a_day(self):
        for number in range(10):
            self.step("ask", make_organisation(f"School {number}").slug)

        self.assertContains(self.step("ask"), "You asked very often today")
        self.assertEqual(Membership.objects.count(), 10)

    def test_one_and_three_organisations_take_the_same_number_of_queries(self):
        make_membership(self.school, self.ada)
        self.client.get(OWN)
        with self.assertNumQueries(11):
            self.client.get(OWN, {"q": "a"})
        for name in ("Second", "Third"):
            make_membership(make_organisation(name), self.ada)
            make_organisation(f"A {name}")
        with self.assertNumQueries(11):
            self.client.get(OWN, {"q": "a"})


class FoundingPageTests(OrganisationPages):
    def test_new_organisation_is_founded_and_administered(self):
        response = self.client.post(NEW, {**FACTS, "website": "school.example", "domain": "school.example"})

        self.assertRedirects(response, f"{OWN}atheneum-noord/")
        made = Organisation.objects.get(slug="atheneum-noord")
        self.assertEqual((made.website, made.domain), ("https://school.example", "school.example"))
        self.assertTrue(made.memberships.get().is_administrator)

    def test_country_may_be_left_out_and_is_asked_in_words(self):
        self.assertContains(self.client.get("/accounts/new-organisation/"), "Choose a country")
        for country in ("", "PL"):
            self.client.post(
                "/accounts/new-organisation/",
                {"name": f"School {country}", "kind": "school", "country": country},
            )
        found = Organisation.objects.filter(name__startswith="School").order_by("pk")
        self.assertEqual([one.country.code for one in found][-2:], ["", "PL"])

    def test_name_that_is_known_is_hinted_and_founded_only_when_it_is_another(self):
        known = {**FACTS, "name": "busleyden atheneum"}

        self.assertContains(self.client.post(NEW, known), "Busleyden Atheneum, Mechelen")
        self.assertEqual(Organisation.objects.count(), 1)

        self.assertEqual(self.client.post(NEW, {**known, "is_another": "on"}).status_code, 302)

    def test_names_with_line_ends_and_controls_are_refused(self):
        for name in ("A\r\nBcc: x@example.org", "A\x1b[31m", "A\u202eB", "  ", "x" * 300):
            with self.subTest(name=name):
                self.assertEqual(self.client.post(NEW, {**FACTS, "name": name}).status_code, 200)
        self.assertEqual(Organisation.objects.count(), 1)

    def test_foreign_domain_and_other_fields_are_not_taken(self):
        self.assertContains(
            self.client.post(NEW, {**FACTS, "domain": "gov.example"}), "gov.example is not one of"
        )
        self.client.post(NEW, {**FACTS, "slug": "mine", "logo": "x", "id": self.school.pk, "is_shown": "1"})

        self.assertEqual(Organisation.objects.latest("pk").slug, "atheneum-noord")
        self.school.refresh_from_db()
        self.assertEqual(self.school.name, "Busleyden Atheneum")


class MembersPageTests(OrganisationPages):
    def setUp(self):
        super().setUp()
        self.mine = make_membership(self.school, self.ada, is_administrator=True)
        self.request = make_membership(self.school, self.eve, status="asked")
        self.address = f"{OWN}{self.school.slug}/"

    def test_administrator_sees_who_asks_and_lets_them_in(self):
        self.assertContains(self.client.get(self.address), self.eve.email)

        self.members_step("approve", self.request)

        self.request.refresh_from_db()
        self.assertEqual((self.request.status, self.request.is_administrator), ("member", False))
        self.assertEqual(Outbox.objects.get().recipient, self.eve.email)

    def test_page_is_not_there_for_others_and_shows_a_plain_member_only_who_administers(self):
        self.client.force_login(self.eve)
        self.assertEqual(self.client.get(self.address).status_code, 404)  # has only asked
        Membership.objects.filter(pk=self.request.pk).update(status="member")
        make_membership(self.school, make_user("Third person"))

        page = self.client.get(self.address)
        self.assertContains(page, "Ada")
        self.assertNotContains(page, self.ada.email)
        self.assertNotContains(page, "Third person")

    def test_plain_member_administers_nothing(self):
        other = make_membership(self.school, make_user("Third person"), status="asked")
        Membership.objects.filter(pk=self.request.pk).update(status="member")
        self.client.force_login(self.eve)

        for step, row in (("approve", other), ("remove", self.mine), ("administer", self.request)):
            self.members_step(step, row)
        self.client.post(self.address, {"step": "describe", "city": "Elsewhere"})

        self.assertEqual(
            list(self.school.memberships.order_by("pk").values_list("status", "is_administrator")),
            [("member", True), ("member", False), ("asked", False)],
        )
        self.school.refresh_from_db()
        self.assertEqual(self.school.city, "Mechelen")

    def test_administrator_of_one_organisation_decides_nothing_in_another(self):
        foreign = make_membership(make_organisation("Other"), self.eve, status="asked")

        self.assertEqual(self.members_step("approve", foreign).status_code, 404)

        foreign.refresh_from_db()
        self.assertEqual(foreign.status, "asked")

    def test_deactivated_administrator_reaches_nothing(self):
        self.ada.is_active = False
        self.ada.save()

        self.assertEqual(self.client.get(self.address).status_code, 302)
        self.client.post(self.address, {"step": "approve", "membership": self.request.pk})
        self.request.refresh_from_db()
        self.assertEqual(self.request.status, "asked")

    def test_description_is_changed_but_never_the_name_nor_a_website_that_organisers_link_to(self):
        make_edition().parts.create(organisation=self.school, part="partner")
        data = {
            "step": "describe",
            "name": "Mine",
            "website": "https://evil.example",
            "city": "Antwerp",
            "country": "BE",
        }

        self.client.post(self.address, {**data, "domain": "school.example"})

        self.school.refresh_from_db()
        self.assertEqual((self.school.name, self.school.website), ("Busleyden Atheneum", ""))
        self.assertEqual((self.school.city, self.school.domain), ("Antwerp", "school.example"))
