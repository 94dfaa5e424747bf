"""Who may answer, when, once; and that what is stored says nothing about who answered what."""

import json
from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.utils import timezone

from conference.models import Edition
from registration.feedback.asking import to_answer
from registration.feedback.exceptions import AnsweredAlready, FeedbackNotOpen, NotThere
from registration.models import CheckIn, FeedbackPlan, FeedbackQuestion, FeedbackSheet, Registration
from registration.services.feedback import forget_who_answered, hide_text
from tests.factories import make_booking, make_registration, make_session, make_slot, make_workshop
from tests.registration.feedback.asked import AskedEdition


class FeedbackCase(AskedEdition, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.make()


class WhoAndWhenTests(FeedbackCase):
    def test_it_opens_at_the_end_of_the_session_and_closes_at_the_moment_of_the_plan(self):
        second = timedelta(seconds=1)
        for at in (self.end - second, self.plan.closes_at):
            with self.assertRaises(FeedbackNotOpen):
                self.give(self.person(), at=at, scale="5")

        self.give(self.person(), at=self.end, scale="5")
        self.give(self.person(), at=self.plan.closes_at - second, scale="5")

        self.assertEqual(FeedbackSheet.objects.get().count, 2)

    def test_a_session_without_a_time_is_over_with_its_edition(self):
        self.release.slots.all().delete()
        today = timezone.localdate()
        with self.assertRaises(FeedbackNotOpen):
            self.give(self.person(), scale="5")
        Edition.objects.update(starts_on=today - timedelta(days=3), ends_on=today - timedelta(days=2))
        self.plan.refresh_from_db()

        self.give(self.person(), scale="5")

        self.assertEqual(FeedbackSheet.objects.get().count, 1)

    def test_a_session_that_was_moved_is_over_at_its_last_released_time(self):
        make_slot(self.talk, timezone.now() + timedelta(hours=1), release=self.release)

        with self.assertRaises(FeedbackNotOpen):
            self.give(self.person(), scale="5")

    def test_nothing_is_asked_about_a_cancelled_session(self):
        self.talk.status = "cancelled"
        self.talk.save()

        with self.assertRaises(FeedbackNotOpen):
            self.give(self.person(), scale="5")

    def test_a_workshop_is_for_those_who_had_a_place_or_were_present(self):
        waiting, present, other = (self.person(name, booked=False) for name in ("Wim", "Pia", "Otto"))
        make_booking(waiting, self.workshop, status="waiting")
        CheckIn.objects.create(registration=present, session=self.workshop, at=timezone.now())
        for one in (waiting, other):
            with self.assertRaises(NotThere):
                self.give(one, self.workshop, scale="5")
        self.give(present, self.workshop, scale="5")
        self.give(self.person(), self.workshop, scale="5")

        self.assertEqual(FeedbackSheet.objects.get().count, 2)

    def test_who_was_noted_by_mistake_was_not_there(self):
        person = self.person(booked=False)
        CheckIn.objects.create(
            registration=person, session=self.workshop, at=timezone.now(), undone_at=timezone.now()
        )

        with self.assertRaises(NotThere):
            self.give(person, self.workshop, scale="5")

    def test_nobody_without_a_confirmed_place_is_asked(self):
        for status in ("waiting", "cancelled", "pending"):
            with self.assertRaises(NotThere):
                self.give(make_registration("Ada", self.edition, status=status), scale="5")

    def test_a_person_answers_once_about_each_also_by_another_registration(self):
        ada = self.person()
        self.give(ada, scale="5")
        self.give(ada, self.workshop, scale="5")
        self.give(ada, of_whole=True)
        with self.assertRaises(AnsweredAlready):
            self.give(ada, scale="1")
        Registration.objects.filter(pk=ada.pk).update(status="cancelled")
        again = make_registration(user=ada.user, edition=self.edition)
        with self.assertRaises(AnsweredAlready):
            self.give(again, scale="1")

        self.assertEqual(list(FeedbackSheet.objects.values_list("count", flat=True)), [1, 1, 1])

    def test_the_edition_is_asked_about_after_its_last_session(self):
        late = make_session(self.edition, "Closing")
        make_slot(late, timezone.now() + timedelta(hours=1), release=self.release)

        with self.assertRaises(FeedbackNotOpen):
            self.give(self.person(), of_whole=True)
        self.give(self.person(), of_whole=True, at=timezone.now() + timedelta(hours=3))


class StoredTests(FeedbackCase):
    def test_answers_are_sums_without_order_and_texts_stand_under_keys_at_random(self):
        words = [f"Text {number:02}" for number in range(20)]
        people = [self.person(f"P{number}") for number in range(20)]
        for registration, said in zip(reversed(people), words, strict=True):
            self.give(registration, scale="4", text=said)
        sheet = FeedbackSheet.objects.get()

        self.assertEqual(sheet.tallies, {str(self.scale.pk): {"4": 20}})
        self.assertEqual(sheet.given, sorted(sheet.given))
        texts = sheet.texts[str(self.text.pk)]
        self.assertEqual(list(texts), sorted(texts))
        self.assertNotEqual(list(texts.values()), words)
        self.assertEqual(sorted(texts.values()), words)

    def test_the_same_answers_in_another_order_are_stored_the_same(self):
        """Two editions with the same people and answers, given the other way round, cannot be told apart."""
        stored = []
        for order in (1, -1):
            FeedbackSheet.objects.all().delete()
            people = [
                Registration.objects.filter(user__name=f"P{n}").first() or self.person(f"P{n}")
                for n in range(6)
            ]
            for registration in people[::order]:
                self.give(registration, scale=str(1 + people.index(registration) % 3))
            sheet = FeedbackSheet.objects.get()
            stored.append(json.dumps([sheet.given, sheet.tallies, sheet.texts, sheet.count]))

        self.assertEqual(stored[0], stored[1])

    def test_the_table_has_no_moment_and_nothing_but_the_sheet_itself_knows_of_answers(self):
        columns = {field.name: field for field in FeedbackSheet._meta.get_fields()}
        moments = [name for name, field in columns.items() if field.get_internal_type().startswith("Date")]
        with connection.cursor() as cursor:
            tables = [
                t
                for t in connection.introspection.table_names(cursor)
                if "feedback" in t and "_historical" not in t
            ]

        self.assertEqual(moments, [])
        self.assertEqual(
            sorted(tables),
            ["registration_feedbackplan", "registration_feedbackquestion", "registration_feedbacksheet"],
        )

    def test_who_answered_is_forgotten_once_nobody_can_answer_any_more(self):
        self.crowd(1, 2, 3)
        self.assertEqual(forget_who_answered(), 0)
        FeedbackPlan.objects.update(closes_at=timezone.now())

        self.assertEqual(forget_who_answered(), 1)
        sheet = FeedbackSheet.objects.get()
        self.assertEqual((sheet.given, sheet.count), ([], 3))
        self.assertEqual(forget_who_answered(), 0)

    def test_what_was_left_out_is_not_counted_and_long_texts_are_cut(self):
        self.give(self.person(), scale="", text="x" * 2000, choice="1")
        sheet = FeedbackSheet.objects.get()

        self.assertEqual(sheet.tallies, {str(self.choice.pk): {"1": 1}})
        self.assertEqual([len(one) for one in sheet.texts[str(self.text.pk)].values()], [1000])

    def test_answers_to_questions_about_something_else_are_not_taken(self):
        self.give(self.person(), scale="5", whole="1")

        self.assertEqual(set(FeedbackSheet.objects.get().tallies), {str(self.scale.pk)})

    def test_a_text_is_hidden_and_shown_again_and_an_unknown_key_does_nothing(self):
        self.give(self.person(), text="Rude")
        key = next(iter(FeedbackSheet.objects.get().texts[str(self.text.pk)]))

        self.assertFalse(hide_text(plan=self.plan, session=self.talk, key="none"))
        self.assertTrue(hide_text(plan=self.plan, session=self.talk, key=key))
        self.assertEqual(FeedbackSheet.objects.get().hidden, [key])
        self.assertTrue(hide_text(plan=self.plan, session=self.talk, key=key, is_hidden=False))
        self.assertEqual(FeedbackSheet.objects.get().hidden, [])


class OwnPageTests(FeedbackCase):
    def titles(self, registration):
        return [one.session.title if one.session else "whole" for one in to_answer(registration)]

    def test_the_own_page_names_what_one_was_in_and_the_edition_until_it_is_answered(self):
        ada = self.person()
        CheckIn.objects.create(registration=ada, session=self.talk, at=timezone.now())
        self.assertEqual(self.titles(ada), ["A talk", "A workshop", "whole"])

        self.give(ada, self.workshop, scale="5")
        self.give(ada, of_whole=True)

        self.assertEqual(self.titles(ada), ["A talk"])

    def test_the_page_of_a_session_leads_there_those_who_are_asked(self):
        ada, other = self.person(booked=False), make_registration("Cleo", self.edition, status="waiting")
        address, way = self.talk.get_absolute_url(), f"{self.talk.get_absolute_url()}feedback/"
        asked = []
        for person in (ada.user, other.user, None):
            self.client.logout()
            if person:
                self.client.force_login(person)
            asked.append(way in self.client.get(address).content.decode())
        self.client.force_login(ada.user)
        booked_by_others = self.client.get(self.workshop.get_absolute_url())
        self.give(ada, scale="5")

        self.assertEqual(asked, [True, False, False])
        self.assertNotContains(booked_by_others, "/feedback/")
        self.assertNotContains(self.client.get(address), way)

    def test_nothing_is_named_without_a_plan_questions_or_a_confirmed_place(self):
        ada = self.person()
        FeedbackQuestion.objects.filter(about="session").delete()
        self.assertEqual(self.titles(ada), ["whole"])
        self.assertEqual(self.titles(make_registration("Cleo", self.edition, status="waiting")), [])
        FeedbackPlan.objects.update(closes_at=timezone.now())
        self.assertEqual(self.titles(ada), [])
        FeedbackPlan.objects.all().delete()
        self.assertEqual(self.titles(ada), [])

    def test_the_number_of_queries_is_the_same_with_one_session_and_with_three(self):
        ada = self.person()
        with self.assertNumQueries(9):
            to_answer(ada)
        for number in range(2):
            workshop = make_workshop(self.edition, f"W{number}")
            make_slot(workshop, self.end - timedelta(hours=1), release=self.release)
            make_booking(ada, workshop)
        with self.assertNumQueries(9):
            self.assertEqual(len(to_answer(ada)), 4)


class QuestionTests(FeedbackCase):
    def test_once_there_are_answers_only_words_change(self):
        self.choice.options = "Too short\nRight"
        self.choice.full_clean()
        self.crowd(3)
        self.choice.label = "Was it long?"
        self.choice.options = "Short\nRight\nLong"
        self.choice.full_clean()
        for name, value in (("options", "Short\nLong"), ("kind", "scale"), ("about", "edition")):
            question = FeedbackQuestion.objects.get(pk=self.choice.pk)
            setattr(question, name, value)
            with self.subTest(name), self.assertRaisesMessage(Exception, "People have answered already"):
                question.full_clean()

    def test_a_choice_has_two_to_twelve_options(self):
        for options in ("", "One", "\n".join("abcdefghijklm")):
            question = FeedbackQuestion(plan=self.plan, label="x", kind="choice", options=options)
            with self.subTest(options), self.assertRaisesMessage(Exception, "two to twelve"):
                question.full_clean()

    def test_every_language_has_the_same_number_of_options(self):
        self.choice.options_nl = "Te kort\nGoed"
        with self.assertRaisesMessage(Exception, "in every language"):
            self.choice.full_clean()
        self.choice.options_nl = "Te kort\nGoed\nTe lang"
        self.choice.full_clean()
