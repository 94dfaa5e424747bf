"""A worker killed in the middle of a letter: the next goes on, nobody is forgotten and nobody gets two."""

from django.test import SimpleTestCase

from tests.bench.letters import letters


class KilledWorkerTests(SimpleTestCase):
    def test_each_of_sixty_has_it_once_after_three_kills(self):
        self.assertEqual(letters(people=60, kills=3), 0)
