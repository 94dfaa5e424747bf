"""Rooms in the admin of a venue: each has an address of its own in its edition."""

from django.test import TestCase

from conference.models import Room, Venue
from tests.admin_forms import read_form
from tests.factories import make_edition, make_organiser, make_room


class RoomAddressTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        make_room(cls.edition, "Hall", slug="hall")
        cls.annexe = Venue.objects.create(edition=cls.edition, name="Annexe", name_en="Annexe")
        cls.organiser = make_organiser()

    def add_room(self, **fields):
        self.client.force_login(self.organiser)
        url = f"/admin/conference/venue/{self.annexe.pk}/change/"
        data = read_form(self.client, url)
        data |= {f"rooms-0-{name}": value for name, value in fields.items()}
        return self.client.post(url, data)

    def test_the_form_proposes_the_address_from_the_name(self):
        self.client.force_login(self.organiser)
        html = self.client.get(f"/admin/conference/venue/{self.annexe.pk}/change/").content.decode()

        self.assertIn("id_rooms-__prefix__-slug", html)
        self.assertIn("name_en", html.split("data-prepopulated-fields")[1][:600])

    def test_a_room_of_the_edition_at_that_address_is_named_beside_the_field(self):
        response = self.add_room(name_en="Great hall", slug="hall", position=0)

        self.assertContains(response, "Another room of this edition has that address.")
        self.assertEqual(Room.objects.count(), 1)

    def test_another_address_is_taken(self):
        response = self.add_room(name_en="Great hall", slug="great-hall", position=0)

        self.assertEqual(response.status_code, 302, response.content)
        self.assertEqual(Room.objects.get(slug="great-hall").edition, self.edition)
