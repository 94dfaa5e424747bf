"""The cache that rate limits are counted in keeps, replaces, expires and refuses as a cache does."""

import base64
import pickle

import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import TestCase

from conference import cache as module


class OneStatementCacheTests(TestCase):
    def test_what_is_set_is_found_and_replaced(self):
        cache.set("a", [1, "é"])
        cache.set("a", {"two": 2})

        self.assertEqual(cache.get("a"), {"two": 2})

    def test_add_takes_what_is_free_and_nothing_else(self):
        self.assertIs(cache.add("a", 1), True)
        self.assertIs(cache.add("a", 2), False)
        self.assertEqual(cache.get("a"), 1)

    def test_add_takes_what_has_expired(self):
        with time_machine.travel("2027-03-13 09:00:00Z", tick=False) as clock:
            cache.add("a", 1, timeout=10)
            clock.shift(12)

            self.assertIsNone(cache.get("a"))
            self.assertIs(cache.add("a", 2, timeout=10), True)
            self.assertEqual(cache.get("a"), 2)

    def test_without_a_timeout_it_stays(self):
        with time_machine.travel("2027-03-13 09:00:00Z", tick=False) as clock:
            cache.set("a", 1, timeout=None)
            clock.shift(10 * 365 * 24 * 3600)

            self.assertEqual(cache.get("a"), 1)

    def test_touch_incr_and_delete_still_work(self):
        cache.set("a", 1)
        cache.incr("a")
        cache.touch("a", 100)

        self.assertEqual(cache.get("a"), 2)
        cache.delete("a")
        self.assertIsNone(cache.get("a"))

    def test_writing_takes_one_statement(self):
        self.addCleanup(setattr, module, "CULLED_EVERY", module.CULLED_EVERY)
        module.CULLED_EVERY = 10**9
        with self.assertNumQueries(1):
            cache.set("a", 1)
        with self.assertNumQueries(1):
            cache.add("b", 1)

    def test_too_many_entries_are_culled(self):
        self.addCleanup(setattr, module, "CULLED_EVERY", module.CULLED_EVERY)
        module.CULLED_EVERY = 1
        self.addCleanup(setattr, cache, "_max_entries", cache._max_entries)
        cache._max_entries = 5
        for number in range(20):
            cache.set(f"key-{number}", number)
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM cache")
            self.assertLessEqual(cursor.fetchone()[0], 6)

    def test_values_are_stored_as_the_original_stores_them(self):
        cache.set("a", "value")
        with connection.cursor() as cursor:
            cursor.execute("SELECT value FROM cache")
            stored = cursor.fetchone()[0]

        self.assertEqual(pickle.loads(base64.b64decode(stored)), "value")  # noqa: S301
