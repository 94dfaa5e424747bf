"""What the tests of the organisers' questions share."""

from django.test import TestCase

from registration.models import Answer
from registration.questions.fields import name_of
from tests.factories import (
    make_edition,
    make_question,
    make_registration_type,
)
from tests.registration.pages import NEWCOMER


class QuestionPage(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.type = make_registration_type(cls.edition)
        cls.url = f"/{cls.edition.slug}/register/"
        cls.own_url = f"/{cls.edition.slug}/my-registration/"

    def ask(self, label="A question", options=(), **fields):
        return make_question(self.edition, label, options, **fields)

    def send(self, answers, **extra):
        filled = {name_of(question): value for question, value in answers.items()}
        return self.client.post(self.url, {**NEWCOMER, **filled, **extra})

    def answers(self):
        return {answer.question: answer for answer in Answer.objects.all()}

    def errors(self, response):
        return sorted(response.context["form"].errors)
