"""Counting what is limited: each limit, for whom, and until when."""

from datetime import timedelta

from django.test import RequestFactory, TestCase, override_settings
from django.utils import timezone

from conference.limits import forget_ended_counts, is_too_often
from conference.models import RateCount
from tests.factories import make_user


@override_settings(ACCOUNT_RATE_LIMITS={"knock": "3/h/ip,2/m/key", "star": "1/m/user"})
class LimitTests(TestCase):
    def ask(self, action="knock", *, address="192.0.2.1", key="", user=None):
        request = RequestFactory().post("/", REMOTE_ADDR=address)
        request.user = user
        return is_too_often(request, action, key=key)

    def test_as_often_as_allowed_and_not_once_more(self):
        self.assertEqual([self.ask(key=str(turn)) for turn in range(4)], [False, False, False, True])

    def test_each_limit_counts_for_itself(self):
        answers = [self.ask(address=f"192.0.2.{turn}", key="door") for turn in range(3)]

        self.assertEqual(answers, [False, False, True])

    def test_each_person_counts_for_themselves(self):
        ada, ben = make_user("Ada"), make_user("Ben")

        answers = [self.ask("star", user=user) for user in (ada, ben, ada)]

        self.assertEqual(answers, [False, False, True])

    def test_when_the_time_is_over_it_begins_anew(self):
        for turn in range(4):
            self.ask(key=str(turn))
        RateCount.objects.update(ends_at=timezone.now())

        self.assertFalse(self.ask(key="4"))

    def test_who_is_refused_waits_no_longer_for_trying(self):
        self.ask("star", user=(ada := make_user("Ada")))
        until = RateCount.objects.get().ends_at

        self.ask("star", user=ada)

        self.assertEqual(RateCount.objects.get().ends_at, until)

    def test_what_has_no_limit_is_not_counted(self):
        self.assertFalse(self.ask("breathe"))
        self.assertFalse(RateCount.objects.exists())

    def test_counting_takes_one_statement_for_each_limit(self):
        self.ask(key="door")

        with self.assertNumQueries(2):
            self.ask(key="door")

    def test_ended_counts_are_deleted_and_others_kept(self):
        self.ask("star", user=make_user("Ada"))
        self.ask("star", user=make_user("Ben"))
        RateCount.objects.filter(pk=RateCount.objects.first().pk).update(
            ends_at=timezone.now() - timedelta(seconds=1)
        )

        self.assertEqual((forget_ended_counts(), RateCount.objects.count()), (1, 1))
