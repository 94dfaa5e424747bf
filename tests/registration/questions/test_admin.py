"""Organisers build the form: questions, options, order, conditions, preview; and read answers."""

from datetime import date

from django.test import TestCase, override_settings

from registration.models import Answer, Question, Registration
from registration.questions.fields import name_of
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import (
    make_answer,
    make_edition,
    make_question,
    make_registration,
    make_registration_type,
    make_user,
)
from tests.registration.pages import NEWCOMER

Kind = Question.Kind
ADD = "/admin/registration/question/add/"


@override_settings(STAFF_SECOND_FACTOR=False)
class AdminPage(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.organiser = make_staff("organiser")
        cls.url = f"/admin/conference/edition/{cls.edition.pk}/questions/"

    def setUp(self):
        self.client.force_login(self.organiser)

    def ask(self, label="A question", options=(), **fields):
        return make_question(self.edition, label, options, **fields)

    def page(self, question):
        return f"/admin/registration/question/{question.pk}/change/"

    def save(self, question, **changes):
        page = self.page(question)
        return self.client.post(page, {**read_form(self.client, page), **changes})

    def labels(self):
        return list(Question.objects.order_by("position", "pk").values_list("label", flat=True))


class FormTests(AdminPage):
    def test_question_with_limited_options_is_added_in_one_form(self):
        address = f"{ADD}?edition={self.edition.pk}&kind=choice"
        sent = {
            **read_form(self.client, address), "label_en": "Lunch", "options-TOTAL_FORMS": "2",
            "options-0-label_en": "fish", "options-0-capacity": "30", "options-0-position": "1",
            "options-1-label_en": "soup", "options-1-position": "2",
        }  # fmt: skip
        self.assertEqual((sent["edition"], sent["kind"]), (str(self.edition.pk), "choice"))

        answer = self.client.post(address, sent)

        self.assertEqual(answer.status_code, 302)
        question = Question.objects.get()
        self.assertEqual(
            [(o.label, o.capacity) for o in question.options.all()], [("fish", 30), ("soup", None)]
        )

    def test_who_saved_a_question_sees_it_among_the_others(self):
        form = f"/admin/conference/edition/{self.edition.pk}/questions/"
        self.ask()
        question = Question.objects.get()
        change = f"/admin/registration/question/{question.pk}/change/"
        data = read_form(self.client, change)

        self.assertRedirects(self.client.post(change, data), form)

    def test_new_question_stands_after_all_others(self):
        self.ask(position=7)

        self.assertEqual(read_form(self.client, f"{ADD}?edition={self.edition.pk}")["position"], "8")

    def test_nobody_is_told_to_hold_a_key_where_boxes_are_ticked(self):
        make_registration_type(self.edition, "One")
        page = self.client.get(f"{ADD}?edition={self.edition.pk}")

        self.assertContains(page, "None: for all.")
        self.assertNotContains(page, "Hold down")

    def test_question_is_for_the_types_that_are_ticked(self):
        types = [make_registration_type(self.edition, name) for name in ("One", "Two")]
        question = self.ask()

        self.save(question, types=[str(types[1].pk)])

        self.assertEqual(list(question.types.all()), [types[1]])

    def test_choice_without_options_is_refused(self):
        address = f"{ADD}?edition={self.edition.pk}&kind=choice"

        answer = self.client.post(address, {**read_form(self.client, address), "label_en": "Lunch"})

        self.assertContains(answer, "Add at least one option to choose.")
        self.assertEqual(Question.objects.count(), 0)

    def test_sensitive_question_needs_purpose_and_day(self):
        question = self.ask()

        answer = self.save(question, is_sensitive="on")

        self.assertContains(
            answer, "A sensitive question needs its purpose and the day its answers are deleted."
        )
        answer = self.save(question, is_sensitive="on", purpose_en="Safety", delete_on="2027-04-01")
        self.assertEqual(answer.status_code, 302)

    def test_condition_names_an_answer_there_is(self):
        lunch = self.ask("Lunch", ["fish", "soup"])
        question = self.ask()

        answer = self.save(question, after=str(lunch.pk), after_answer="meat")
        self.assertContains(answer, "Choose one of its answers: fish or soup.")

        self.save(question, after=str(lunch.pk), after_answer=" FISH ")
        question.refresh_from_db()
        self.assertEqual((question.after, question.after_answer), (lunch, "fish"))

    def test_condition_that_leads_back_is_refused(self):
        first = self.ask("First", kind=Kind.YES_NO)
        second = self.ask("Second", kind=Kind.YES_NO, after=first, after_answer="yes")

        answer = self.save(first, after=str(second.pk), after_answer="yes")

        self.assertContains(answer, "That question is itself asked only after this one.")

    def test_types_and_questions_of_other_editions_cannot_be_chosen(self):
        elsewhere = make_edition()
        foreign_type, foreign = make_registration_type(elsewhere), make_question(elsewhere, kind=Kind.YES_NO)
        question = self.ask()

        for changes in ({"types": [str(foreign_type.pk)]}, {"after": str(foreign.pk), "after_answer": "yes"}):
            self.assertEqual(self.save(question, **changes).status_code, 200)
        question.refresh_from_db()
        self.assertEqual((question.after, question.types.count()), (None, 0))

    def test_kind_stays_once_there_are_answers_also_for_forged_posts(self):
        question = self.ask(kind=Kind.SHORT)
        make_answer(make_registration(edition=self.edition), question, "x")

        self.save(question, kind="number")

        question.refresh_from_db()
        self.assertEqual(question.kind, Kind.SHORT)

    def test_option_that_was_chosen_cannot_be_deleted(self):
        lunch = self.ask("Lunch", ["fish", "soup"])
        make_answer(make_registration(edition=self.edition), lunch, "", "fish")

        answer = self.save(lunch, **{"options-0-DELETE": "on"})
        self.assertContains(answer, "“fish” was chosen by somebody, so it stays.")
        self.assertEqual(self.save(lunch, **{"options-1-DELETE": "on"}).status_code, 302)
        self.assertEqual([option.label for option in lunch.options.all()], ["fish"])

    def test_other_words_of_an_option_keep_what_is_asked_after_it(self):
        lunch = self.ask("Lunch", ["fish"])
        bones = self.ask("Bones?", after=lunch, after_answer="fish")

        self.save(lunch, **{"options-0-label_en": "salmon"})

        bones.refresh_from_db()
        self.assertEqual(bones.after_answer, "salmon")

    def test_other_words_of_a_consent_are_a_new_version_and_nothing_else_is(self):
        photos, short = self.ask("Photos?", kind=Kind.CONSENT), self.ask("Short", kind=Kind.SHORT)

        self.save(photos, is_required="on")
        photos.refresh_from_db()
        self.assertEqual(photos.version, 1)
        for field in ("label_en", "label_nl", "help_text_en", "purpose_nl"):
            self.save(photos, **{field: f"Other words of {field}"})
        self.save(short, label_en="Other")
        photos.refresh_from_db()
        short.refresh_from_db()
        self.assertEqual((photos.version, short.version), (5, 1))

    def test_question_with_answers_is_not_deleted(self):
        question = self.ask()
        make_answer(make_registration(edition=self.edition), question, "x")

        self.client.post(f"/admin/registration/question/{question.pk}/delete/", {"post": "yes"})

        self.assertEqual(Question.objects.count(), 1)


class BuildingTests(AdminPage):
    def press(self, name, question):
        return self.client.post(self.url, {name: str(question.pk)})

    def test_buttons_move_a_question_among_its_neighbours(self):
        first, second = self.ask("1"), self.ask("2", kind=Kind.YES_NO)
        self.ask("3")
        self.ask("2a", after=second, after_answer="yes")

        self.press("up", second)
        self.assertEqual([label for label in self.labels() if label != "2a"], ["2", "1", "3"])
        self.press("up", second)
        self.press("down", first)
        self.assertEqual([label for label in self.labels() if label != "2a"], ["2", "3", "1"])

    def test_what_is_no_longer_asked_can_be_asked_again(self):
        question = self.ask()

        self.press("retire", question)
        question.refresh_from_db()
        self.assertTrue(question.is_retired)
        self.press("ask", question)
        question.refresh_from_db()
        self.assertFalse(question.is_retired)

    def test_question_of_another_edition_is_not_found(self):
        self.assertEqual(self.press("retire", make_question(make_edition())).status_code, 404)

    def test_who_may_only_look_presses_nothing(self):
        question = self.ask()
        self.client.force_login(make_staff("registration desk"))

        self.assertNotContains(self.client.get(self.url), 'name="retire"')
        self.assertEqual(self.press("retire", question).status_code, 403)

    def test_list_takes_the_same_queries_for_one_and_for_many(self):
        self.ask("1", ["a", "b"])
        one = queries_of(self.client, self.url)
        for _number in range(3):
            self.ask(options=["a", "b"], after=Question.objects.first(), after_answer="a")

        self.assertEqual(queries_of(self.client, self.url), one)

    def test_preview_shows_the_form_checks_answers_and_keeps_nothing(self):
        make_registration_type(self.edition)
        question = self.ask("Why <b>do</b> you come?", is_required=True)
        preview = self.url + "preview/"

        shown = self.client.get(preview)
        wrong = self.client.post(preview, NEWCOMER)
        right = self.client.post(preview, {**NEWCOMER, name_of(question): "Because"})

        self.assertContains(shown, "Why &lt;b&gt;do&lt;/b&gt; you come?")
        self.assertEqual(list(wrong.context["form"].errors), [name_of(question)])
        self.assertContains(right, "These answers would be accepted. Nothing was kept.")
        self.assertEqual((Registration.objects.count(), Answer.objects.count()), (0, 0))


class ReadingTests(AdminPage):
    def test_answers_stand_beside_the_registration_sensitive_ones_only_for_some(self):
        registration = make_registration(edition=self.edition)
        open_one = self.ask("Open")
        hidden = self.ask("Hidden", is_sensitive=True, purpose="x", delete_on=date(2090, 1, 1))
        make_answer(registration, open_one, "<b>CANARY1")
        make_answer(registration, hidden, "CANARY2")
        page = f"/admin/registration/registration/{registration.pk}/change/"
        helper, reader = make_staff("helper"), make_user("Reader", is_staff=True)
        names = ["view_registration", "change_registration", "view_answer"]
        permissions = self.organiser.groups.get().permissions.filter(codename__in=names)
        reader.user_permissions.set(permissions)

        seen = {}
        for person in (self.organiser, reader, helper):
            self.client.force_login(person)
            text = self.client.get(page).content.decode()
            seen[person.name] = [word in text for word in ("&lt;b&gt;CANARY1", "CANARY2")]

        self.assertEqual(seen, {"Organiser": [True, True], "Reader": [True, False], "Helper": [False, False]})

    def test_nobody_filters_registrations_by_answers(self):
        answer = self.client.get("/admin/registration/registration/?answers__text__icontains=x")

        self.assertEqual(answer.status_code, 400)
