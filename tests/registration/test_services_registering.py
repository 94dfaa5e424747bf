from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import TestCase
from django.utils import timezone

from conference.models import Edition, Outbox
from registration.exceptions import AlreadyRegistered, BecameFull, RegistrationClosed, RegistrationGone
from registration.models import Registration
from registration.services.booking import book_workshop
from registration.services.registering import cancel_registration, register, update_registration
from registration.services.waiting_list import fill_free_places
from tests.factories import make_edition, make_organiser, make_registration_type, make_user, make_workshop

Status = Registration.Status


def positions(registration_type):
    waiting = registration_type.registrations.waiting().with_position()
    return [(place.user.name, place.position) for place in waiting]


class RegisterTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.type = make_registration_type(self.edition, capacity=1)

    def register(self, name="Ada", user=None, **options):
        options = {"registration_type": self.type, "role": "teacher", "country": "BE", **options}
        return register(user=user or make_user(name), **options)

    def test_free_place_is_confirmed_with_one_mail(self):
        place = self.register()

        self.assertEqual(place.status, Status.CONFIRMED)
        self.assertEqual([mail.recipient for mail in Outbox.objects.all()], [place.user.email])

    def test_full_edition_puts_newcomers_on_the_waiting_list_in_order(self):
        for name in ("Ada", "Ben", "Cy"):
            self.register(name)

        self.assertEqual(positions(self.type), [("Ben", 1), ("Cy", 2)])

    def test_mail_of_a_waiting_person_says_the_position(self):
        self.register("Ada")
        self.register("Ben")
        self.register("Cy")

        self.assertIn("number 2 on the waiting list", Outbox.objects.first().subject)

    def test_no_limit_confirms_everyone(self):
        self.type.capacity = None
        self.type.save()

        statuses = {self.register(name).status for name in ("Ada", "Ben", "Cy")}

        self.assertEqual(statuses, {Status.CONFIRMED})

    def test_capacity_of_none_at_all_lets_everyone_wait(self):
        self.type.capacity = 0
        self.type.save()

        self.assertEqual(self.register().status, Status.WAITING)

    def test_same_person_cannot_register_twice(self):
        user = self.register().user

        with self.assertRaises(AlreadyRegistered):
            self.register(user=user)

        self.assertEqual(self.edition.registrations.count(), 1)

    def test_same_person_cannot_register_with_another_type(self):
        user = self.register().user
        other = make_registration_type(self.edition, "Online")

        with self.assertRaises(AlreadyRegistered):
            self.register(user=user, registration_type=other)

    def test_same_person_may_register_again_after_cancelling(self):
        first = self.register()
        cancel_registration(registration=first)

        self.assertEqual(self.register(user=first.user).status, Status.CONFIRMED)

    def test_who_may_not_wait_is_told_the_position_and_nothing_is_saved(self):
        self.register("Ada")
        self.register("Ben")

        with self.assertRaises(BecameFull) as refusal:
            self.register("Cy", may_wait=False)

        self.assertEqual(refusal.exception.position, 2)
        self.assertEqual(self.edition.registrations.count(), 2)
        self.assertEqual(Outbox.objects.count(), 2)

    def test_deadline_is_obeyed_to_the_second(self):
        closes_at = self.edition.registration_closes_at

        self.register("Ada", at=closes_at - timedelta(seconds=1))
        with self.assertRaises(RegistrationClosed):
            self.register("Ben", at=closes_at)

        self.assertEqual(self.edition.registrations.count(), 1)

    def test_deadline_in_the_night_of_the_clock_change_comes_once(self):
        # 25 October 2026, Brussels: half past two comes twice; the deadline is the second one.
        brussels = ZoneInfo("Europe/Brussels")
        first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=brussels, fold=fold) for fold in (0, 1))
        Edition.objects.filter(pk=self.edition.pk).update(
            registration_opens_at=None, registration_closes_at=second, starts_on=None, ends_on=None
        )

        self.register("Ada", at=first)
        self.register("Ben", at=second - timedelta(seconds=1))
        with self.assertRaises(RegistrationClosed):
            self.register("Cyd", at=second)

    def test_a_type_may_open_later_and_close_earlier_than_the_edition(self):
        now = timezone.now()
        late = make_registration_type(self.edition, "Late", opens_at=now + timedelta(hours=1))
        early = make_registration_type(self.edition, "Early", closes_at=now - timedelta(hours=1))

        for kind in (late, early):
            with self.assertRaises(RegistrationClosed):
                self.register(registration_type=kind)

    def test_a_type_that_was_deleted_meanwhile_is_closed(self):
        self.type.delete()
        self.type.pk = 4711

        with self.assertRaises(RegistrationClosed):
            self.register()

    def test_organisers_add_people_after_closing(self):
        after = self.edition.registration_closes_at + timedelta(days=1)

        self.assertEqual(self.register(by_organiser=True, at=after).status, Status.CONFIRMED)

    def test_a_free_seat_goes_to_whoever_waits_and_not_to_the_newcomer(self):
        self.register("Ada")
        queued = self.register("Ben")
        self.type.capacity = 2  # changed past the services: nobody was promoted
        self.type.save()

        newcomer = self.register("Cy")

        queued.refresh_from_db()
        self.assertEqual([queued.status, newcomer.status], [Status.CONFIRMED, Status.WAITING])


class CancelRegistrationTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.type = make_registration_type(self.edition, capacity=2)
        self.places = {name: self.register(make_user(name)) for name in ("Ada", "Ben", "Cy", "Di", "Eve")}
        Outbox.objects.all().delete()

    def register(self, user):
        return register(user=user, registration_type=self.type, role="teacher", country="BE")

    def state(self):
        return {p.user.name: p.status for p in self.type.registrations.active().select_related("user")}

    def test_cancelling_promotes_the_first_in_the_queue_with_one_mail(self):
        cancel_registration(registration=self.places["Ada"])

        self.assertEqual(self.state()["Cy"], Status.CONFIRMED)
        self.assertEqual(positions(self.type), [("Di", 1), ("Eve", 2)])
        told = sorted(mail.recipient for mail in Outbox.objects.all())
        self.assertEqual(told, sorted(self.places[name].user.email for name in ("Ada", "Cy")))

    def test_cancelling_twice_promotes_once(self):
        for _time in range(2):
            cancel_registration(registration=self.places["Ada"])

        self.assertEqual(positions(self.type), [("Di", 1), ("Eve", 2)])
        self.assertEqual(Outbox.objects.count(), 2)

    def test_leaving_the_queue_promotes_nobody_and_closes_the_gap(self):
        cancel_registration(registration=self.places["Cy"])

        self.assertEqual(positions(self.type), [("Di", 1), ("Eve", 2)])

    def test_who_gave_a_place_back_starts_at_the_end(self):
        cancel_registration(registration=self.places["Ada"])
        cancel_registration(registration=self.places["Cy"])
        self.register(self.places["Ada"].user)

        self.assertEqual(positions(self.type), [("Eve", 1), ("Ada", 2)])

    def test_queue_numbers_are_never_given_twice(self):
        cancel_registration(registration=self.places["Eve"])
        self.register(self.places["Eve"].user)

        numbers = list(self.type.registrations.values_list("queue_number", flat=True))
        self.assertEqual(len(set(numbers)), 6)

    def test_cancelling_gives_back_every_workshop_and_promotes_in_each(self):
        workshops = [make_workshop(self.edition, capacity=1) for _number in range(2)]
        for name in ("Ada", "Ben"):
            for workshop in workshops:
                book_workshop(registration=self.places[name], workshop=workshop)
        Outbox.objects.all().delete()

        cancel_registration(registration=self.places["Ada"])

        for workshop in workshops:
            [place] = workshop.bookings.active()
            self.assertEqual((place.registration.user.name, place.status), ("Ben", Status.CONFIRMED))
        self.assertEqual(Outbox.objects.filter(recipient=self.places["Ada"].user.email).count(), 1)

    def test_nobody_is_promoted_to_what_is_over(self):
        after = timezone.now() + timedelta(days=60)

        cancel_registration(registration=self.places["Ada"], by=make_organiser(), at=after)

        self.assertEqual(positions(self.type), [("Cy", 1), ("Di", 2), ("Eve", 3)])


class CapacityTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.type = make_registration_type(self.edition, capacity=3)
        for name in ("Ada", "Ben", "Cy", "Di", "Eve"):
            register(user=make_user(name), registration_type=self.type, role="teacher", country="BE")

    def change_capacity(self, capacity):
        self.type.capacity = capacity
        self.type.save()
        fill_free_places(registration_type=self.type)

    def confirmed(self):
        return [p.user.name for p in self.type.registrations.confirmed().order_by("queue_number")]

    def test_raising_the_capacity_promotes_in_order(self):
        self.change_capacity(4)

        self.assertEqual(self.confirmed(), ["Ada", "Ben", "Cy", "Di"])

    def test_lowering_the_capacity_throws_nobody_out_and_promotes_nobody_until_below_it(self):
        self.change_capacity(2)
        cancel_registration(registration=self.type.registrations.get(user__name="Ada"))

        self.assertEqual(self.confirmed(), ["Ben", "Cy"])

        cancel_registration(registration=self.type.registrations.get(user__name="Ben"))

        self.assertEqual(self.confirmed(), ["Cy", "Di"])

    def test_no_limit_any_more_promotes_everyone(self):
        self.change_capacity(None)

        self.assertEqual(self.confirmed(), ["Ada", "Ben", "Cy", "Di", "Eve"])


class UpdateRegistrationTests(TestCase):
    def test_answers_change_and_the_place_does_not(self):
        kind = make_registration_type(make_edition())
        place = register(user=make_user(), registration_type=kind, role="teacher", country="BE")

        update_registration(registration=place, role="policy", access_needs="a ramp")

        place.refresh_from_db()
        self.assertEqual((place.role, place.access_needs, place.status), ("policy", "a ramp", "confirmed"))

    def test_what_was_cancelled_meanwhile_is_not_changed(self):
        kind = make_registration_type(make_edition())
        place = register(user=make_user(), registration_type=kind, role="teacher", country="BE")
        cancel_registration(registration=place)

        with self.assertRaises(RegistrationGone):
            update_registration(registration=place, role="policy")

    def test_status_cannot_be_changed_this_way(self):
        kind = make_registration_type(make_edition())
        place = register(user=make_user(), registration_type=kind, role="teacher", country="BE")

        with self.assertRaises(TypeError):
            update_registration(registration=place, status="waiting")
