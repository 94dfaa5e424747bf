"""What is shown of answers: nothing of fewer than five, and nothing from which fewer than five could be told."""

import csv
import io
from decimal import Decimal

from django.test import SimpleTestCase, TestCase, override_settings

from registration.feedback.results import results_of
from registration.models import FeedbackQuestion, FeedbackSheet
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import make_appearance, make_organiser, make_session, make_speaker, make_user
from tests.registration.feedback.asked import AskedEdition

RESULTS = "/ed/sessions/talk/feedback/results/"
HIDE = "/ed/sessions/talk/feedback/results/hide/"


class ShownTests(SimpleTestCase):
    def setUp(self):
        self.scale = FeedbackQuestion(pk=1, label="How?", kind="scale")
        self.text = FeedbackQuestion(pk=2, label="What?", kind="text")

    def shown(self, count, *, tally=None, texts=(), hidden=()):
        sheet = FeedbackSheet(
            count=count, tallies={"1": tally or {}}, texts={"2": dict(texts)}, hidden=list(hidden)
        )
        return results_of(sheet, [self.scale, self.text])

    def bars(self, tally):
        question = self.shown(sum(tally.values()), tally=tally).questions[0]
        return [(bar.words, bar.count) for bar in question.bars]

    def test_four_answers_show_nothing_and_five_do(self):
        texts = {"key": "Words"}
        four, five = self.shown(4, tally={"5": 4}, texts=texts), self.shown(5, tally={"5": 5}, texts=texts)

        self.assertEqual((four.count, four.questions), (None, []))
        self.assertEqual((five.count, five.questions[0].mean), (5, Decimal("5.0")))
        self.assertEqual([one.words for one in five.questions[1].texts], ["Words"])

    def test_without_answers_it_says_zero(self):
        self.assertEqual(results_of(None, [self.scale]).count, 0)

    def test_a_question_that_four_of_many_answered_says_nothing(self):
        question = self.shown(20, tally={"1": 4}).questions[0]

        self.assertEqual((question.answers, question.mean, question.bars), (None, None, []))

    def test_the_mean_is_rounded_to_a_tenth_with_halves_up(self):
        question = self.shown(20, tally={"4": 15, "5": 5}).questions[0]
        self.assertEqual(question.mean, Decimal("4.3"))

    def test_an_answer_of_fewer_than_five_goes_together_with_the_next_smallest(self):
        """One hidden number beside a known total could be subtracted."""
        self.assertEqual(self.bars({"3": 6, "4": 9, "5": 1}), [("4", 9), ("all others together", 7)])

    def test_answers_stand_in_their_order_and_add_up(self):
        tally = {"1": 5, "2": 8, "3": 1, "4": 2, "5": 9}
        found = self.bars(tally)

        self.assertEqual([words for words, _count in found][-1], "all others together")
        self.assertEqual(sum(count for _words, count in found), 25)
        self.assertEqual([count for _words, count in found if count < 5], [])


