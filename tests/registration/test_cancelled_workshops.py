"""A cancelled workshop takes nobody in; who had a place sees that it is cancelled, and has it back if it returns."""

from django.test import TestCase

from conference.models import Outbox
from registration.exceptions import WorkshopCancelled
from registration.models import WorkshopBooking
from registration.places import NO_PLACES, places_in
from registration.services.booking import book_workshop, cancel_booking
from sessions.services.publishing import cancel, publish, withdraw
from tests.factories import make_booking, make_edition, make_registration, make_user, make_workshop

Status = WorkshopBooking.Status


class CancelledWorkshopTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.workshop = make_workshop(cls.edition, "Clay", capacity=1)
        cls.ada, cls.ben = make_registration("Ada", cls.edition), make_registration("Ben", cls.edition)
        cls.cas = make_registration("Cas", cls.edition)
        cls.place = make_booking(cls.ada, cls.workshop, queue_number=1)
        cls.queued = make_booking(cls.ben, cls.workshop, status=Status.WAITING, queue_number=2)
        cancel(session=cls.workshop)
        cls.book_url = f"/{cls.edition.slug}/workshops/{cls.workshop.slug}/book/"

    def test_nobody_can_book_it(self):
        with self.assertRaises(WorkshopCancelled):
            book_workshop(registration=self.cas, workshop=self.workshop)

        self.assertEqual(self.workshop.bookings.count(), 2)

    def test_a_form_opened_before_is_told_so(self):
        self.client.force_login(self.cas.user)
        page = self.client.post(self.book_url, {"waiting_ok": "on"}, follow=True)

        self.assertContains(page, "This workshop is cancelled.")
        self.assertEqual(self.workshop.bookings.count(), 2)

    def test_its_page_offers_no_place(self):
        for user in (self.cas.user, self.ada.user, make_user()):
            self.client.force_login(user)
            page = self.client.get(self.workshop.get_absolute_url())
            self.assertContains(page, "This workshop is cancelled.")
            self.assertNotContains(page, "A place in this workshop")
        self.assertEqual(places_in([self.workshop]).get(self.workshop.pk, NO_PLACES), NO_PLACES)

    def test_who_has_a_place_sees_that_it_is_cancelled(self):
        self.client.force_login(self.ada.user)
        page = self.client.get(f"/{self.edition.slug}/my-registration/")

        self.assertContains(page, "This workshop is cancelled.")
        self.assertContains(page, self.workshop.get_absolute_url())
        self.assertNotContains(page, "you have a place")
        self.assertNotContains(page, "Give the place back")

    def test_it_is_not_in_the_way_of_another_workshop_for_those_who_had_a_place(self):
        other = make_workshop(self.edition, "Paint")

        self.assertTrue(book_workshop(registration=self.ada, workshop=other).is_confirmed)

    def test_nobody_moves_up_or_is_mailed_while_it_is_cancelled(self):
        Outbox.objects.all().delete()
        cancel_booking(booking=self.place)
        self.queued.refresh_from_db()

        self.assertEqual(self.queued.status, Status.WAITING)
        self.assertEqual([mail.recipient for mail in Outbox.objects.all()], [self.ada.user.email])

    def test_published_again_the_places_stand_and_what_came_free_goes_to_the_queue(self):
        for step in (cancel, withdraw):
            step(session=self.workshop)
        cancel_booking(booking=self.place)
        publish(session=self.workshop)
        self.queued.refresh_from_db()

        self.assertEqual(self.queued.status, Status.CONFIRMED)
