"""A first time is told from a second one, and nobody can read who it was."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, TestCase
from django.utils import timezone

from conference.models import RateCount
from conference.once import asker, first_times
from tests.factories import make_user

HOUR = timedelta(hours=1)


class OnceTests(TestCase):
    def test_each_thing_is_new_once(self):
        self.assertEqual(first_times(["one", "two"], within=HOUR), {"one", "two"})
        self.assertEqual(first_times(["two", "three"], within=HOUR), {"three"})
        self.assertEqual(first_times([], within=HOUR), set())

    def test_it_is_new_again_when_the_time_is_over(self):
        at = timezone.now()

        found = [first_times(["one"], within=HOUR, at=at + HOUR * part) for part in (0, 0.5, 1, 1.5)]

        self.assertEqual(found, [{"one"}, set(), {"one"}, set()])

    def test_many_are_noted_in_one_statement(self):
        for count in (1, 3, 600):
            with self.assertNumQueries(1):
                first_times([str(number) for number in range(count)], within=HOUR)

    def test_nothing_of_a_visitor_can_be_read_from_what_is_kept(self):
        first_times(["download 1 192.0.2.7 Firefox"], within=HOUR)

        self.assertRegex(RateCount.objects.get().key, r"^[0-9a-f]{64}$")

    def test_an_account_is_one_reader_from_everywhere_and_visitors_are_told_apart(self):
        ada = make_user("Ada")
        people = [
            (ada, "192.0.2.1", "A"), (ada, "192.0.2.2", "B"), (AnonymousUser(), "192.0.2.1", "A"),
            (AnonymousUser(), "192.0.2.1", "B"), (AnonymousUser(), "192.0.2.2", "A"),
        ]  # fmt: skip
        found = []
        for user, address, browser in people:
            request = RequestFactory().get("/", REMOTE_ADDR=address, HTTP_USER_AGENT=browser)
            request.user = user
            found.append(asker(request))

        self.assertEqual(len(set(found)), 4)
        self.assertEqual(found[0], found[1])
