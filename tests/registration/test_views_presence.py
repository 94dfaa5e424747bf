"""The facilitator's list: it says who was there, and undoes nothing that it did not show."""

from datetime import timedelta

from django.test import TestCase, override_settings
from django.utils import timezone

from registration.models import CheckIn
from tests.factories import (
    make_appearance,
    make_booking,
    make_edition,
    make_organiser,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_speaker,
    make_user,
    make_workshop,
)

PAGE = "/ed/sessions/lab/people/presence/"


@override_settings(STAFF_SECOND_FACTOR=False)
class PresenceListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        today = timezone.localdate()
        cls.edition = make_edition(slug="ed", starts_on=today - timedelta(days=1), ends_on=today)
        cls.workshop = make_workshop(cls.edition, slug="lab")
        cls.leader = make_user("Grace")
        make_appearance(cls.workshop, make_speaker(user=cls.leader), part="facilitator")
        cls.ada, cls.ben, cls.cleo = (make_registration(name, cls.edition) for name in ("Ada", "Ben", "Cleo"))
        for booked in (cls.ada, cls.ben):
            make_booking(booked, cls.workshop)

    def setUp(self):
        self.client.force_login(self.leader)

    def names(self, path=PAGE):
        return [line.name for line in self.client.get(path).context["people"]]

    def send(self, *present, was=()):
        sent = {"present": [row.pk for row in present], "was": [row.pk for row in was]}
        return self.client.post(PAGE, sent)

    def present(self):
        rows = CheckIn.objects.standing().filter(session=self.workshop.pk)
        return [row.registration for row in rows.order_by("registration_id")]

    def scanned(self, registration):
        CheckIn.objects.create(
            registration=registration, session=self.workshop, at=timezone.now(), by=self.leader
        )

    def test_list_holds_who_has_a_place_and_who_was_scanned(self):
        self.scanned(self.cleo)

        self.assertEqual(self.names(), ["Ada", "Ben", "Cleo"])

    def test_who_is_ticked_is_present_and_who_is_no_longer_ticked_is_not(self):
        self.send(self.ada)
        self.assertEqual(self.present(), [self.ada])
        self.assertEqual(CheckIn.objects.get().way, "list")

        self.send(self.ben, was=[self.ada])

        self.assertEqual(self.present(), [self.ben])

    def test_who_was_scanned_after_the_page_was_opened_stays_present(self):
        self.scanned(self.ben)

        self.send(self.ada)

        self.assertEqual(self.present(), [self.ada, self.ben])

    def test_nobody_outside_of_the_list_can_be_ticked(self):
        stranger = make_registration("Stranger", make_edition())

        self.send(self.cleo, stranger)

        self.assertEqual(self.present(), [])

    def test_organiser_may_tick_everybody_with_a_place_at_a_plenary_and_its_chair_nobody_unknown(self):
        make_appearance(make_session(self.edition, slug="opening"), self.leader.speaker, part="chair")
        path = "/ed/sessions/opening/people/presence/"
        self.assertEqual(self.names(path), [])

        self.client.force_login(make_organiser())

        self.assertEqual(self.names(path), ["Ada", "Ben", "Cleo"])
        self.assertEqual(self.names(f"{path}?q=cl"), ["Cleo"])

    def test_before_people_take_their_seats_only_a_mistake_can_be_taken_back(self):
        self.scanned(self.cleo)
        begins = timezone.now() + timedelta(hours=2)
        make_slot(self.workshop, begins, release=make_release(self.edition))
        page = self.client.get(PAGE)
        self.assertContains(page, "Presence can be noted from")
        self.assertContains(page, f'value="{self.ada.pk}" disabled')
        self.assertContains(page, "Save the list")

        answer = self.client.post(PAGE, {"present": [self.ada.pk]}, follow=True)
        self.assertContains(answer, "Presence can be noted from", count=2)
        self.assertEqual(self.present(), [self.cleo])

        self.send(was=[self.cleo])
        self.assertEqual(self.present(), [])
        self.assertNotContains(self.client.get(PAGE), "Save the list")

    def test_others_find_no_list(self):
        for person in (make_user("Plain"), self.ada.user):
            self.client.force_login(person)
            self.assertEqual(self.send(self.ada).status_code, 404)

        self.assertEqual(self.present(), [])

    def test_list_takes_the_same_number_of_queries_with_one_and_with_three(self):
        def queries():
            with self.assertNumQueries(self.number):
                self.names()

        self.scanned(self.ada)
        self.names()
        self.number = 13
        queries()
        for person in (self.ben, self.cleo):
            self.scanned(person)
        queries()
