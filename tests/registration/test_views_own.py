from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registration.models import Registration
from tests.factories import (
    make_booking,
    make_edition,
    make_registration,
    make_release,
    make_slot,
    make_user,
    make_workshop,
)


class OwnPages(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.user = make_user("Ada")
        self.client.force_login(self.user)
        self.url = f"/{self.edition.slug}/my-registration/"

    def register(self, **fields):
        return make_registration(edition=self.edition, user=self.user, **fields)

    def queries(self, url):
        with CaptureQueriesContext(connection) as captured:
            self.client.get(url)
        return len(captured)


class MyRegistrationTests(OwnPages):
    def test_it_shows_status_and_reference(self):
        place = self.register()

        page = self.client.get(self.url)

        self.assertContains(page, "You have a place.")
        self.assertContains(page, place.reference)

    def test_it_shows_the_position_and_what_happens_next(self):
        make_registration("Ben", self.edition, status="waiting", queue_number=1)
        self.register(status="waiting", queue_number=2)

        page = self.client.get(self.url)

        self.assertContains(page, "You are number 2 on the waiting list.")
        self.assertContains(page, "it goes to the first on the list")

    def test_it_needs_a_log_in(self):
        self.client.logout()

        self.assertRedirects(
            self.client.get(self.url), f"/accounts/login/?next={self.url}", fetch_redirect_response=False
        )

    def test_nobody_sees_the_registration_of_another(self):
        theirs = make_registration("Ben", self.edition, organisation_name="canary")

        self.assertRedirects(self.client.get(self.url), f"/{self.edition.slug}/register/")
        for page in ("edit/", "cancel/"):
            self.assertEqual(self.client.post(self.url + page).status_code, 404)
        theirs.refresh_from_db()
        self.assertEqual(theirs.status, "confirmed")

    def test_same_number_of_queries_for_one_and_three_workshops(self):
        release = make_release(self.edition)
        registration = self.register()
        counts = []
        for more in (1, 2):
            for _number in range(more):
                workshop = make_workshop(self.edition, capacity=2)
                make_slot(workshop, release=release)
                make_booking(registration, workshop)
            counts.append(self.queries(self.url))

        self.assertEqual(counts[0], counts[1])

    def test_unpublished_and_foreign_workshops_are_not_listed(self):
        self.register()
        make_workshop(self.edition, "canary draft", status="draft")
        make_workshop(make_edition(), "canary elsewhere")
        make_workshop(self.edition, "canary without bookings", takes_bookings=False)

        self.assertNotContains(self.client.get(self.url), "canary")

    def test_a_workshop_that_was_withdrawn_is_still_told_to_who_had_a_place(self):
        make_booking(self.register(), make_workshop(self.edition, "Gone", status="withdrawn"))

        self.assertContains(self.client.get(self.url), "Withdrawn by the organisers.")

    def test_a_cancelled_registration_can_be_made_again(self):
        self.register(status="cancelled", cancelled_at=timezone.now())

        self.assertContains(self.client.get(self.url), "Register again")


class ChangeTests(OwnPages):
    def test_answers_can_be_changed_and_nothing_else(self):
        place = self.register(status="waiting")
        changes = {"role": "policy", "organisation_name": "A school", "status": "confirmed", "user": 1}

        self.client.post(self.url + "edit/", changes)

        place.refresh_from_db()
        self.assertEqual(
            (place.role, place.organisation_name, place.status, place.user),
            ("policy", "A school", "waiting", self.user),
        )

    def test_a_bad_answer_changes_nothing(self):
        place = self.register()

        answer = self.client.post(self.url + "edit/", {"role": "pirate"})

        self.assertEqual(list(answer.context["form"].errors), ["role"])
        place.refresh_from_db()
        self.assertEqual(place.role, "teacher")

    def test_nothing_is_changed_once_the_conference_is_over(self):
        self.register()
        self.edition.starts_on = self.edition.ends_on = timezone.localdate() - timedelta(days=3)
        self.edition.save()

        answer = self.client.get(self.url + "edit/", follow=True)

        self.assertContains(answer, "The conference is over.")
        self.assertNotContains(answer, "Change my details")


class CancelTests(OwnPages):
    def test_get_shows_a_button_and_changes_nothing(self):
        place = self.register()

        page = self.client.get(self.url + "cancel/")

        self.assertContains(page, "Cancel your registration?")
        place.refresh_from_db()
        self.assertEqual(place.status, "confirmed")

    def test_the_button_cancels_and_the_first_in_the_queue_moves_up(self):
        self.register()
        self.edition.registration_types.update(capacity=1)
        queued = make_registration("Ben", self.edition, status="waiting", queue_number=2)

        self.client.post(self.url + "cancel/")

        queued.refresh_from_db()
        self.assertEqual(queued.status, "confirmed")
        self.assertEqual(self.user.registrations.get().status, "cancelled")

    def test_pressing_it_again_does_no_harm(self):
        self.register()

        answers = [self.client.post(self.url + "cancel/").status_code for _time in range(2)]

        self.assertEqual(answers, [302, 404])


class MyRegistrationsTests(OwnPages):
    def test_all_of_mine_and_none_of_others(self):
        mine = [self.register(), make_registration(user=self.user, edition=make_edition())]
        make_registration("Ben", self.edition)

        page = self.client.get("/accounts/registrations/")

        shown = {visit.registration.pk for visit in page.context["visits"]}
        self.assertEqual(shown, {registration.pk for registration in mine})

    def test_same_number_of_queries_for_one_and_three(self):
        self.register()
        before = self.queries("/accounts/registrations/")
        for _number in range(2):
            make_registration(user=self.user, edition=make_edition())

        self.assertEqual(self.queries("/accounts/registrations/"), before)

    def test_an_empty_list_says_what_to_do(self):
        self.assertContains(self.client.get("/accounts/registrations/"), "See all editions")
        self.assertEqual(Registration.objects.count(), 0)
