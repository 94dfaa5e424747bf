from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from registration.exceptions import NotRegistered
from registration.rounds.exceptions import ChosenByRank, RankingChanged, RankingClosed, RoundNotOpen
from registration.rounds.ordering import order_after
from registration.services.booking import book_workshop
from registration.services.ranking import fingerprint, ranking_of, save_ranking
from tests.factories import make_edition, make_registration, make_round, make_workshop


class RankingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.workshops = [make_workshop(cls.edition, title) for title in ("Peace", "Media", "Exchange")]
        cls.round = make_round(cls.edition, cls.workshops)
        cls.choices = [choice.pk for choice in cls.round.choices.all()]
        cls.ada = make_registration("Ada", cls.edition)

    def save(self, *ranking, **options):
        return save_ranking(registration=self.ada, round_=self.round, ranking=ranking, **options)

    def saved(self):
        return ranking_of(self.ada, self.round)


class SaveRankingTests(RankingCase):
    def test_order_is_saved_whole_and_replaced_whole(self):
        peace, media, exchange = self.choices
        self.save(media, peace)
        self.save(exchange, media, peace)

        self.assertEqual(self.saved(), [exchange, media, peace])

    def test_what_is_not_offered_or_comes_twice_is_left_out(self):
        peace, media, _exchange = self.choices
        other = make_round(self.edition, [make_workshop(self.edition)], "Round B").choices.get().pk
        draft = self.round.choices.create(workshop=make_workshop(self.edition, status="draft")).pk

        self.assertEqual(self.save(media, other, 0, media, draft, 2**62, peace), [media, peace])

    def test_second_before_closing_is_in_time_and_the_moment_itself_is_not(self):
        closes_at = self.round.closes_at
        self.save(self.choices[0], at=closes_at - timedelta(seconds=1))

        with self.assertRaises(RankingClosed) as refusal:
            self.save(self.choices[1], at=closes_at)

        self.assertIn(closes_at.astimezone(self.edition.zone).strftime("%H:%M:%S"), str(refusal.exception))
        self.assertEqual(self.saved(), [self.choices[0]])

    def test_before_it_opens_nothing_is_saved(self):
        with self.assertRaises(RankingClosed):
            self.save(self.choices[0], at=self.round.opens_at - timedelta(seconds=1))

        self.assertEqual(self.saved(), [])

    def test_order_of_a_window_that_did_not_see_the_last_change_is_refused(self):
        peace, media, exchange = self.choices
        seen = fingerprint([])
        self.save(peace, media, seen=seen)

        with self.assertRaises(RankingChanged):
            self.save(exchange, seen=seen)

        self.assertEqual(self.saved(), [peace, media])

    def test_same_order_sent_twice_is_saved_once_and_refused_never(self):
        seen = fingerprint([])
        self.save(self.choices[0], seen=seen)
        first = self.ada.preferences.get().pk

        self.save(self.choices[0], seen=seen)

        self.assertEqual(self.ada.preferences.get().pk, first)

    def test_only_a_confirmed_registration_of_the_edition_chooses(self):
        for registration in (
            make_registration("Ben", self.edition, status="waiting"),
            make_registration("Cleo", self.edition, status="cancelled"),
            make_registration("Dora"),
        ):
            with self.assertRaises(NotRegistered):
                save_ranking(registration=registration, round_=self.round, ranking=self.choices)


class OrderAfterTests(TestCase):
    def test_buttons_move_add_and_remove(self):
        for action, expected in [
            ("up:2", [2, 1, 3]), ("up:1", [1, 2, 3]), ("down:2", [1, 3, 2]), ("down:3", [1, 2, 3]),
            ("remove:2", [1, 3]), ("add:9", [1, 2, 3, 9]), ("add:2", [1, 2, 3]), ("up:9", [1, 2, 3]),
            ("save", [1, 2, 3]), ("up:x", [1, 2, 3]), ("", [1, 2, 3]), ("up:-1", [1, 2, 3]), ("add:١", [1, 2, 3]),
        ]:  # fmt: skip
            with self.subTest(action=action):
                self.assertEqual(order_after([1, 2, 3], action), expected)


class BookingInARoundTests(RankingCase):
    def book(self, at=None):
        return book_workshop(registration=self.ada, workshop=self.workshops[0], at=at)

    def test_no_place_of_a_ranked_round_is_booked_before_the_result_is_published(self):
        for at in (None, self.round.closes_at + timedelta(hours=1)):
            with self.assertRaises(ChosenByRank):
                self.book(at)

        self.assertEqual(self.ada.bookings.count(), 0)

    def test_afterwards_what_is_left_goes_to_whoever_comes_first(self):
        self.round.published_at = timezone.now()
        self.round.save()

        self.assertTrue(self.book().is_confirmed)

    def test_first_come_round_is_booked_between_its_moments_only(self):
        self.round.way = "first_come"
        self.round.save()
        second = timedelta(seconds=1)

        for at in (self.round.opens_at - second, self.round.closes_at):
            with self.assertRaises(RoundNotOpen):
                self.book(at)
        self.assertTrue(self.book(self.round.closes_at - second).is_confirmed)
