"""The log of places, played again, ends where things stand, and shows a step that could not be."""

from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from registration.models import PlaceChange
from registration.place_log.queues import queues_of
from registration.place_log.replay import replay
from registration.services.booking import book_workshop, cancel_booking
from registration.services.moving import change_type
from registration.services.registering import cancel_registration, register
from registration.services.waiting_list import fill_free_places
from tests.factories import (
    make_edition,
    make_organiser,
    make_registration,
    make_registration_type,
    make_user,
    make_workshop,
)


class ReplayTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.type = make_registration_type(cls.edition, capacity=1)
        cls.ada, cls.ben, cls.cleo = (make_user(name) for name in ("Ada", "Ben", "Cleo"))

    def register(self, user):
        return register(user=user, registration_type=self.type, role="teacher", country="BE")

    def log(self):
        return PlaceChange.objects.filter(registration_type=self.type).order_by("pk")

    def test_each_change_is_written_down_with_who_and_why(self):
        ada, ben = self.register(self.ada), self.register(self.ben)
        cancel_registration(registration=ada)

        self.assertEqual(
            list(self.log().values_list("registration", "reason", "before", "after", "by", "capacity")),
            [
                (ada.pk, "taken", "", "confirmed", self.ada.pk, 1),
                (ben.pk, "taken", "", "waiting", self.ben.pk, 1),
                (ada.pk, "given_back", "confirmed", "cancelled", self.ada.pk, 1),
                (ben.pk, "promoted", "waiting", "confirmed", None, 1),
            ],
        )

    def test_organiser_who_cancels_is_named(self):
        olga = make_organiser()
        cancel_registration(registration=self.register(self.ada), by=olga)

        last = self.log().last()
        self.assertEqual((last.reason, last.by), ("cancelled", olga))

    def test_replay_ends_where_things_stand(self):
        for user in (self.ada, self.ben, self.cleo):
            self.register(user)
        cancel_registration(registration=self.edition.registrations.get(user=self.ada))

        played = replay(self.log())

        self.assertEqual(played.wrong, [])
        self.assertEqual(played.status, dict(self.edition.registrations.values_list("pk", "status")))

    def test_more_places_are_in_the_log_with_whoever_gave_them(self):
        olga = make_organiser()
        self.register(self.ada)
        self.register(self.ben)
        type(self.type).objects.update(capacity=2)
        fill_free_places(registration_type=self.type, by=olga)

        capacity, promoted = self.log().order_by("pk")[2:]
        self.assertEqual((capacity.reason, capacity.capacity, capacity.by), ("capacity", 2, olga))
        self.assertEqual((promoted.reason, promoted.registration.user), ("promoted", self.ben))
        self.assertEqual(replay(self.log()).wrong, [])

    def test_whoever_passes_the_queue_is_found(self):
        for user in (self.ada, self.ben, self.cleo):
            self.register(user)
        cleo = self.edition.registrations.get(user=self.cleo)
        PlaceChange.objects.create(
            registration_type=self.type, registration=cleo, reason="promoted", before="waiting",
            after="confirmed", queue_number=cleo.queue_number, capacity=5, at=timezone.now(),
        )  # fmt: skip

        self.assertEqual(len(replay(self.log()).wrong), 1)
        self.assertEqual(queues_of(self.edition)[0].differing, 1)

    def test_whoever_goes_to_another_kind_and_comes_back_is_in_both_logs_rightly(self):
        ada, guest = self.register(self.ada), make_registration_type(self.edition, "Guest", capacity=1)
        change_type(registration=ada, registration_type=guest)
        self.assertEqual([queue.is_right for queue in queues_of(self.edition)], [True, True])

        ada.refresh_from_db()
        change_type(registration=ada, registration_type=self.type)

        self.assertEqual([queue.is_right for queue in queues_of(self.edition)], [True, True])

    def test_a_place_that_vanished_without_a_step_is_found(self):
        ada, guest = self.register(self.ada), make_registration_type(self.edition, "Guest")
        type(ada).objects.filter(pk=ada.pk).update(registration_type=guest)

        self.assertEqual(queues_of(self.edition)[0].differing, 1)

    def test_one_too_many_is_found(self):
        self.register(self.ada)
        ben = make_registration(edition=self.edition, user=self.ben)
        PlaceChange.objects.create(
            registration_type=self.type, registration=ben, reason="taken", after="confirmed", capacity=1,
            at=timezone.now(),
        )  # fmt: skip

        self.assertEqual(len(replay(self.log()).wrong), 1)


@override_settings(STAFF_SECOND_FACTOR=False)
class PlacesPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.workshop = make_workshop(cls.edition, capacity=1, title="Maps")
        cls.people = [make_registration(name, cls.edition) for name in ("Ada", "Ben")]
        for one in cls.people:
            book_workshop(registration=one, workshop=cls.workshop)
        cancel_booking(booking=cls.people[0].bookings.get())

    def setUp(self):
        self.client.force_login(make_organiser())

    def page(self):
        return self.client.get(reverse("admin:conference_edition_places", args=[self.edition.pk]))

    def test_page_shows_each_queue_and_that_it_agrees(self):
        queues = {queue.name: queue for queue in self.page().context["queues"]}

        self.assertEqual(
            (queues["Maps"].steps, queues["Maps"].confirmed, queues["Maps"].is_right), (4, 1, True)
        )
        self.assertEqual(queues["Participant"].unlogged, 2)

    def test_number_of_queries_does_not_grow_with_the_queues(self):
        self.page()
        with self.assertNumQueries(11):
            self.page()
        for number in range(3):
            book_workshop(registration=self.people[1], workshop=make_workshop(self.edition, f"W{number}"))
        with self.assertNumQueries(11):
            self.page()

    def test_list_names_person_place_and_who_did_it(self):
        answer = self.client.get(reverse("admin:registration_placechange_changelist"))

        self.assertContains(answer, "moved up from the waiting list")
        self.assertContains(answer, "Maps")
        self.assertContains(answer, "the site")
