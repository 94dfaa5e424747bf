"""Answers are changed and consents withdrawn by whoever gave them."""

from registration.models import Question
from registration.questions.fields import name_of
from tests.admin_forms import queries_of
from tests.factories import (
    make_answer,
    make_registration,
    make_user,
)
from tests.registration.pages import ANSWERS
from tests.registration.questions.pages import QuestionPage

Kind = Question.Kind


class ChangeTests(QuestionPage):
    def setUp(self):
        self.ada = make_user("Ada", country="BE")
        self.client.force_login(self.ada)

    def change(self, answers, **extra):
        filled = {name_of(question): value for question, value in answers.items()}
        return self.client.post(self.own_url + "edit/", {**ANSWERS, **filled, **extra})

    def test_form_shows_what_was_answered_and_saves_what_is_changed(self):
        short, lunch = self.ask(kind=Kind.SHORT), self.ask("Lunch", ["fish", "soup"])
        self.send({short: "before", lunch: str(lunch.options.first().pk)})

        page = self.client.get(self.own_url + "edit/")
        self.change({short: "after", lunch: ""})

        self.assertContains(page, 'value="before"')
        self.assertEqual({one: answer.text for one, answer in self.answers().items()}, {short: "after"})

    def test_own_option_stays_open_though_it_is_full(self):
        lunch = self.ask("Lunch", [("fish", 1)])
        fish = str(lunch.options.get().pk)
        self.send({lunch: fish})

        self.assertNotContains(self.client.get(self.own_url + "edit/"), "full")
        self.assertRedirects(self.change({lunch: fish}), self.own_url)

    def test_option_that_became_full_is_marked_and_nothing_is_changed(self):
        short, lunch = self.ask(kind=Kind.SHORT), self.ask("Lunch", [("fish", 1)])
        self.send({short: "before"})
        make_answer(make_registration("Ben", self.edition), lunch, "", "fish")

        answer = self.change({short: "after", lunch: str(lunch.options.get().pk)})

        self.assertEqual(self.errors(answer), [name_of(lunch)])
        self.assertEqual(self.answers()[short].text, "before")

    def test_required_consent_is_needed_to_register_and_can_be_withdrawn(self):
        photos = self.ask("Photos?", kind=Kind.CONSENT, is_required=True)

        self.assertEqual(self.errors(self.send({})), [name_of(photos)])
        self.send({photos: "1"})
        self.assertRedirects(self.change({}), self.own_url)
        self.assertEqual(self.answers()[photos].text, "no")

    def test_consent_to_words_that_changed_meanwhile_is_refused(self):
        photos = self.ask("Photos?", kind=Kind.CONSENT, version=2)

        answer = self.send({photos: "1"})

        self.assertContains(answer, "These words were changed meanwhile. Please read them again.")
        self.assertNotContains(answer, f'name="{name_of(photos)}" value="2" checked')

    def test_consent_to_former_words_stands_until_it_is_withdrawn_or_given_anew(self):
        photos = self.ask("Photos?", kind=Kind.CONSENT)
        self.send({photos: "1"})
        Question.objects.update(version=2)

        page = self.client.get(self.own_url + "edit/")
        self.change({})
        stands = self.answers()[photos]
        self.change({photos: "2"})

        self.assertContains(page, "You agreed to former words on")
        self.assertEqual((stands.text, stands.version), ("yes", 1))
        self.assertEqual(self.answers()[photos].version, 2)

    def test_button_on_my_registration_withdraws_only_my_own(self):
        photos = self.ask("Photos?", kind=Kind.CONSENT)
        self.send({photos: "1"})
        bens = make_answer(make_registration("Ben", self.edition), photos, "yes")
        url = f"{self.own_url}consents/{photos.pk}/withdraw/"

        self.assertContains(self.client.get(self.own_url), url)
        self.assertEqual(self.client.get(url).status_code, 405)
        self.assertRedirects(self.client.post(url), self.own_url)
        bens.refresh_from_db()
        self.assertEqual(bens.text, "yes")
        self.assertContains(self.client.get(self.own_url), "withdrawn on")
        self.assertNotContains(self.client.get(self.own_url), url)

    def test_withdrawing_what_is_not_mine_is_not_found(self):
        photos = self.ask("Photos?", kind=Kind.CONSENT)
        make_answer(make_registration("Ben", self.edition), photos, "yes")

        self.assertEqual(self.client.post(f"{self.own_url}consents/{photos.pk}/withdraw/").status_code, 404)
        make_registration("Ada", self.edition, user=self.ada)
        self.assertEqual(self.client.post(f"{self.own_url}consents/{photos.pk}/withdraw/").status_code, 404)

    def test_my_registration_takes_the_same_queries_for_one_and_for_many_answers(self):
        registration = make_registration("Ada", self.edition, user=self.ada)
        make_answer(registration, self.ask(options=["a", "b"]), "", "a")
        one = queries_of(self.client, self.own_url)
        for _number in range(3):
            make_answer(registration, self.ask(options=["a", "b"]), "", "b")

        self.assertEqual(queries_of(self.client, self.own_url), one)
