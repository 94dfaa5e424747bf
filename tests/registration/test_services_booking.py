from datetime import UTC, datetime, timedelta

from django.test import TestCase
from django.utils import timezone

from conference.models import Outbox
from registration.exceptions import AlreadyBooked, BecameFull, BookingClosed, NotRegistered, WorkshopClash
from registration.models import WorkshopBooking
from registration.services.booking import book_workshop, cancel_booking
from registration.services.waiting_list import fill_free_places
from sessions.models import Session
from tests.factories import (
    make_edition,
    make_registration,
    make_release,
    make_slot,
    make_workshop,
)

Status = WorkshopBooking.Status
MORNING = datetime(2027, 3, 13, 9, 30, tzinfo=UTC)


class BookWorkshopTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.workshop = make_workshop(self.edition, capacity=1)
        self.ada = make_registration("Ada", self.edition)
        self.ben = make_registration("Ben", self.edition)

    def book(self, registration, **options):
        return book_workshop(registration=registration, **{"workshop": self.workshop, **options})

    def test_free_place_is_confirmed(self):
        self.assertEqual(self.book(self.ada).status, Status.CONFIRMED)

    def test_full_workshop_puts_attendee_on_the_waiting_list(self):
        self.book(self.ada)

        self.assertEqual(self.book(self.ben).status, Status.WAITING)

    def test_who_may_not_wait_is_told_first(self):
        self.book(self.ada)

        with self.assertRaises(BecameFull) as refusal:
            self.book(self.ben, may_wait=False)

        self.assertEqual(refusal.exception.position, 1)
        self.assertEqual(self.workshop.bookings.count(), 1)

    def test_same_attendee_cannot_book_twice(self):
        self.book(self.ada)

        with self.assertRaises(AlreadyBooked):
            self.book(self.ada)

        self.assertEqual(self.workshop.bookings.count(), 1)

    def test_a_registration_that_waits_or_is_cancelled_cannot_book(self):
        for status in ("waiting", "pending", "cancelled"):
            place = make_registration("Cy", self.edition, status=status)
            with self.assertRaises(NotRegistered):
                self.book(place)

    def test_a_registration_of_another_edition_cannot_book(self):
        with self.assertRaises(NotRegistered):
            self.book(make_registration("Cy", make_edition()))

    def test_workshop_without_bookings_unpublished_or_over_cannot_be_booked(self):
        for fields in ({"takes_bookings": False}, {"status": "draft"}, {"status": "withdrawn"}):
            with self.assertRaises(BookingClosed):
                self.book(self.ada, workshop=make_workshop(self.edition, **fields))
        with self.assertRaises(BookingClosed):
            self.book(self.ada, at=timezone.now() + timedelta(days=60))

    def test_workshops_can_still_be_chosen_after_registration_has_closed(self):
        after_closing = self.edition.registration_closes_at + timedelta(days=1)

        self.assertEqual(self.book(self.ada, at=after_closing).status, Status.CONFIRMED)

    def test_cancelling_passes_the_place_to_the_first_in_the_queue(self):
        place, queued = self.book(self.ada), self.book(self.ben)

        cancel_booking(booking=place)

        queued.refresh_from_db()
        self.assertEqual(queued.status, Status.CONFIRMED)
        self.assertIn(f"/workshops/{self.workshop.slug}/give-back/", Outbox.objects.first().text)
        self.assertEqual(Outbox.objects.first().recipient, self.ben.user.email)

    def test_cancelling_twice_promotes_once(self):
        place, queued = self.book(self.ada), self.book(self.ben)
        last = self.book(make_registration("Cy", self.edition))

        for _time in range(2):
            cancel_booking(booking=place)

        statuses = [type(p).objects.get(pk=p.pk).status for p in (queued, last)]
        self.assertEqual(statuses, [Status.CONFIRMED, Status.WAITING])

    def test_a_place_in_what_is_no_workshop_any_more_can_be_given_back(self):
        place = self.book(self.ada)
        Session.objects.update(kind="session", takes_bookings=False)

        cancel_booking(booking=place)

        place.refresh_from_db()
        self.assertEqual(place.status, Status.CANCELLED)

    def test_raising_the_capacity_promotes(self):
        self.book(self.ada)
        queued = self.book(self.ben)
        self.workshop.capacity = 2
        self.workshop.save()

        promoted = fill_free_places(workshop=self.workshop)

        self.assertEqual(promoted, [queued])

    def test_mail_of_a_waiting_attendee_says_the_position(self):
        self.book(self.ada)
        self.book(self.ben)

        self.assertIn("number 1 on the waiting list", Outbox.objects.first().subject)


class ClashTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.release = make_release(self.edition)
        self.ada = make_registration("Ada", self.edition)
        self.early = self.workshop("Early", MORNING)

    def workshop(self, title, starts_at=None, minutes=60, capacity=1):
        workshop = make_workshop(self.edition, title, capacity=capacity)
        if starts_at:
            make_slot(workshop, starts_at, minutes, release=self.release)
        return workshop

    def book(self, workshop, registration=None, **options):
        return book_workshop(registration=registration or self.ada, workshop=workshop, **options)

    def test_no_two_workshops_at_the_same_time_and_the_refusal_names_the_other(self):
        place = self.book(self.early)
        parallel = self.workshop("Parallel", MORNING + timedelta(minutes=59))

        with self.assertRaises(WorkshopClash) as refusal:
            self.book(parallel)

        self.assertEqual(refusal.exception.bookings, [place])
        self.assertIn("“Early”", str(refusal.exception))
        self.assertEqual(parallel.bookings.count(), 0)

    def test_a_waiting_place_occupies_its_time_too(self):
        self.book(self.early, make_registration("Ben", self.edition))
        waiting = self.book(self.early)
        self.assertEqual(waiting.status, Status.WAITING)

        with self.assertRaises(WorkshopClash):
            self.book(self.workshop("Parallel", MORNING))

    def test_workshops_that_only_touch_do_not_clash(self):
        self.book(self.early)

        self.book(self.workshop("Late", MORNING + timedelta(minutes=60)))

        self.assertEqual(self.ada.bookings.active().count(), 2)

    def test_a_workshop_without_a_time_never_clashes(self):
        self.book(self.early)

        self.book(self.workshop("Some time"))

        self.assertEqual(self.ada.bookings.active().count(), 2)

    def test_the_draft_of_the_timetable_does_not_count(self):
        self.book(self.early)
        draft = make_workshop(self.edition)
        make_slot(draft, MORNING)

        self.book(draft)

        self.assertEqual(self.ada.bookings.active().count(), 2)

    def test_a_place_given_back_does_not_clash(self):
        cancel_booking(booking=self.book(self.early))

        self.assertEqual(self.book(self.workshop("Parallel", MORNING)).status, Status.CONFIRMED)

    def test_give_it_back_and_take_this_one(self):
        place = self.book(self.early)
        queued = self.book(self.early, make_registration("Ben", self.edition))
        Outbox.objects.all().delete()

        taken = self.book(self.workshop("Parallel", MORNING), give_back=[place])

        statuses = [type(p).objects.get(pk=p.pk).status for p in (place, queued, taken)]
        self.assertEqual(statuses, [Status.CANCELLED, Status.CONFIRMED, Status.CONFIRMED])
        told = sorted(mail.recipient for mail in Outbox.objects.all())
        self.assertEqual(told, sorted([self.ada.user.email, queued.registration.user.email]))

    def test_nothing_is_given_back_when_the_other_cannot_be_taken(self):
        place = self.book(self.early)
        full = self.workshop("Parallel", MORNING, capacity=0)

        with self.assertRaises(BecameFull):
            self.book(full, give_back=[place], may_wait=False)

        place.refresh_from_db()
        self.assertEqual(place.status, Status.CONFIRMED)

    def test_one_long_workshop_takes_the_place_of_two_short_ones(self):
        late = self.workshop("Late", MORNING + timedelta(minutes=60))
        places = [self.book(self.early), self.book(late)]

        self.book(self.workshop("Long", MORNING, minutes=120), give_back=places)

        self.assertEqual([b.workshop.title for b in self.ada.bookings.active()], ["Long"])

    def test_another_persons_place_cannot_be_given_back(self):
        theirs = self.book(self.early, make_registration("Ben", self.edition))

        self.book(self.workshop("Parallel", MORNING), give_back=[theirs])

        theirs.refresh_from_db()
        self.assertEqual(theirs.status, Status.CONFIRMED)
