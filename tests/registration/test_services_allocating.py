import json
import tempfile
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone

from conference.models import Outbox
from registration.models import AllocatedPlace, PlaceChange
from registration.rounds.comparing import changes_between
from registration.rounds.exceptions import AlreadyPublished, CannotBeFixed, ComputedTooEarly
from registration.rounds.outcome import data_of, own_outcome
from registration.services.allocating import compute, fix, is_outdated, unfix
from registration.services.booking import cancel_booking
from registration.services.publishing_rounds import publish
from registration.services.registering import cancel_registration
from tests.factories import (
    make_booking,
    make_edition,
    make_organiser,
    make_ranking,
    make_registration,
    make_release,
    make_round,
    make_slot,
    make_workshop,
)


class AllocatingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.release = make_release(cls.edition)
        cls.peace, cls.media, cls.club = [
            make_workshop(cls.edition, title, capacity=capacity)
            for title, capacity in (("Peace", 1), ("Media", 1), ("Club", 9))
        ]
        for workshop in (cls.peace, cls.media, cls.club):
            make_slot(workshop, release=cls.release)
        cls.round = make_round(
            cls.edition, (cls.peace, cls.media, cls.club), closes_at=timezone.now() - timedelta(minutes=1)
        )
        cls.olga = make_organiser()
        cls.ada, cls.ben, cls.cleo = [make_registration(name, cls.edition) for name in ("Ada", "Ben", "Cleo")]
        make_ranking(cls.ada, cls.round, cls.peace, cls.media)
        make_ranking(cls.ben, cls.round, cls.peace)
        make_ranking(cls.cleo, cls.round, cls.peace, cls.media)

    def compute(self):
        return compute(round_=self.round, by=self.olga)

    def publish(self, allocation=None, waits=False):
        return publish(allocation=allocation or self.compute(), waits=waits, by=self.olga)

    def places(self, allocation):
        rows = allocation.places.select_related("registration__user", "choice__workshop")
        return {
            row.registration.user.name: (row.choice and row.choice.workshop.title, row.rank, row.reason)
            for row in rows
        }

    def bookings(self, registration):
        rows = registration.bookings.active().select_related("workshop")
        return {row.workshop.title: row.status for row in rows}

    def choice(self, workshop):
        return self.round.choices.get(workshop=workshop)


class ComputingTests(AllocatingCase):
    def test_as_many_as_can_be_are_placed_and_the_others_are_told_why(self):
        places = sorted(self.places(self.compute()).values(), key=str)

        self.assertEqual(places, [("Media", 2, "ranked"), ("Peace", 1, "ranked"), (None, None, "full")])

    def test_computing_gives_nobody_a_place_and_counts_up(self):
        numbers = [self.compute().number, self.compute().number]

        self.assertEqual((numbers, self.ada.bookings.count()), ([1, 2], 0))
        self.assertEqual(Outbox.objects.count(), 0)

    def test_who_has_a_place_elsewhere_at_that_time_keeps_it(self):
        elsewhere = make_workshop(self.edition, "Elsewhere")
        make_slot(elsewhere, release=self.release)
        make_booking(self.ben, elsewhere)

        places = self.places(self.compute())

        self.assertEqual(places["Ben"], (None, None, "clash"))

    def test_cancelled_people_and_those_who_only_wait_are_not_in_it(self):
        self.ben.status = "cancelled"
        self.ben.save()

        self.assertEqual(set(self.places(self.compute())), {"Ada", "Cleo"})

    def test_workshop_below_its_minimum_is_closed_and_its_people_are_placed_anew(self):
        self.round.choices.filter(workshop=self.peace).update(minimum=2)

        allocation = self.compute()

        self.assertEqual(allocation.report["closed"], [str(self.choice(self.peace).pk)])
        self.assertEqual(self.places(allocation)["Ben"], (None, None, "closed"))

    def test_organisers_fix_somebody_and_see_what_it_changes(self):
        before = self.compute()
        loser = next(name for name, place in self.places(before).items() if place[0] is None)
        registration = {"Ada": self.ada, "Ben": self.ben, "Cleo": self.cleo}[loser]
        fix(round_=self.round, registration=registration, choice=self.choice(self.peace), by=self.olga)
        self.assertTrue(is_outdated(before))

        after = self.compute()

        self.assertEqual(self.places(after)[loser][0::2], ("Peace", "fixed"))
        self.assertEqual(changes_between(before, after)[registration.pk].kind, "placed")
        unfix(round_=self.round, registration=registration)
        self.assertEqual(self.places(self.compute()), self.places(before))

    def test_nobody_is_fixed_in_two_places_at_once(self):
        elsewhere = make_workshop(self.edition, "Elsewhere")
        make_slot(elsewhere, release=self.release)
        make_booking(self.ben, elsewhere)

        with self.assertRaises(CannotBeFixed) as refusal:
            fix(round_=self.round, registration=self.ben, choice=self.choice(self.peace), by=self.olga)

        self.assertIn("“Elsewhere”", str(refusal.exception))


