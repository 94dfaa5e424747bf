"""Organisers' questions on the page to register, on the page to change, and on my registration."""

from datetime import date

from django.utils import timezone

from conference.models import User
from registration.models import Answer, ConsentChange, Question, Registration
from registration.questions.fields import name_of
from tests.admin_forms import queries_of
from tests.factories import (
    make_answer,
    make_edition,
    make_question,
    make_registration,
    make_registration_type,
)
from tests.registration.pages import NEWCOMER
from tests.registration.questions.pages import QuestionPage

Kind = Question.Kind
HOSTILE = [
    "=1+1", "+49 170 1", "{{7*7}}", "${x}", "'; DROP TABLE x; --", "<script>alert(1)</script>", "‮abc", "🎉 שלום",
]  # fmt: skip


class AskingTests(QuestionPage):
    def test_all_nine_kinds_are_answered_on_one_page(self):
        kinds = {
            kind: self.ask(kind, ["a", "b"] if kind in Question.WITH_OPTIONS else (), kind=kind)
            for kind in Kind
        }
        first = {kind: str(kinds[kind].options.first().pk) for kind in Question.WITH_OPTIONS}
        sent = {
            Kind.SHORT: "short", Kind.LONG: "two\nlines", Kind.CHOICE: first[Kind.CHOICE],
            Kind.CHOICES: [first[Kind.CHOICES]], Kind.NUMBER: "-2.50", Kind.DATE: "2027-01-02", Kind.COUNTRY: "BE",
            Kind.YES_NO: "no", Kind.CONSENT: "1",
        }  # fmt: skip

        answer = self.send({kinds[kind]: value for kind, value in sent.items()})

        self.assertRedirects(answer, self.own_url)
        kept = {kind: Answer.objects.get(question=question) for kind, question in kinds.items()}
        texts = {kind: one.text.replace("\r", "") for kind, one in kept.items()}
        expected = {**sent, Kind.CHOICE: "", Kind.CHOICES: "", Kind.NUMBER: "-2.50", Kind.CONSENT: "yes"}
        self.assertEqual(texts, expected)
        chosen = {kind: [option.label for option in kept[kind].options.all()] for kind in first}
        self.assertEqual(chosen, {Kind.CHOICE: ["a"], Kind.CHOICES: ["a"]})

    def test_registering_works_with_everything_left_empty_that_may_be(self):
        for kind in Kind:
            self.ask(kind, ["a"] if kind in Question.WITH_OPTIONS else (), kind=kind)

        self.assertRedirects(self.client.post(self.url, NEWCOMER), self.own_url)
        self.assertEqual((Answer.objects.count(), ConsentChange.objects.count()), (0, 0))

    def test_required_question_of_each_kind_has_to_be_answered(self):
        for kind in Kind:
            options = ["a"] if kind in Question.WITH_OPTIONS else ()
            self.ask(kind, options, kind=kind, is_required=True)

        answer = self.send({}, **{name_of(Question.objects.get(kind=Kind.SHORT)): "   "})

        self.assertEqual(self.errors(answer), sorted(name_of(one) for one in Question.objects.all()))
        self.assertEqual(User.objects.count(), 0)

    def test_values_that_are_none_are_refused(self):
        number, day = self.ask(kind=Kind.NUMBER), self.ask(kind=Kind.DATE)
        place, lunch = self.ask(kind=Kind.COUNTRY), self.ask(options=["a"])
        other = make_question(make_edition(), options=["of another edition"]).options.get()
        for question, value in [
            (number, "NaN"), (number, "1e400"), (number, "x"), (day, "2027-02-30"), (day, "0001-01-01"), (place, "XX"),
            (lunch, str(other.pk)), (lunch, "nothing"), (self.ask(kind=Kind.YES_NO), "maybe"),
            (self.ask(kind=Kind.SHORT), "x" * 301), (self.ask(kind=Kind.LONG), "x" * 5000),
            (self.ask(kind=Kind.SHORT), "a\x00b"),
        ]:  # fmt: skip
            with self.subTest(value=value[:20]):
                self.assertEqual(self.errors(self.send({question: value})), [name_of(question)])

    def test_what_was_typed_is_kept_when_the_form_is_refused(self):
        fields = [self.ask(kind=Kind.SHORT), self.ask(kind=Kind.DATE), self.ask(options=["a", "b"])]
        chosen = str(fields[2].options.last().pk)

        answer = self.send(dict(zip(fields, ["CANARY", "2027-01-02", chosen], strict=True)), email="none")

        self.assertContains(answer, 'value="CANARY"')
        self.assertContains(answer, 'value="2027-01-02"')
        self.assertContains(answer, f'value="{chosen}" ', html=False)
        self.assertEqual(answer.content.count(b" checked"), 2)  # the option, and the consent of the page

    def test_hostile_answers_are_kept_literally_and_shown_escaped(self):
        questions = [
            self.ask(f"<b>{text}", kind=Kind.SHORT, help_text="<i>", purpose="<u>") for text in HOSTILE
        ]

        self.send(dict(zip(questions, HOSTILE, strict=True)))

        self.assertEqual([self.answers()[question].text for question in questions], HOSTILE)
        for page in (self.client.get(self.own_url), self.client.get(self.own_url + "edit/")):
            self.assertNotContains(page, "<script>alert")
            self.assertNotContains(page, "<b>=1")
            self.assertNotContains(page, "<i>")
            self.assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")
            self.assertContains(page, "{{7*7}}")

    def test_answers_to_what_nobody_asked_are_ignored(self):
        elsewhere = make_question(make_edition(), kind=Kind.SHORT)
        retired = self.ask(kind=Kind.SHORT, is_retired=True)
        over = self.ask(kind=Kind.SHORT, delete_on=timezone.localdate())

        self.send(dict.fromkeys([elsewhere, retired, over], "CANARY"), question_0="x", answer_text="x")

        self.assertEqual(Answer.objects.count(), 0)

    def test_a_purpose_without_a_full_stop_gets_one_before_the_next_sentence(self):
        self.ask(
            help_text="Two lines", is_sensitive=True, purpose="For the kitchen", delete_on=date(2090, 4, 1)
        )
        self.ask("Another", help_text="Two lines")
        page = self.client.get(self.url)

        self.assertContains(page, "Two lines. For the kitchen. We delete this on 1 April 2090.")
        self.assertContains(page, "Two lines<")

    def test_purpose_and_day_of_deletion_stand_beside_a_sensitive_question(self):
        self.ask(is_sensitive=True, purpose="For the first aider.", delete_on=date(2090, 4, 1))

        self.assertContains(self.client.get(self.url), "For the first aider. We delete this on 1 April 2090.")

    def test_number_of_queries_is_the_same_for_one_and_for_many_questions(self):
        self.ask(options=[("a", 3)])
        one = queries_of(self.client, self.url)
        for number in range(5):
            question = self.ask(
                options=[(f"{letter}", 3) for letter in "abcdef"],
                after=Question.objects.first(),
                after_answer="a",
            )
            question.types.add(self.type)
            self.ask(f"More {number}", kind=Kind.COUNTRY)

        self.assertEqual(queries_of(self.client, self.url), one)


