from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from registration.services.allocating import compute
from registration.services.publishing_rounds import publish
from registration.services.ranking import fingerprint, ranking_of
from tests.admin_forms import queries_of
from tests.factories import (
    make_appearance,
    make_edition,
    make_ranking,
    make_registration,
    make_round,
    make_workshop,
)


class RoundPages(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.workshops = [make_workshop(cls.edition, t, capacity=9) for t in ("Peace", "Media", "Exchange")]
        cls.round = make_round(cls.edition, cls.workshops)
        cls.peace, cls.media, cls.exchange = [choice.pk for choice in cls.round.choices.all()]
        cls.ada = make_registration("Ada", cls.edition)
        cls.url = f"/{cls.edition.slug}/my-registration/rounds/{cls.round.pk}/"

    def setUp(self):
        self.client.force_login(self.ada.user)

    def send(self, *order, action="save", seen=None, **headers):
        data = {"order": order, "action": action, "seen": fingerprint(self.saved()) if seen is None else seen}
        return self.client.post(self.url, data, headers=headers)

    def saved(self):
        return ranking_of(self.ada, self.round)

    def close(self):
        self.round.closes_at = timezone.now()
        self.round.save()


class RankTests(RoundPages):
    def test_each_button_saves_and_leads_back_to_its_workshop(self):
        answer = self.send(action=f"add:{self.media}")
        self.send(self.media, action=f"add:{self.peace}")
        self.send(self.media, self.peace, action=f"up:{self.peace}")

        self.assertRedirects(answer, f"{self.url}#choice-{self.media}", fetch_redirect_response=False)
        self.assertEqual(self.saved(), [self.peace, self.media])

    def test_page_says_what_is_saved_and_explains_each_workshop(self):
        make_appearance(self.workshops[0])
        self.send(self.peace, self.media)

        page = self.client.get(self.url)

        self.assertContains(page, "Saved: 2 workshops in your order")
        self.assertContains(page, "Grace Hopper")
        self.assertContains(page, "9 places", 3)

    def test_script_gets_an_answer_it_can_read(self):
        answer = self.send(self.peace, Accept="application/json")
        refused = self.send(self.media, seen="old", Accept="application/json")

        self.assertEqual(answer.json(), {"seen": fingerprint([self.peace]), "ranked": 1})
        self.assertEqual((refused.status_code, list(refused.json())), (409, ["refusal"]))

    def test_second_window_is_refused_and_keeps_what_it_sent(self):
        seen = fingerprint([])
        self.send(self.peace, seen=seen)

        refused = self.send(self.exchange, self.media, seen=seen)

        self.assertContains(refused, "changed meanwhile in another window", status_code=409)
        self.assertContains(refused, f'name="order" value="{self.exchange}"', status_code=409)
        self.assertEqual(self.saved(), [self.peace])
        self.send(self.exchange, self.media)  # the page that came back knows what is saved
        self.assertEqual(self.saved(), [self.exchange, self.media])

    def test_after_the_moment_nothing_is_saved_and_what_was_sent_is_shown(self):
        self.send(self.peace)
        self.close()

        refused = self.send(self.media)

        self.assertContains(refused, "This was not saved any more", status_code=409)
        self.assertContains(refused, "What you sent, and what was not saved", status_code=409)
        self.assertEqual(self.saved(), [self.peace])

    def test_other_fields_and_other_peoples_choices_are_not_touched(self):
        ben = make_registration("Ben", self.edition)
        make_ranking(ben, self.round, self.workshops[0])
        data = {"order": [self.media], "registration": ben.pk, "status": "confirmed", "rank": 9, "id": 1}

        self.client.post(self.url, data | {"action": "save", "seen": fingerprint([])})

        self.assertEqual((self.saved(), ranking_of(ben, self.round)), ([self.media], [self.peace]))

    def test_numbers_that_are_none_are_ignored(self):
        self.send("0", "-1", str(2**63), "abc", "١٢٣", self.peace)

        self.assertEqual(self.saved(), [self.peace])

    def test_rounds_of_other_editions_first_come_rounds_and_strangers_find_nothing(self):
        foreign = make_round(make_edition())
        plain = make_round(self.edition, way="first_come")
        urls = [
            f"/{self.edition.slug}/my-registration/rounds/{pk}/" for pk in (foreign.pk, plain.pk, 0, 2**63)
        ]

        self.assertEqual([self.client.get(url).status_code for url in urls], [404] * 4)
        self.client.force_login(make_registration("Ben").user)
        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_workshop_leads_to_the_order_instead_of_a_button_to_book(self):
        page = self.client.get(self.workshops[0].get_absolute_url())
        booked = self.client.post(f"{self.workshops[0].get_absolute_url()}book/", follow=True)

        self.assertContains(page, self.url)
        self.assertNotContains(page, "Take a place")
        self.assertContains(booked, "Places in this workshop are given by ranked choice")
        self.assertEqual(self.ada.bookings.count(), 0)

    def test_page_asks_the_same_number_of_times_for_one_and_for_three(self):
        one = make_round(self.edition, [make_workshop(self.edition)], "Round B")
        url = f"/{self.edition.slug}/my-registration/rounds/{one.pk}/"
        make_ranking(self.ada, one, one.choices.get().workshop)
        make_ranking(self.ada, self.round, *self.workshops)

        self.assertEqual(queries_of(self.client, url), queries_of(self.client, self.url))


class ResultTests(RoundPages):
    def publish(self):
        make_ranking(self.ada, self.round, *self.workshops[:2])
        self.close()
        publish(allocation=compute(round_=self.round, by=None), waits=False, by=None)

    def test_before_it_is_published_nobody_finds_a_result(self):
        urls = [f"/{self.edition.slug}/rounds/{self.round.pk}/{rest}" for rest in ("", "allocation.json")]

        self.assertEqual([self.client.get(url).status_code for url in urls], [404, 404])

    def test_person_reads_what_they_got(self):
        self.publish()

        self.assertContains(self.client.get(self.url), "You were given a place in “Peace”.")

    def test_everybody_reads_figures_and_seed_and_no_name(self):
        self.publish()
        self.client.logout()

        page = self.client.get(f"/{self.edition.slug}/rounds/{self.round.pk}/")

        self.assertContains(page, "a seed")
        self.assertNotContains(page, self.ada.user.name)
        self.assertEqual(page.cookies.keys(), set())

    def test_my_registration_leads_there(self):
        self.assertContains(self.client.get(f"/{self.edition.slug}/my-registration/"), self.url)

    def test_round_that_opens_later_says_when(self):
        self.round.opens_at = timezone.now() + timedelta(hours=1)
        self.round.save()

        page = self.client.get(self.url)

        self.assertContains(page, "You can choose from")
        self.assertNotContains(page, 'name="order"')