class PublishingTests(AllocatingCase):
    def test_everyone_gets_a_booking_or_none_one_mail_and_a_line_in_the_log(self):
        done = self.publish()

        booked = [self.bookings(one) for one in (self.ada, self.ben, self.cleo)]
        self.assertEqual(sum(map(len, booked)), 2)
        self.assertEqual((done.booked, done.mails, Outbox.objects.count()), (2, 3, 3))
        self.assertEqual(PlaceChange.objects.filter(reason="allocated", by=self.olga).count(), 2)
        self.round.refresh_from_db()
        self.assertIsNotNone(self.round.published_at)

    def test_published_twice_is_published_once(self):
        allocation = self.compute()
        self.publish(allocation)

        with self.assertRaises(AlreadyPublished):
            self.publish(allocation)

        self.assertEqual(Outbox.objects.count(), 3)

    def test_what_was_computed_while_people_could_still_choose_is_not_published(self):
        early = self.compute()
        self.round.closes_at = timezone.now()
        self.round.save()

        with self.assertRaises(ComputedTooEarly):
            self.publish(early)

        self.assertEqual(self.edition.registrations.filter(bookings__isnull=False).count(), 0)

    def test_who_cancelled_meanwhile_gets_nothing_and_who_waits_moves_up(self):
        allocation = self.compute()
        winner = allocation.places.get(choice=self.choice(self.peace)).registration
        cancel_registration(registration=winner)
        Outbox.objects.all().delete()

        done = self.publish(allocation, waits=True)

        self.assertEqual([place.registration for place in done.cancelled], [winner])
        self.assertEqual(self.bookings(winner), {})
        self.assertEqual(self.peace.bookings.confirmed().count(), 1)
        self.assertEqual(Outbox.objects.count(), 2)

    def test_who_took_a_place_elsewhere_meanwhile_keeps_that_one(self):
        allocation = self.compute()
        winner = allocation.places.get(choice=self.choice(self.peace)).registration
        elsewhere = make_workshop(self.edition, "Elsewhere")
        make_slot(elsewhere, release=self.release)
        make_booking(winner, elsewhere)

        done = self.publish(allocation)

        self.assertEqual(self.bookings(winner), {"Elsewhere": "confirmed"})
        self.assertEqual([place.registration for place in done.clashing], [winner])
        self.assertIn("“Elsewhere”", Outbox.objects.get(recipient=winner.user.email).text)

    def test_closed_workshop_is_cancelled_in_public_and_named_in_the_mail(self):
        self.round.choices.filter(workshop=self.peace).update(minimum=2)

        self.publish()

        self.peace.refresh_from_db()
        self.assertEqual(self.peace.status, "cancelled")
        self.assertIn("“Peace” does not take place", Outbox.objects.get(recipient=self.ben.user.email).text)

    def test_who_moves_up_leaves_the_lower_place_and_the_next_one_takes_that(self):
        self.publish(waits=True)
        winner = self.peace.bookings.confirmed().get()
        second = self.media.bookings.confirmed().get().registration
        self.assertEqual(self.bookings(second), {"Media": "confirmed", "Peace": "waiting"})
        head = self.peace.bookings.waiting().first().registration

        cancel_booking(booking=winner)

        self.assertEqual(self.bookings(head)["Peace"], "confirmed")
        self.assertEqual(len([s for s in self.bookings(head).values() if s == "confirmed"]), 1)
        for workshop in (self.peace, self.media):
            self.assertLessEqual(workshop.bookings.confirmed().count(), 1)

    def test_nobody_ever_has_two_places_of_a_round_and_no_place_is_free_while_somebody_waits(self):
        self.publish(waits=True)
        for _time in range(3):
            booking = self.peace.bookings.confirmed().first()
            if booking:
                cancel_booking(booking=booking)
        for registration in (self.ada, self.ben, self.cleo):
            held = registration.bookings.confirmed().filter(workshop__in_round__round=self.round)
            self.assertLessEqual(held.count(), 1)
        for workshop in (self.peace, self.media):
            is_free = workshop.bookings.confirmed().count() < workshop.capacity
            self.assertFalse(is_free and workshop.bookings.waiting().exists())


class ResultTests(AllocatingCase):
    def test_reason_names_the_workshop_how_many_wanted_it_and_the_draw(self):
        self.publish()
        second = AllocatedPlace.objects.get(choice=self.choice(self.media)).registration

        words = own_outcome(second, self.round)["missed"]

        self.assertEqual(len(words), 1)
        self.assertIn("“Peace”: 3 people wanted it most, and all places are taken: 1 ", words[0])

    def test_published_data_name_nobody_and_recompute_to_the_same(self):
        self.publish()
        data = json.dumps(data_of(self.round))

        for registration in (self.ada, self.ben, self.cleo):
            for secret in (
                registration.user.name,
                registration.user.email,
                str(registration.guid),
                registration.reference,
            ):
                self.assertNotIn(f'"{secret}"', data)
        self.assertIn("the same for everybody", self.recomputed(data))

    def test_result_that_was_tampered_with_is_found(self):
        self.publish()
        data = data_of(self.round)
        places = data["result"]["places"]
        placed = next(one for one in places.values() if one["workshop"])
        placed["workshop"] = str(self.choice(self.club).pk)

        with self.assertRaises(CommandError):
            self.recomputed(json.dumps(data))

    def test_file_of_something_else_is_refused_in_words(self):
        with self.assertRaises(CommandError):
            self.recomputed("[1, 2]")

    def recomputed(self, text):
        out = StringIO()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "round.json"
            file.write_text(text)
            call_command("recompute_allocation", str(file), stdout=out)
        return out.getvalue()
