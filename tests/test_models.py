"""The models hold together: every factory makes an object the database accepts."""

from django.test import TestCase

from tests import factories


class FactoryTests(TestCase):
    def test_a_whole_edition_can_be_made(self):
        edition = factories.make_edition()
        workshop = factories.make_workshop(edition, capacity=3)
        factories.make_appearance(workshop)
        release = factories.make_release(edition)
        factories.make_slot(workshop, release=release, room=factories.make_room(edition))
        presentation = factories.make_presentation(workshop)
        booking = factories.make_booking(factories.make_registration(edition=edition), workshop)

        self.assertEqual(booking.workshop, workshop)
        self.assertEqual(presentation.edition, edition)
