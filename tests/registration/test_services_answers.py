"""Answers are kept, counted, withdrawn and deleted."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from registration.exceptions import OptionFull, OptionGone, RegistrationGone
from registration.models import Answer, ConsentChange, Question, QuestionOption
from registration.questions.answers import answers_of
from registration.questions.asking import NOTHING, Given, questions_of, with_options
from registration.services.answers import delete_due_answers, save_answers, withdraw_consent
from registration.services.registering import cancel_registration, register, update_registration
from tests.factories import (
    make_answer,
    make_question,
    make_registration,
    make_user,
)
from tests.registration.questions.answering import AnswersCase

Kind = Question.Kind


class LimitTests(AnswersCase):
    def test_last_place_of_an_option_goes_once(self):
        self.choose(self.ada, self.fish)

        with self.assertRaises(OptionFull):
            self.choose(self.ben, self.fish)

        self.assertEqual((self.chosen(self.ada), self.chosen(self.ben)), (["fish"], []))

    def test_option_without_a_limit_is_for_everyone(self):
        self.choose(self.ada, self.soup)
        self.choose(self.ben, self.soup)

        self.assertEqual((self.chosen(self.ada), self.chosen(self.ben)), (["soup"], ["soup"]))

    def test_changing_the_answer_frees_the_option(self):
        self.choose(self.ada, self.fish)
        self.choose(self.ada, self.soup)
        self.choose(self.ben, self.fish)

        self.assertEqual((self.chosen(self.ada), self.chosen(self.ben)), (["soup"], ["fish"]))

    def test_option_deleted_meanwhile_is_refused_and_nothing_is_kept(self):
        QuestionOption.objects.filter(pk=self.soup.pk).delete()

        with self.assertRaises(OptionGone):
            self.choose(self.ada, self.soup)

        self.assertFalse(Answer.objects.exists())

    def test_taking_the_answer_away_frees_the_option(self):
        self.choose(self.ada, self.fish)
        save_answers(registration=self.ada, cleaned={self.lunch: NOTHING})
        self.choose(self.ben, self.fish)

        self.assertEqual((Answer.objects.count(), self.chosen(self.ben)), (1, ["fish"]))

    def test_cancelling_frees_the_option(self):
        self.choose(self.ada, self.fish)
        cancel_registration(registration=self.ada)
        self.choose(self.ben, self.fish)

        self.assertEqual(self.chosen(self.ben), ["fish"])

    def test_who_waits_for_a_place_holds_the_option(self):
        waiting = make_registration("Cyd", self.edition, status="waiting")
        self.choose(waiting, self.fish)

        with self.assertRaises(OptionFull):
            self.choose(self.ben, self.fish)

    def test_who_holds_an_option_keeps_it_when_there_are_fewer(self):
        self.choose(self.ada, self.fish)
        QuestionOption.objects.filter(pk=self.fish.pk).update(capacity=0)
        self.choose(self.ada, self.fish)

        self.assertEqual(self.chosen(self.ada), ["fish"])

    def test_registering_for_what_is_full_makes_no_registration(self):
        self.choose(self.ada, self.fish)
        cyd = make_user("Cyd")

        with self.assertRaises(OptionFull):
            register(
                user=cyd, registration_type=self.kind, role="teacher", country="BE",
                given={self.lunch: Given(options=(self.fish.pk,))},
            )  # fmt: skip

        self.assertFalse(cyd.registrations.exists())

    def test_a_change_that_is_refused_changes_nothing_else(self):
        self.choose(self.ada, self.fish)

        with self.assertRaises(OptionFull):
            update_registration(
                registration=self.ben, role="ngo", given={self.lunch: Given(options=(self.fish.pk,))}
            )

        self.ben.refresh_from_db()
        self.assertEqual(self.ben.role, "teacher")

    def test_full_option_is_counted_where_it_is_offered(self):
        self.choose(self.ada, self.fish)

        taken = {option.label: option.taken for option in questions_of(self.edition)[0].options.all()}

        self.assertEqual(taken, {"fish": 1, "soup": 0})

    def test_cancelled_registration_takes_no_answers(self):
        cancel_registration(registration=self.ada)

        with self.assertRaises(RegistrationGone):
            self.choose(self.ada, self.soup)

    def test_number_of_queries_does_not_grow_with_the_answers(self):
        many = [make_question(self.edition, options=[("a", 5), ("b", 5)]) for _number in range(4)]
        given = {question: Given(options=(question.options.first().pk,)) for question in many}
        with self.assertNumQueries(8):
            save_answers(registration=self.ada, cleaned=dict(list(given.items())[:1]))
        with self.assertNumQueries(8):
            save_answers(registration=self.ben, cleaned=given)


class ConsentTests(AnswersCase):
    def setUp(self):
        self.photos = make_question(
            self.edition, "May we take photos?", kind=Kind.CONSENT, purpose="The archive"
        )
        self.at = timezone.now()

    def answer(self, text, version=1, at=None):
        given = Given(text, version=version if text == "yes" else 0)
        save_answers(registration=self.ada, cleaned={self.photos: given}, at=at or self.at)

    def changes(self):
        return [(one.is_given, one.version) for one in ConsentChange.objects.order_by("pk")]

    def test_consent_is_kept_with_its_version_moment_and_words(self):
        self.answer("yes")

        answer, change = Answer.objects.get(), ConsentChange.objects.get()
        self.assertEqual((answer.text, answer.version, answer.answered_at), ("yes", 1, self.at))
        self.assertEqual((change.is_given, change.version, change.at), (True, 1, self.at))
        self.assertEqual(change.words, "May we take photos?\nThe archive")

    def test_consent_that_was_never_given_leaves_nothing(self):
        self.answer("no")

        self.assertEqual((Answer.objects.count(), self.changes()), (0, []))

    def test_saying_the_same_again_changes_nothing(self):
        self.answer("yes")
        self.answer("yes", at=self.at + timedelta(days=1))

        self.assertEqual((Answer.objects.get().answered_at, self.changes()), (self.at, [(True, 1)]))

    def test_unticking_withdraws_and_both_moments_stay(self):
        self.answer("yes")
        self.answer("no", at=self.at + timedelta(days=1))

        answer = Answer.objects.get()
        self.assertEqual((answer.text, answer.answered_at), ("no", self.at + timedelta(days=1)))
        self.assertEqual(self.changes(), [(True, 1), (False, 1)])

    def test_consent_to_new_words_is_a_new_one(self):
        self.answer("yes")
        Question.objects.filter(pk=self.photos.pk).update(version=2)
        self.photos.refresh_from_db()
        self.answer("yes", version=2, at=self.at + timedelta(days=1))

        self.assertEqual((Answer.objects.get().version, self.changes()), (2, [(True, 1), (True, 2)]))

    def test_button_withdraws_once(self):
        self.answer("yes")

        self.assertTrue(withdraw_consent(registration=self.ada, question=self.photos))
        self.assertFalse(withdraw_consent(registration=self.ada, question=self.photos))
        self.assertEqual((Answer.objects.get().text, self.changes()), ("no", [(True, 1), (False, 1)]))

    def test_only_a_consent_can_be_withdrawn(self):
        hotel = make_question(self.edition, kind=Kind.YES_NO)
        make_answer(self.ada, hotel, "yes")

        self.assertFalse(withdraw_consent(registration=self.ada, question=hotel))


class DeletionTests(AnswersCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.edition.time_zone = "Europe/Brussels"
        cls.edition.save()
        cls.health = make_question(
            cls.edition, is_sensitive=True, purpose="Safety", delete_on=date(2027, 4, 1)
        )
        cls.lunch.delete_on = date(2027, 5, 1)
        cls.lunch.save()
        make_answer(cls.ada, cls.health, "CANARY")
        make_answer(cls.ben, cls.lunch, "", "fish")

    def at(self, day, hour=0):
        return datetime(2027, 4, day, hour, tzinfo=ZoneInfo("Europe/Brussels"))

    def test_answers_go_on_their_day_where_the_edition_is_and_others_stay(self):
        before = delete_due_answers(self.at(1) - timedelta(seconds=1))
        after = delete_due_answers(self.at(1))

        self.assertEqual((before, after), (0, 1))
        self.assertFalse(Answer.objects.filter(text__contains="CANARY").exists())
        self.assertEqual(Answer.objects.get(question=self.health).deleted_at, self.at(1))
        self.assertEqual(self.chosen(self.ben), ["fish"])

    def test_running_again_deletes_nothing_more_and_running_late_deletes_all(self):
        first, second = delete_due_answers(self.at(1) + timedelta(days=90)), delete_due_answers(self.at(2))

        self.assertEqual((first, second), (2, 0))
        self.assertEqual(self.chosen(self.ben), [])

    def test_what_would_be_deleted_at_once_is_not_asked(self):
        self.assertEqual(questions_of(self.edition, self.at(1)), [self.lunch])

    def test_deleted_answers_are_in_no_list(self):
        delete_due_answers(self.at(1))

        self.assertEqual(answers_of([self.ada], with_options(Question.objects.all())), {})