class ConditionTests(QuestionPage):
    def test_question_for_another_type_is_not_asked(self):
        other = make_registration_type(self.edition, "Press")
        question = self.ask("Which paper?", kind=Kind.SHORT, is_required=True)
        question.types.add(other)

        page = self.client.get(self.url)
        without = self.send({}, registration_type=str(self.type.pk))

        self.assertContains(page, "Only for: Press")
        self.assertRedirects(without, self.own_url)

    def test_question_for_the_chosen_type_has_to_be_answered(self):
        press = make_registration_type(self.edition, "Press")
        question = self.ask("Which paper?", kind=Kind.SHORT, is_required=True)
        question.types.add(press)

        answer = self.send({}, registration_type=str(press.pk))

        self.assertEqual(self.errors(answer), [name_of(question)])

    def test_question_of_a_type_nobody_can_choose_is_not_shown(self):
        closed = make_registration_type(self.edition, "Press", closes_at=timezone.now())
        self.ask("Which paper?").types.add(closed)

        self.assertNotContains(self.client.get(self.url), "Which paper?")

    def test_follow_up_is_asked_only_after_its_answer(self):
        hotel = self.ask("Hotel?", kind=Kind.YES_NO)
        nights = self.ask("Nights?", kind=Kind.NUMBER, is_required=True, after=hotel, after_answer="yes")

        self.assertContains(self.client.get(self.url), "Only if you answer “Yes” to “Hotel?”.")
        self.assertEqual(self.errors(self.send({hotel: "yes"})), [name_of(nights)])
        self.assertRedirects(self.send({hotel: "no", nights: "not a number"}), self.own_url)
        self.assertEqual(list(self.answers()), [hotel])

    def test_follow_up_of_an_option_knows_it_in_every_language(self):
        lunch = self.ask("Lunch", ["Fish", "Soup"], kind=Kind.CHOICES)
        lunch.options.filter(label="Fish").update(label_nl="Vis")
        bones = self.ask("Bones?", is_required=True, after=lunch, after_answer="vis")
        fish, soup = [str(option.pk) for option in lunch.options.all()]

        self.assertEqual(self.errors(self.send({lunch: [soup, fish]})), [name_of(bones)])
        self.assertRedirects(self.send({lunch: [soup]}), self.own_url)

    def test_what_follows_something_that_is_not_asked_is_not_asked(self):
        first = self.ask("First", kind=Kind.YES_NO)
        second = self.ask("Second", kind=Kind.YES_NO, after=first, after_answer="yes")
        third = self.ask("Third", is_required=True, after=second, after_answer="yes")

        self.assertRedirects(self.send({first: "no", second: "yes", third: ""}), self.own_url)
        self.assertEqual(list(self.answers()), [first])

    def test_follow_up_of_a_retired_question_is_not_shown(self):
        self.ask("Nights?", after=self.ask("Hotel?", kind=Kind.YES_NO, is_retired=True), after_answer="yes")

        self.assertNotContains(self.client.get(self.url), "Nights?")


class FullTests(QuestionPage):
    def test_full_option_is_said_and_cannot_be_chosen(self):
        lunch = self.ask("Lunch", [("fish", 1), ("soup", 7)], is_required=True)
        make_answer(make_registration("Ben", self.edition), lunch, "", "fish")
        fish = lunch.options.first()

        page = self.client.get(self.url)
        answer = self.send({lunch: str(fish.pk)})

        self.assertContains(page, "fish · full")
        self.assertContains(page, "soup · 7 places left")
        self.assertContains(answer, "“fish” is full. Please choose another answer.")
        self.assertEqual(self.errors(answer), [name_of(lunch)])
        self.assertEqual(Registration.objects.count(), 1)
