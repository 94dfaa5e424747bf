"""Rows chosen in a list reach the page that asks about them, however many they are."""

from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory, TestCase

from conference.admin.chosen import IN_ADDRESS, chosen_address, chosen_keys

PAGE = "admin:registration_outcome_refuse"


class ChosenTests(TestCase):
    def setUp(self):
        self.session = SessionStore()

    def request(self, address="/"):
        request = RequestFactory().get(address)
        request.session = self.session
        return request

    def address(self, keys):
        return chosen_address(self.request(), PAGE, keys)

    def read(self, address):
        return chosen_keys(self.request(address))

    def test_few_stand_in_the_address_and_many_do_not(self):
        few, many = list(range(1, IN_ADDRESS + 1)), list(range(1, 5001))

        self.assertEqual(self.read(self.address(few)), few)
        self.assertEqual(list(self.session.keys()), [])
        self.assertEqual(self.read(self.address(many)), many)
        self.assertLess(len(self.address(many)), 100)

    def test_the_last_three_large_choices_are_remembered(self):
        choices = [list(range(first, first + IN_ADDRESS + 1)) for first in range(4)]
        addresses = [self.address(keys) for keys in choices]

        self.assertEqual([self.read(address) for address in addresses], [[], *choices[1:]])

    def test_what_is_no_key_is_left_out(self):
        self.assertEqual(self.read("/?ids=1,x,,-2,9999999999999999999,3"), [1, 3])
        self.assertEqual(self.read("/?chosen=guess"), [])
