import re
from html import unescape

from django.test import TestCase, override_settings
from django.urls import reverse

from tests.admin_forms import make_staff
from tests.factories import (
    make_booking,
    make_edition,
    make_invoice_request,
    make_presentation,
    make_registration,
    make_session,
    make_workshop,
)


@override_settings(STAFF_SECOND_FACTOR=False)
class FrontPageTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("organiser"))

    def test_an_empty_site_has_a_front_page(self):
        self.assertEqual(self.client.get("/admin/").status_code, 200)

    def test_every_number_is_the_length_of_the_list_it_leads_to(self):
        edition, other = make_edition(is_front_page=True), make_edition()
        for where in (edition, other):
            make_session(where, status="draft")
            make_presentation(make_session(where), status="submitted")
            make_booking(make_registration("Ada", where), make_workshop(where, capacity=1))
        page = self.client.get("/admin/")
        found = numbers_of(page.content.decode())

        self.assertGreater(len(found), 15)
        lists = {address: self.client.get(address).context["cl"].result_count for address, _value in found}
        self.assertEqual(dict(found), lists)

    def test_those_who_wait_for_approval_lead_to_whoever_may_decide_to_where_it_is_decided(self):
        edition = make_edition(is_front_page=True)
        make_registration("Ada", edition, status="pending")
        page = f"/admin/registration/registration/pending/{edition.pk}/"
        self.assertIn((page, 1), numbers_of(self.client.get("/admin/").content.decode()))
        self.client.force_login(make_staff("helper"))

        self.assertNotContains(self.client.get("/admin/"), page)

    def test_the_edition_leads_to_its_lists_and_only_to_those_that_have_something(self):
        edition = make_edition(is_front_page=True)
        address = f"/admin/conference/edition/{edition.pk}/change/"
        self.assertContains(self.client.get("/admin/"), f'href="{address}"')
        before = links_of(self.client.get(address))
        ada = make_registration("Ada", edition, status="pending")
        make_invoice_request(make_registration("Ben", edition))

        self.assertEqual(
            links_of(self.client.get(address)) - before,
            {
                f"/admin/registration/registration/pending/{edition.pk}/",
                f"/admin/registration/invoicerequest/?edition={edition.pk}",
            },
        )
        self.assertIn(f"/admin/registration/round/?edition={ada.edition_id}", before)

    def test_another_edition_can_be_chosen(self):
        make_edition("First", is_front_page=True)
        second = make_edition("Second")

        self.assertContains(self.client.get("/admin/", {"edition": second.pk}), "Second in numbers")
        self.assertContains(self.client.get("/admin/", {"edition": "9" * 50}), "First in numbers")


def links_of(response):
    """Where the links above an edition's form lead."""
    return {link["address"] for group in response.context["page_groups"] for link in group["links"]}


def numbers_of(page):
    """Pairs of address and number from the figures of the front page."""
    pairs = re.findall(r'<dd><a href="([^"]+)">(\d+)</a></dd>', page)
    return [(unescape(address), int(value)) for address, value in pairs]


@override_settings(STAFF_SECOND_FACTOR=False)
class WayToTheDeskTests(TestCase):
    def shown_to(self, group):
        self.client.force_login(make_staff(group, email=f"{group.split()[0]}@example.org"))
        return self.client.get(reverse("admin:index"))

    def test_whoever_checks_people_in_finds_the_desk_of_the_edition(self):
        edition = make_edition()
        desk = reverse("registration:desk", args=[edition.slug])

        for group in ("helper", "registration desk", "organiser"):
            self.assertContains(self.shown_to(group), f'href="{desk}"', msg_prefix=group)
        self.assertNotContains(self.shown_to("programme editor"), desk)

    def test_an_edition_that_is_not_on_the_site_has_none(self):
        edition = make_edition(is_published=False)

        self.assertNotContains(self.shown_to("helper"), reverse("registration:desk", args=[edition.slug]))
