from datetime import timedelta

from django.test import TestCase, override_settings
from django.utils import timezone

from conference.models import Outbox, Task
from conference.tasks import run_due
from registration.models import FixedPlace, Round
from registration.rounds.checks import warnings_of
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import (
    make_booking,
    make_edition,
    make_ranking,
    make_registration,
    make_release,
    make_round,
    make_slot,
    make_workshop,
)


@override_settings(STAFF_SECOND_FACTOR=False)
class RoundAdminCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(is_front_page=True)
        cls.organiser = make_staff("organiser")
        cls.workshops = [make_workshop(cls.edition, title, capacity=1) for title in ("Peace", "Media")]
        cls.round = make_round(cls.edition, cls.workshops, closes_at=timezone.now() - timedelta(minutes=1))
        cls.people = [make_registration(name, cls.edition) for name in ("Ada", "Ben", "Cleo")]
        for person in cls.people:
            make_ranking(person, cls.round, *cls.workshops)
        cls.page = f"/admin/registration/round/{cls.round.pk}/allocation/"
        cls.publishing = f"/admin/registration/round/{cls.round.pk}/publish/"

    def setUp(self):
        self.client.force_login(self.organiser)

    def compute(self):
        self.client.post(self.page, {"action": "compute"})
        run_due()
        return self.round.allocations.first()


class RoundFormTests(RoundAdminCase):
    def test_seed_is_made_when_it_is_left_empty_and_stays_once_something_was_computed(self):
        address = f"/admin/registration/round/{self.round.pk}/change/"
        form = read_form(self.client, address) | {"seed": ""}
        self.client.post(address, form)
        self.round.refresh_from_db()
        made = self.round.seed
        self.compute()

        self.client.post(address, form | {"seed": "one that suits me"})

        self.round.refresh_from_db()
        self.assertEqual((len(made), self.round.seed), (16, made))

    def test_ranked_round_needs_its_moment(self):
        form = read_form(self.client, "/admin/registration/round/add/")
        form |= {"name_en": "Round B", "way": "ranked", "edition": self.edition.pk}

        answer = self.client.post("/admin/registration/round/add/", form)

        self.assertContains(answer, "A ranked choice needs the moment at which it closes.")

    def test_workshops_of_other_editions_are_refused(self):
        address = f"/admin/registration/round/{self.round.pk}/change/"
        foreign = make_workshop(make_edition())
        form = read_form(self.client, address) | {"choices-2-workshop": foreign.pk}

        self.client.post(address, form)

        self.assertEqual(self.round.choices.count(), 2)

    def test_warnings_name_workshops_that_are_not_parallel_or_in_no_round(self):
        release = make_release(self.edition)
        make_slot(self.workshops[0], release=release)
        make_slot(self.workshops[1], timezone.now(), release=release)
        make_workshop(self.edition, "Left alone")

        found = " ".join(warnings_of(self.round))

        self.assertIn("“Peace” and “Media”", found)
        self.assertIn("in no round: “Left alone”", found)

    def test_warnings_say_how_many_keep_the_place_they_have(self):
        make_booking(self.people[0], self.workshops[0])
        make_booking(self.people[1], self.workshops[0], status="waiting")
        words = "1 person has a place in these workshops already"
        self.assertIn(words, " ".join(warnings_of(self.round)))

        self.round.way = Round.Way.FIRST_COME
        self.assertNotIn(words, " ".join(warnings_of(self.round)))


class AllocationPageTests(RoundAdminCase):
    def test_result_says_how_many_got_what_and_why_somebody_got_less(self):
        self.compute()

        page = self.client.get(self.page)

        self.assertContains(page, "first choice: 1, second choice: 1")
        self.assertContains(page, "had an equal claim, and the draw with the published seed decided")

    def test_organiser_closes_fixes_and_computes_again(self):
        Round.objects.filter(pk=self.round.pk).update(closes_at=timezone.now() + timedelta(days=1))
        self.client.post(self.page, {"action": "close"})
        first = self.compute()
        loser = first.places.get(choice=None).registration
        choice = self.round.choices.get(workshop=self.workshops[0])

        self.client.post(self.page, {"action": "fix", "reference": loser.reference, "choice": choice.pk})
        second = self.compute()

        self.assertEqual(FixedPlace.objects.get().by, self.organiser)
        self.assertEqual(second.places.get(registration=loser).choice, choice)
        self.assertContains(
            self.client.get(self.page), "1 person has a place now, 1 person has none any more"
        )

    def test_nobody_is_fixed_by_a_workshop_that_is_not_in_the_round(self):
        for sent in (999_999, "", "x"):
            answer = {"action": "fix", "reference": self.people[0].reference, "choice": sent}
            self.assertContains(self.client.post(self.page, answer, follow=True), "is not in the round")
        self.assertFalse(FixedPlace.objects.exists())

    def test_publishing_says_how_many_mails_and_only_its_button_sends_them(self):
        allocation = self.compute()
        page = self.client.get(self.publishing)
        self.assertContains(page, "3 mails leave")
        self.assertEqual(Outbox.objects.count(), 0)

        for _click in range(2):
            self.client.post(self.publishing, {"run": allocation.number, "waits": "on"})
        run_due()

        self.assertEqual(Outbox.objects.count(), 3)
        self.assertEqual(set(Task.objects.values_list("status", flat=True)), {"done"})
        self.assertContains(self.client.get(self.publishing), "published already")

    def test_result_computed_too_early_cannot_be_published(self):
        allocation = self.compute()
        Round.objects.filter(pk=self.round.pk).update(closes_at=timezone.now())

        answer = self.client.post(self.publishing, {"run": allocation.number})

        self.assertContains(answer, "Compute it again after the round closed")
        self.assertEqual(Task.objects.filter(kind="allocation_publishing").count(), 0)

    def test_desk_looks_at_rounds_but_neither_computes_nor_publishes(self):
        self.client.force_login(make_staff("registration desk"))

        for address in (self.page, self.publishing):
            self.assertEqual(self.client.post(address, {"action": "compute", "run": 1}).status_code, 403)
        self.assertEqual(Task.objects.count(), 0)

    def test_page_asks_the_same_number_of_times_for_more_people(self):
        self.compute()
        before = queries_of(self.client, f"{self.page}?show=all")
        for name in ("Dora", "Emil", "Finn"):
            make_ranking(make_registration(name, self.edition), self.round, *self.workshops)
        Round.objects.get().allocations.all().delete()
        self.compute()

        self.assertEqual(queries_of(self.client, f"{self.page}?show=all"), before)

    def test_addresses_with_nonsense_do_not_break_the_page(self):
        self.compute()
        for query in ("run=x", "run=9999999999999999999999", "show=workshop:x", "show=workshop:99999999999999999999999999",
                      "page=-1", "q=%00x", "show=nowhere", "show=fixed", "show=changed", "q=ada"):  # fmt: skip
            self.assertIn(self.client.get(f"{self.page}?{query}").status_code, (200, 400), query)
