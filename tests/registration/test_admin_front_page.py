import re
from html import unescape

from django.test import TestCase, override_settings

from tests.admin_forms import make_staff
from tests.factories import (
    make_booking,
    make_edition,
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

    def test_another_edition_can_be_chosen(self):
        make_edition("First", is_front_page=True)
        second = make_edition("Second")

        self.assertContains(self.client.get("/admin/", {"edition": second.pk}), "Second in numbers")
        self.assertContains(self.client.get("/admin/", {"edition": "9" * 50}), "First in numbers")


def numbers_of(page):
    """Pairs of address and number from the figures of the front page."""
    pairs = re.findall(r'<dd><a href="([^"]+)">(\d+)</a></dd>', page)
    return [(unescape(address), int(value)) for address, value in pairs]
