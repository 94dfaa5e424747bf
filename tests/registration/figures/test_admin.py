from datetime import timedelta

from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from conference.models import User
from registration.figures.counting import over_time, people_in
from registration.models import CheckIn, Registration
from tests.admin_forms import make_staff, queries_of
from tests.factories import (
    make_booking,
    make_certificate,
    make_edition,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_workshop,
)


@override_settings(STAFF_SECOND_FACTOR=False)
class FiguresTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.page = reverse("admin:conference_edition_figures", args=[cls.edition.pk])
        cls.organiser = make_staff("organiser")
        cls.workshop = make_workshop(cls.edition, "Clay", takes_bookings=True, capacity=20)
        make_slot(cls.workshop, release=make_release(cls.edition, is_latest=True))
        users = User.objects.bulk_create(User(email=f"p{n}@example.org", name=f"P {n}") for n in range(14))
        countries = ["BE"] * 7 + ["NL"] * 5 + ["MT"] * 2
        first = make_registration("First", cls.edition, status="cancelled")
        cls.people = Registration.objects.bulk_create(
            Registration(
                user=user, edition=cls.edition, registration_type=first.registration_type, status="confirmed",
                role="teacher", country=country,
            )
            for user, country in zip(users, countries, strict=True)
        )  # fmt: skip

    def setUp(self):
        self.client.force_login(self.organiser)

    def note(self, people, session=None):
        CheckIn.objects.bulk_create(
            CheckIn(registration=one, session=session, at=timezone.now()) for one in people
        )

    def sessions(self):
        return {row.session.title: row for row in self.client.get(self.page).context["sessions"]}

    def test_a_country_of_two_goes_with_another_and_is_not_named(self):
        bars = people_in(self.edition)["countries"]

        self.assertEqual(
            [(bar.words, bar.count) for bar in bars], [("Belgium", 7), ("all others together", 7)]
        )
        self.assertNotContains(self.client.get(self.page), "Malta")

    def test_registrations_over_time_count_everybody_once(self):
        Registration.objects.filter(pk=self.people[0].pk).update(created_at=timezone.now() - timedelta(100))

        steps = over_time(self.edition)

        self.assertEqual((steps[0].new, steps[-1].total, sum(step.new for step in steps)), (1, 15, 15))
        self.assertContains(self.client.get(self.page), "<polyline", count=1)

    def test_who_stayed_away_is_hidden_with_who_came_when_few(self):
        for one in self.people[:12]:
            make_booking(one, self.workshop)
        self.note(self.people[:10], self.workshop)

        row = self.sessions()["Clay"]

        self.assertEqual((row.booked, row.present, row.absent), (12, None, None))
        self.assertEqual({bar.count for _hour, bar in self.client.get(self.page).context["hours"]}, {None})

    def test_who_stayed_away_is_shown_when_many(self):
        for one in self.people[:12]:
            make_booking(one, self.workshop)
        self.note(self.people[:6], self.workshop)

        row = self.sessions()["Clay"]

        self.assertEqual((row.booked, row.present, row.absent), (12, 6, 6))
        self.assertEqual({bar.count for _hour, bar in self.client.get(self.page).context["hours"]}, {6})

    def test_the_door_hides_three_who_did_not_come(self):
        self.note(self.people[:11])
        door = self.client.get(self.page).context["door"]

        self.assertEqual((door["expected"], door["arrived"], door["absent"]), (14, None, None))

    def test_few_certificates_are_hidden(self):
        make_certificate(self.people[0])

        self.assertEqual(self.client.get(self.page).context["certificates"], {"valid": None, "revoked": 0})

    def test_the_page_asks_as_much_with_three_sessions_as_with_one(self):
        self.note(self.people[:6], self.workshop)
        queries_of(self.client, self.page)
        first = queries_of(self.client, self.page)
        for title in ("Wood", "Stone"):
            session = make_session(self.edition, title)
            self.note(self.people[:8], session)

        self.assertEqual(queries_of(self.client, self.page), first)

    def test_nothing_in_the_page_needs_a_style_or_script_within_it(self):
        content = self.client.get(self.page).content.decode()

        self.assertNotIn("style=", content)
        self.assertNotIn("<style", content)
