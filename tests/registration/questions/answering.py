"""Two people at an edition that asks for their lunch: what all tests of answers begin with."""

from django.test import TestCase

from registration.models import QuestionOption
from registration.questions.asking import Given
from registration.services.answers import save_answers
from tests.factories import make_edition, make_question, make_registration, make_registration_type


class AnswersCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.kind = make_registration_type(cls.edition)
        cls.lunch = make_question(cls.edition, "Lunch", options=[("fish", 1), ("soup", None)])
        cls.fish, cls.soup = cls.lunch.options.all()
        cls.ada, cls.ben = make_registration("Ada", cls.edition), make_registration("Ben", cls.edition)

    def choose(self, registration, *options):
        given = Given(options=tuple(option.pk for option in options))
        save_answers(registration=registration, cleaned={self.lunch: given})

    def chosen(self, registration):
        return [option.label for option in QuestionOption.objects.filter(answers__registration=registration)]
