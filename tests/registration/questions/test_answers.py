"""Answers as people and organisers read them."""

from datetime import date

from registration.models import Question
from registration.questions.answers import answers_of, lines_of, questions_seen_by
from registration.questions.asking import with_options
from tests.admin_forms import make_staff
from tests.factories import (
    make_answer,
    make_question,
)
from tests.registration.questions.answering import AnswersCase

Kind = Question.Kind


class WordsTests(AnswersCase):
    def test_every_kind_is_said_in_words(self):
        kinds = {
            Kind.SHORT: "=1+1", Kind.LONG: "<b>x</b>", Kind.NUMBER: "3", Kind.DATE: "2027-03-04",
            Kind.COUNTRY: "BE", Kind.YES_NO: "no", Kind.CONSENT: "yes",
        }  # fmt: skip
        questions = {kind: make_question(self.edition, kind=kind) for kind in kinds}
        for kind, text in kinds.items():
            make_answer(self.ada, questions[kind], text)
        make_answer(self.ada, self.lunch, "", "fish", "soup")

        words = answers_of([self.ada], with_options(Question.objects.all()))[self.ada.pk]

        said = {kind: words[question.pk] for kind, question in questions.items()}
        self.assertEqual(
            said,
            {
                Kind.SHORT: "=1+1", Kind.LONG: "<b>x</b>", Kind.NUMBER: "3", Kind.DATE: "4 March 2027",
                Kind.COUNTRY: "Belgium", Kind.YES_NO: "no", Kind.CONSENT: "given",
            },
        )  # fmt: skip
        self.assertEqual(words[self.lunch.pk], "fish; soup")

    def test_answers_of_many_people_take_one_query(self):
        for registration in (self.ada, self.ben):
            make_answer(registration, self.lunch, "", "soup")
        questions = list(with_options(Question.objects.all()))

        with self.assertNumQueries(1):
            found = answers_of([self.ada, self.ben], questions)

        self.assertEqual(found, {one.pk: {self.lunch.pk: "soup"} for one in (self.ada, self.ben)})

    def test_sensitive_questions_are_for_those_who_may_read_needs(self):
        health = make_question(self.edition, is_sensitive=True, purpose="x", delete_on=date(2030, 1, 1))
        editor, helper = make_staff("programme editor"), make_staff("helper")
        organiser, reader = make_staff("organiser"), make_staff("organiser")
        group = reader.groups.get()
        group.permissions.remove(*group.permissions.filter(codename="view_needs"))

        self.assertEqual(questions_seen_by(editor, self.edition), [])
        self.assertEqual(questions_seen_by(helper, self.edition), [])
        self.assertEqual(questions_seen_by(reader, self.edition), [self.lunch])
        group.permissions.add(*group.permissions.model.objects.filter(codename="view_needs"))
        self.assertEqual(questions_seen_by(organiser, self.edition), [self.lunch, health])

    def test_lines_stand_in_the_order_of_the_form(self):
        why = make_question(self.edition, "Why?", after=self.lunch, after_answer="fish")
        first = make_question(self.edition, "First", position=0)
        make_answer(self.ada, why, "because")
        make_answer(self.ada, self.lunch, "", "fish")
        make_answer(self.ada, first, "1")

        self.assertEqual([line.question for line in lines_of(self.ada)], [first, self.lunch, why])
