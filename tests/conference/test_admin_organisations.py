"""Organisers add, admit and refuse members on the organisation's form, and make one of two that are the same."""

from django.core.exceptions import ValidationError
from django.test import TestCase

from conference.models import Membership, Organisation, Outbox
from conference.services.memberships import found
from conference.services.merging import merge_organisations
from tests.admin_forms import read_form
from tests.factories import (
    make_appearance,
    make_edition,
    make_membership,
    make_organisation,
    make_organiser,
    make_registration,
    make_registration_type,
    make_session,
    make_user,
)


class MembershipInlineTests(TestCase):
    def setUp(self):
        self.school = make_organisation("A school")
        self.asking = make_membership(self.school, make_user("Eve", email="eve@x.example"), status="asked")
        self.client.force_login(make_organiser())
        self.url = f"/admin/conference/organisation/{self.school.pk}/change/"

    def save(self, **changes):
        return self.client.post(self.url, {**read_form(self.client, self.url), **changes}, follow=True)

    def rows(self):
        return list(self.school.memberships.order_by("pk").values_list("status", "is_administrator"))

    def test_approved_request_is_mailed_and_the_first_member_administers(self):
        self.save(**{"memberships-0-status": "member"})

        self.assertEqual(self.rows(), [("member", True)])
        self.assertEqual(Outbox.objects.get().recipient, "eve@x.example")

    def test_refused_request_is_mailed(self):
        self.save(**{"memberships-0-status": "refused"})

        self.assertEqual(self.rows(), [("refused", False)])
        self.assertEqual(Outbox.objects.get().recipient, "eve@x.example")

    def test_last_administrator_is_not_taken_away_from_members(self):
        Membership.objects.update(status="member", is_administrator=True)
        make_membership(self.school)

        page = self.save(**{"memberships-0-DELETE": "on"})

        self.assertContains(page, "Let another member administer the organisation first.")
        self.assertEqual(len(self.rows()), 2)

    def test_nobody_is_shown_by_an_organiser(self):
        self.save(**{"memberships-0-status": "member", "memberships-0-is_shown": "on"})

        self.assertFalse(self.school.memberships.get().is_shown)


class MergeTests(TestCase):
    def setUp(self):
        self.keep, self.other = (
            make_organisation("School"),
            make_organisation("Schol", domain="evil.example", city="Ghent"),
        )
        self.edition = make_edition()

    def merge(self):
        merge_organisations(keep=self.keep, other=self.other)
        self.assertEqual(list(Organisation.objects.all()), [self.keep])
        self.keep.refresh_from_db()

    def test_everything_in_every_app_points_to_the_one_that_stays(self):
        appearance = make_appearance(make_session(self.edition), organisation=self.other)
        registration = make_registration(edition=self.edition, organisation=self.other)
        kind = make_registration_type(self.edition, for_whom="members")
        kind.organisations.add(self.other, self.keep)
        for one in (self.keep, self.other):
            self.edition.parts.create(organisation=one, part="partner")
        self.edition.parts.create(organisation=self.other, part="funder")

        self.merge()

        for row in (appearance, registration):
            row.refresh_from_db()
            self.assertEqual(row.organisation, self.keep)
        self.assertEqual(list(kind.organisations.all()), [self.keep])
        self.assertEqual(sorted(self.keep.parts.values_list("part", flat=True)), ["funder", "partner"])
        self.assertEqual((self.keep.city, self.keep.domain), ("Ghent", ""))

    def test_old_addresses_lead_to_the_one_that_stays_also_after_another_merge(self):
        make_appearance(make_session(self.edition), organisation=self.other)
        make_membership(self.other, user := make_user("Ada"))
        slugs = [self.keep.slug, self.other.slug]
        self.merge()
        last = make_organisation("The school")
        merge_organisations(keep=last, other=self.keep)
        self.client.force_login(user)

        for slug in slugs:
            public, members = f"/organisations/{slug}/", f"/accounts/organisation/{slug}/"
            self.assertRedirects(self.client.get(public), f"/organisations/{last.slug}/", 301)
            self.assertRedirects(self.client.get(members), f"/accounts/organisation/{last.slug}/")

    def test_old_address_tells_nothing_of_an_organisation_that_has_no_public_page(self):
        slug = self.other.slug
        self.merge()

        self.assertEqual(self.client.get(f"/organisations/{slug}/").status_code, 404)

    def test_old_address_is_nobody_elses(self):
        Organisation.objects.filter(pk=self.other.pk).update(slug="schol")
        self.merge()

        founded = found(user=make_user("Ben"), name="Schol", kind="school")
        self.assertEqual(founded.organisation.slug, "schol-2")
        with self.assertRaisesMessage(ValidationError, "This address leads to"):
            Organisation(name="Schol", slug="schol").full_clean()

    def test_administrators_of_the_other_one_administer_only_where_nobody_does(self):
        ada, eve, both = make_user("Ada"), make_user("Eve"), make_user("Both")
        make_membership(self.keep, ada, is_administrator=True)
        make_membership(self.other, eve, is_administrator=True)
        make_membership(self.keep, both, status="asked")
        make_membership(self.other, both)

        self.merge()

        rows = {row.user.name: (row.status, row.is_administrator) for row in self.keep.memberships.all()}
        self.assertEqual(rows, {"Ada": ("member", True), "Eve": ("member", False), "Both": ("member", False)})

    def test_where_nobody_administers_the_others_administrator_does(self):
        make_membership(self.other, make_user("Eve"), is_administrator=True)

        self.merge()

        self.assertTrue(self.keep.memberships.get().is_administrator)

    def test_organiser_merges_on_a_page_that_asks_first(self):
        self.client.force_login(make_organiser())
        address = f"/admin/conference/organisation/{self.other.pk}/merge/"
        self.assertContains(self.client.get(address), "The one that stays")
        self.assertEqual(
            self.client.post(address, {"keep": self.other.pk}).status_code, 200
        )  # not with itself

        self.client.post(address, {"keep": self.keep.pk})

        self.assertEqual(list(Organisation.objects.all()), [self.keep])