@override_settings(STAFF_SECOND_FACTOR=False)
class ResultPageTests(AskedEdition, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.make()
        cls.speaker = make_user("Grace")
        make_appearance(cls.talk, make_speaker(user=cls.speaker), part="speaker")
        cls.organiser = make_organiser()

    def page(self, user, url=RESULTS):
        self.client.force_login(user)
        return self.client.get(url)

    def test_only_who_is_on_stage_in_it_and_organisers_read_it(self):
        self.crowd(5, 5, 5, 5, 5)
        other = make_user("Other")
        make_appearance(self.workshop, make_speaker(user=other), part="facilitator")
        people = {"speaker": self.speaker, "organiser": self.organiser, "other speaker": other}
        people |= {name: make_staff(name) for name in ("registration desk", "programme editor", "helper")}
        people["attendee"] = self.person().user
        statuses = {name: self.page(user).status_code for name, user in people.items()}

        self.assertEqual(
            {name for name, status in statuses.items() if status == 200}, {"speaker", "organiser"}
        )
        self.assertEqual(set(statuses.values()), {200, 404})

    def test_the_whole_is_read_by_organisers_only(self):
        self.assertEqual(self.page(self.speaker, "/ed/feedback/results/").status_code, 404)
        self.assertEqual(self.page(self.organiser, "/ed/feedback/results/").status_code, 200)

    def test_four_answers_show_nothing_on_the_page_and_in_the_file(self):
        self.crowd(5, 5, 5, 5, text="CANARY")
        for url in (RESULTS, f"/admin/conference/edition/{self.edition.pk}/feedback/?form=csv"):
            page = self.page(self.organiser, url).content.decode()
            self.assertNotIn("CANARY", page)
            self.assertNotIn("5.0", page)
        self.give(self.person("Fifth"), scale="5", text="CANARY")

        self.assertContains(self.page(self.organiser), "5.0 of 5 on average")
        self.assertContains(self.page(self.speaker), "CANARY")

    def test_a_hidden_text_is_gone_for_the_speaker_and_from_files_and_can_be_shown_again(self):
        self.crowd(5, 5, 5, 5, 5, text="Fine")
        self.give(self.person("Rude"), text="CANARY")
        texts = FeedbackSheet.objects.get().texts[str(self.text.pk)]
        key = next(key for key, words in texts.items() if words == "CANARY")
        self.client.force_login(self.organiser)

        self.assertRedirects(self.client.post(HIDE, {"key": key}), RESULTS)
        self.assertContains(self.client.get(RESULTS), "Hidden: only organisers see this.")
        file = self.client.get(f"/admin/conference/edition/{self.edition.pk}/feedback/?form=csv")
        self.assertNotContains(file, "CANARY")
        self.assertNotContains(self.page(self.speaker), "CANARY")
        self.client.force_login(self.organiser)
        self.client.post(HIDE, {"key": key, "show": "yes"})
        self.assertContains(self.page(self.speaker), "CANARY")

    def test_a_speaker_hides_nothing(self):
        self.crowd(5, 5, 5, 5, 5, text="Fine")
        key = next(iter(FeedbackSheet.objects.get().texts[str(self.text.pk)]))
        self.client.force_login(self.speaker)

        self.assertEqual(self.client.post(HIDE, {"key": key}).status_code, 404)
        self.assertEqual(FeedbackSheet.objects.get().hidden, [])
        self.assertNotContains(self.client.get(RESULTS), 'name="key"')

    def test_what_people_wrote_is_no_markup(self):
        self.crowd(5, 5, 5, 5, 5, text="<script>alert(1)</script>")

        self.assertNotContains(self.page(self.organiser), "<script>alert")

    def test_the_code_leads_to_the_questions(self):
        page = self.page(self.speaker)

        self.assertContains(page, 'aria-label="QR code that leads to the questions"')
        self.assertContains(page, 'href="http://localhost:8000/ed/sessions/talk/feedback/"')

    def test_files_hold_what_the_page_shows_and_run_nothing(self):
        self.crowd(3, 3, 3, 4, 4, 4, 4, 4, text="=1+1")
        address = f"/admin/conference/edition/{self.edition.pk}/feedback/?form="
        self.client.force_login(self.organiser)
        rows = list(csv.reader(io.StringIO(self.client.get(f"{address}csv").content.decode("utf-8-sig"))))

        self.assertEqual(rows[0], ["About", "Question", "Answer", "People", "Average"])
        self.assertEqual(rows[1], ["A talk", "How useful was it?", "all answers", "8", "3.6"])
        self.assertEqual(rows[2][2:4], ["all others together", "8"])
        self.assertEqual({row[2][0] for row in rows if row[1] == "What would you change?"}, {"'"})
        self.assertTrue(self.client.get(f"{address}xlsx").content.startswith(b"PK"))
        self.assertEqual(self.client.get(f"{address}exe").status_code, 404)

    def test_the_page_of_the_edition_takes_the_same_queries_with_one_session_and_with_three(self):
        address = f"/admin/conference/edition/{self.edition.pk}/feedback/"
        self.client.force_login(self.organiser)
        self.crowd(5, 5, 5, 5, 5)
        queries_of(self.client, address)
        first = queries_of(self.client, address)
        for number in range(2):
            session = make_session(self.edition, f"S{number}")
            FeedbackSheet.objects.create(plan=self.plan, session=session, count=9)

        self.assertEqual(queries_of(self.client, address), first)


class GivingPageTests(AskedEdition, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.make()

    def setUp(self):
        self.ada = self.person()
        self.client.force_login(self.ada.user)

    def test_the_form_works_without_script_and_thanks(self):
        page = self.client.get("/ed/sessions/lab/feedback/")
        self.assertContains(page, "How useful was it?")
        self.assertEqual(page.content.decode().count('type="radio"'), 8)
        name = f"question_{self.scale.pk}"
        answer = self.client.post("/ed/sessions/lab/feedback/", {name: "4"}, follow=True)

        self.assertContains(answer, "You have answered. Thank you!")
        self.assertNotContains(answer, 'type="radio"')
        self.assertEqual(FeedbackSheet.objects.get().tallies, {str(self.scale.pk): {"4": 1}})

    def test_an_empty_form_and_an_answer_that_was_not_offered_are_refused(self):
        for data in ({}, {f"question_{self.scale.pk}": "6"}, {f"question_{self.choice.pk}": "3"}):
            answer = self.client.post("/ed/sessions/lab/feedback/", data)
            self.assertEqual(answer.status_code, 422, data)

        self.assertEqual(FeedbackSheet.objects.count(), 0)

    def test_sending_twice_counts_once(self):
        data = {f"question_{self.scale.pk}": "4"}
        for _again in range(2):
            self.assertEqual(
                self.client.post("/ed/sessions/lab/feedback/", data).status_code in (200, 302), True
            )

        self.assertEqual(FeedbackSheet.objects.get().count, 1)

    def test_who_was_not_there_is_told_so_and_strangers_log_in_first(self):
        self.client.force_login(self.person("Ben", booked=False).user)
        self.assertContains(self.client.get("/ed/sessions/lab/feedback/"), "asked of those who had a place")
        self.client.logout()

        answer = self.client.get("/ed/sessions/lab/feedback/")
        self.assertRedirects(answer, "/accounts/login/?next=/ed/sessions/lab/feedback/")

    def test_the_own_registration_leads_to_what_is_open(self):
        page = self.client.get("/ed/my-registration/")
        self.assertContains(page, 'href="/ed/sessions/lab/feedback/"')
        self.assertContains(page, 'href="/ed/feedback/"')
        self.give(self.ada, self.workshop, scale="5")

        self.assertNotContains(self.client.get("/ed/my-registration/"), 'href="/ed/sessions/lab/feedback/"')

    def test_an_option_is_counted_as_the_same_in_both_languages(self):
        self.choice.options_nl = "Te kort\nGoed\nTe lang"
        self.choice.save()
        page = self.client.get("/nl/ed/sessions/lab/feedback/")
        self.assertContains(page, "Te lang")
        self.client.post("/nl/ed/sessions/lab/feedback/", {f"question_{self.choice.pk}": "2"})
        self.give(self.person("Ben"), self.workshop, choice="2")

        self.assertEqual(FeedbackSheet.objects.get().tallies, {str(self.choice.pk): {"2": 2}})


@override_settings(STAFF_SECOND_FACTOR=False)
class PlanFormTests(AskedEdition, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.make()

    def address(self):
        return f"/admin/registration/feedbackplan/{self.plan.pk}/change/"

    def send(self, question, **changes):
        self.client.force_login(make_organiser())
        address = self.address()
        form = read_form(self.client, address)
        (row,) = (
            name.removesuffix("id")
            for name, value in form.items()
            if name.endswith("-id") and value == str(question.pk)
        )
        return self.client.post(address, form | {f"{row}{name}": value for name, value in changes.items()})

    def test_an_organiser_changes_the_words_of_questions(self):
        self.assertEqual(self.send(self.scale, label_en="Was it useful?").status_code, 302)
        self.scale.refresh_from_db()

        self.assertEqual(self.scale.label, "Was it useful?")

    def test_a_new_question_stands_last_unless_they_say_otherwise(self):
        self.plan.questions.filter(pk=self.scale.pk).update(position=7)
        self.client.force_login(make_organiser())

        added = 'name="questions-__prefix__-position" value="8"'
        self.assertContains(self.client.get(self.address()), added)

    def test_from_the_questions_to_what_people_said(self):
        self.client.force_login(make_organiser())
        results = f"/admin/conference/edition/{self.plan.edition_id}/feedback/"

        self.assertContains(self.client.get(self.address()), f'href="{results}"')
        self.assertContains(self.client.get(results), f'href="{self.address()}"')

    def test_what_cannot_be_asked_is_refused_with_words(self):
        self.crowd(5)
        for question, changes, words in (
            (self.choice, {"options_en": "Only one"}, "two to twelve options"),
            (self.choice, {"options_nl": "Kort\nLang"}, "in every language"),
            (self.scale, {"kind": "text"}, "People have answered already"),
        ):
            with self.subTest(words):
                self.assertContains(self.send(question, **changes), words)
