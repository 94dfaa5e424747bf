from django.test import SimpleTestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registration.figures.hiding import Veiled, both, can_be_told, hours_shown, merged


class MergedTests(SimpleTestCase):
    def test_small_ones_go_together(self):
        self.assertEqual(merged({"be": 30, "nl": 9, "mt": 2, "cy": 4}), ([("be", 30), ("nl", 9)], 6))

    def test_one_small_one_takes_the_smallest_shown_with_it_so_that_no_total_tells_it(self):
        self.assertEqual(merged({"be": 30, "nl": 9, "mt": 2}), ([("be", 30)], 11))

    def test_two_that_are_fewer_than_five_together_take_another_too(self):
        self.assertEqual(merged({"be": 30, "nl": 9, "mt": 2, "cy": 1}), ([("be", 30)], 12))

    def test_nothing_is_said_of_fewer_than_five_people(self):
        self.assertEqual(merged({"be": 3, "nl": 1}), ([], 0))

    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(st.dictionaries(st.integers(0, 9), st.integers(0, 12), max_size=8))
    def test_no_small_number_stands_there_or_follows_from_the_total(self, counts):
        shown, together = merged(counts)
        hidden = [count for key, count in counts.items() if count and key not in dict(shown)]

        self.assertEqual([count for _key, count in shown if count < 5], [])
        self.assertNotEqual(len(hidden) if shown else 0, 1)
        self.assertNotIn(together, range(1, 5))


class SumTests(SimpleTestCase):
    def test_of_two_parts_of_a_known_number_both_are_hidden_when_one_is_small(self):
        self.assertEqual([both(17, 3), both(3, 17), both(20, 0), both(12, 8)], [False, False, True, True])

    def test_a_single_hidden_number_follows_from_its_sum(self):
        self.assertTrue(can_be_told(3, [Veiled(1, 4)]))

    def test_two_at_their_bounds_follow_and_two_between_do_not(self):
        few = [Veiled(1, 4), Veiled(1, 4)]

        self.assertEqual([can_be_told(total, few) for total in (2, 3, 5, 8)], [True, False, False, True])


class HoursTests(SimpleTestCase):
    def shown(self, hours, veiled, known=None):
        hours = {hour: (count, frozenset(sessions)) for hour, (count, sessions) in hours.items()}
        return hours_shown(hours, known or {}, dict.fromkeys(veiled, Veiled(1, 4)))

    def test_an_hour_tells_no_session_by_subtraction(self):
        self.assertEqual(self.shown({9: (33, {1, 2})}, {2}, {1: 30}), set())
        self.assertEqual(self.shown({9: (35, {1, 2, 3})}, {2, 3}, {1: 30}), {9})

    def test_two_hours_do_not_tell_it_together(self):
        self.assertEqual(self.shown({9: (5, {1, 2}), 10: (8, {1, 2, 3})}, {1, 2, 3}), {9})

    def test_a_small_hour_is_hidden(self):
        self.assertEqual(self.shown({9: (4, {1}), 10: (9, {1})}, set(), {1: 9}), {10})
