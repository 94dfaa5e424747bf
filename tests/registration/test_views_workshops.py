from datetime import UTC, datetime

from django.core.cache import cache
from django.test import TestCase, override_settings

from registration.models import WorkshopBooking
from tests.factories import (
    make_booking,
    make_edition,
    make_registration,
    make_release,
    make_slot,
    make_user,
    make_workshop,
)

MORNING = datetime(2027, 3, 13, 9, 30, tzinfo=UTC)


class WorkshopPages(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.workshop = make_workshop(self.edition, "Polarisation", capacity=1)
        self.user = make_user("Ada")
        self.client.force_login(self.user)
        self.own_url = f"/{self.edition.slug}/my-registration/"

    def register(self, **fields):
        return make_registration(edition=self.edition, user=self.user, **fields)

    def book(self, workshop=None, **data):
        slug = (workshop or self.workshop).slug
        return self.client.post(f"/{self.edition.slug}/workshops/{slug}/book/", data)

    def mine(self):
        bookings = WorkshopBooking.objects.active().filter(registration__user=self.user)
        return {booking.workshop.title: booking.status for booking in bookings}

    def make_full(self, workshop=None):
        make_booking(make_registration("Ben", self.edition), workshop or self.workshop)


class BookTests(WorkshopPages):
    def test_a_free_place_is_taken(self):
        self.register()

        answer = self.book()

        self.assertRedirects(answer, self.own_url)
        self.assertEqual(self.mine(), {"Polarisation": "confirmed"})

    def test_only_a_button_takes_a_place(self):
        self.register()

        answer = self.client.get(f"/{self.edition.slug}/workshops/{self.workshop.slug}/book/")

        self.assertEqual((answer.status_code, self.mine()), (405, {}))

    def test_pressing_twice_gives_one_place(self):
        self.register()
        self.book()

        again = self.client.post(f"/{self.edition.slug}/workshops/{self.workshop.slug}/book/", follow=True)

        self.assertContains(again, "You have a place in this workshop, or wait for one, already.")
        self.assertEqual(self.workshop.bookings.count(), 1)

    def test_a_full_workshop_asks_before_it_puts_anyone_on_the_waiting_list(self):
        self.register()
        self.make_full()

        asked = self.book()

        self.assertContains(asked, "you would be number 1 on the waiting list", status_code=409)
        self.assertEqual(self.mine(), {})

        self.book(waiting_ok="1")

        self.assertEqual(self.mine(), {"Polarisation": "waiting"})

    def test_parallel_workshops_are_refused_with_the_name_and_a_way_out(self):
        release = make_release(self.edition)
        make_slot(self.workshop, MORNING, release=release)
        other = make_workshop(self.edition, "Remembrance")
        make_slot(other, MORNING, release=release)
        booking = make_booking(self.register(), other)

        asked = self.book()

        self.assertContains(asked, "At the same time you have a place in “Remembrance”", status_code=409)
        self.assertContains(asked, "Give it back and take this one", status_code=409)
        self.assertEqual(self.mine(), {"Remembrance": "confirmed"})

        self.book(give_back=booking.pk)

        self.assertEqual(self.mine(), {"Polarisation": "confirmed"})

    def test_ids_of_others_to_give_back_are_ignored(self):
        self.register()
        theirs = make_booking(make_registration("Ben", self.edition), make_workshop(self.edition))

        for given in (theirs.pk, 0, -1, 2**63, "abc", "١٢٣"):
            self.book(give_back=given)

        theirs.refresh_from_db()
        self.assertEqual(theirs.status, "confirmed")

    def test_who_is_not_registered_is_led_to_the_registration_and_back(self):
        answer = self.book()

        target = f"/{self.edition.slug}/register/?next=%2F{self.edition.slug}%2Fworkshops%2F{self.workshop.slug}%2F"
        self.assertRedirects(answer, target, fetch_redirect_response=False)

    def test_who_waits_for_the_conference_cannot_book(self):
        self.register(status="waiting")

        self.book()

        self.assertEqual(self.mine(), {})

    def test_an_anonymous_visitor_is_led_to_the_log_in(self):
        self.client.logout()

        answer = self.book()

        self.assertEqual(answer.status_code, 302)
        self.assertTrue(answer["Location"].startswith("/accounts/login/?next="))

    def test_unpublished_and_foreign_workshops_are_not_there(self):
        self.register()
        draft = make_workshop(self.edition, status="draft")
        foreign = make_workshop(make_edition())

        self.assertEqual([self.book(w).status_code for w in (draft, foreign)], [404, 404])

    @override_settings(ACCOUNT_RATE_LIMITS={"book_workshop": "2/m/user"})
    def test_too_many_presses_are_asked_to_wait(self):
        cache.clear()
        self.register()

        self.assertEqual([self.book().status_code for _time in range(3)], [302, 302, 429])


class GiveBackTests(WorkshopPages):
    def url(self):
        return f"/{self.edition.slug}/workshops/{self.workshop.slug}/give-back/"

    def test_the_link_of_a_mail_shows_a_button_and_changes_nothing(self):
        make_booking(self.register(), self.workshop)

        page = self.client.get(self.url())

        self.assertContains(page, "Give the place back?")
        self.assertEqual(self.mine(), {"Polarisation": "confirmed"})

    def test_the_button_gives_it_back_and_the_next_gets_it(self):
        make_booking(self.register(), self.workshop, queue_number=1)
        queued = make_booking(
            make_registration("Ben", self.edition), self.workshop, status="waiting", queue_number=2
        )

        self.client.post(self.url())

        queued.refresh_from_db()
        self.assertEqual((self.mine(), queued.status), ({}, "confirmed"))

    def test_a_second_press_says_so(self):
        make_booking(self.register(), self.workshop)
        self.client.post(self.url())

        self.assertRedirects(self.client.post(self.url()), self.own_url)

    def test_a_place_of_another_is_not_there(self):
        self.make_full()

        self.assertEqual(
            [self.client.get(self.url()).status_code, self.client.post(self.url()).status_code], [404, 404]
        )
        self.assertEqual(self.workshop.bookings.confirmed().count(), 1)
