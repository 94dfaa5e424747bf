from datetime import timedelta

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.models import User
from registration.models import Registration
from tests.factories import make_edition, make_registration_type
from tests.registration.pages import NEWCOMER, RegisterPage


class FullTests(RegisterPage):
    def test_full_is_told_before_sending(self):
        self.make_full(waiting=3)

        page = self.client.get(self.url)

        self.assertContains(page, "you would be number 4 on the waiting list")
        self.assertContains(page, "Join the waiting list")

    def test_who_was_told_gets_the_position(self):
        self.make_full(waiting=3)

        self.client.post(self.url, {**NEWCOMER, "waiting_ok": str(self.type.pk)})

        self.assertContains(self.client.get(self.own_url), "You are number 4 on the waiting list.")

    def test_who_waits_does_not_come_back_to_a_closed_gate(self):
        self.make_full()

        answer = self.client.post(
            self.url, {**NEWCOMER, "waiting_ok": str(self.type.pk), "next": "/presentations/x/"}
        )

        self.assertRedirects(answer, self.own_url)

    def test_if_it_became_full_meanwhile_it_asks_first_and_keeps_what_was_typed(self):
        shown = self.client.get(self.url)
        self.make_full(waiting=1)

        asked = self.client.post(self.url, {**NEWCOMER, "waiting_ok": shown.context["full_types"]})

        self.assertContains(asked, "It became full meanwhile: you would be number 2 on the waiting list.")
        self.assertContains(asked, 'value="Ada Lovelace"')
        self.assertFalse(User.objects.filter(email="ada@example.org").exists())

        self.client.post(self.url, {**NEWCOMER, "waiting_ok": asked.context["full_types"]})

        self.assertEqual(Registration.objects.get(user__email="ada@example.org").status, "waiting")

    def test_of_several_types_the_first_is_chosen_and_the_full_one_says_so(self):
        online = make_registration_type(self.edition, "Online", position=1)
        self.make_full()

        page = self.client.get(self.url)

        self.assertContains(page, "Participant · full: you would be number 1 on the waiting list")
        self.assertContains(page, f'value="{self.type.pk}" required id="id_registration_type_0" checked')

        self.client.post(self.url, {**NEWCOMER, "registration_type": online.pk})

        self.assertEqual(Registration.objects.get(user__email="ada@example.org").registration_type, online)

    def test_a_type_of_another_edition_is_refused(self):
        make_registration_type(self.edition, "Online")
        foreign = make_registration_type(make_edition(), "Foreign")

        for choice in (foreign.pk, 0, -1, 2**63, "abc", "١٢٣"):
            answer = self.client.post(self.url, {**NEWCOMER, "registration_type": choice})
            self.assertEqual(list(answer.context["form"].errors), ["registration_type"])

    def test_same_few_queries_for_one_and_three_types(self):
        counts = []
        for more in (1, 2):
            with CaptureQueriesContext(connection) as captured:
                self.client.get(self.url)
            counts.append(len(captured))
            for number in range(more):
                make_registration_type(self.edition, f"Type {number}")

        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 8)


class ClosedTests(RegisterPage):
    def test_it_says_when_it_opens(self):
        self.edition.registration_opens_at = timezone.now() + timedelta(days=1)
        self.edition.save()

        self.assertContains(self.client.get(self.url), "Registration is not open yet")

    def test_it_says_when_it_closed_with_the_zone(self):
        self.edition.time_zone = "Europe/Lisbon"
        self.edition.registration_closes_at = timezone.now().replace(
            year=2024, month=7, day=1, hour=11, minute=0
        )
        self.edition.save()

        self.assertContains(self.client.get(self.url), "It closed on Monday 1 July 2024, 12:00 WEST.")

    def test_an_edition_that_takes_no_registrations_says_so(self):
        self.edition.registration_closes_at = None
        self.edition.save()

        self.assertContains(self.client.get(self.url), "There is no registration on this site")

    def test_a_conference_that_is_over_points_to_what_it_left(self):
        self.edition.starts_on = self.edition.ends_on = timezone.localdate() - timedelta(days=2)
        self.edition.registration_closes_at = None
        self.edition.save()

        page = self.client.get(self.url)

        self.assertContains(page, "This conference is over")
        self.assertContains(page, f"/{self.edition.slug}/presentations/")

    def test_without_any_kind_of_registration_it_is_closed(self):
        self.type.delete()

        self.assertContains(self.client.get(self.url), "No kind of registration is open any more.")
        self.assertEqual(self.client.post(self.url, NEWCOMER).status_code, 200)
        self.assertEqual(User.objects.count(), 0)

    def test_a_form_opened_before_the_deadline_is_refused_after_it_and_keeps_what_was_typed(self):
        closed = self.edition.registration_closes_at + timedelta(seconds=1)
        with time_machine.travel(closed, tick=False):
            answer = self.client.post(self.url, NEWCOMER)

        self.assertContains(answer, "Registration is closed")
        self.assertContains(answer, 'value="Ada Lovelace"')
        self.assertEqual((User.objects.count(), Registration.objects.count()), (0, 0))

    def test_an_unpublished_edition_is_not_there(self):
        self.edition.is_published = False
        self.edition.save()

        self.assertEqual(
            [self.client.get(self.url).status_code, self.client.post(self.url).status_code], [404, 404]
        )
