"""Speakers describe in one step what teachers look for; what session and text suggest is offered, never set."""

from datetime import UTC, datetime

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sessions.describing.offering import MOST_LETTERS, first_pages, offer_for, offer_for_session
from sessions.forms import DetailsForm
from sessions.models import (
    Audience,
    Competence,
    Level,
    Presentation,
    Preview,
    PreviewPage,
    Subject,
    Topic,
    TopicWord,
)
from tests.factories import make_presentation
from tests.sessions.test_desk import DETAILS, DeskCase, a_file

DUTCH = """Wat leerlingen meebrengen van een periode in het buitenland is meer dan wat zij leren in de lessen op
hun school. Leraren die met hen meegingen zeggen dat het ook gaat over polarisatie en hoe zij kijken."""


def make_topic(name, **fields):
    return Topic.objects.create(name=name, slug=f"for-{name.lower()}", **fields)


def give_text(presentation, *texts, **fields):
    """As the worker leaves it behind."""
    preview = Preview.objects.create(sha256="a" * 64, format="pdf", state=Preview.State.DONE, **fields)
    PreviewPage.objects.bulk_create(
        PreviewPage(preview=preview, number=number, text=text) for number, text in enumerate(texts, start=1)
    )
    presentation.versions.update(preview=preview)


class DescribeInOneStepTests(DeskCase):
    def setUp(self):
        super().setUp()
        self.topic, self.level = (
            make_topic("Polarisation"),
            Level.objects.create(name="Evening", slug="evening"),
        )
        self.subject = Subject.objects.create(name="Latin", slug="latin")
        self.audience = Audience.objects.create(name="Choirs", slug="choirs")
        self.competence = Competence.objects.create(name="Empathy", slug="empathy")

    def about(self, **fields):
        return {
            "topics": [self.topic.pk], "levels": [self.level.pk], "subjects": [self.subject.pk],
            "for_whom": [self.audience.pk], "competences": [self.competence.pk],
            "age_from": "12", "age_to": "18", "country": "BE", "notes_are_shown": "on", **fields,
        }  # fmt: skip

    def described(self):
        made = Presentation.objects.get()
        rows = [made.topics, made.levels, made.subjects, made.for_whom, made.competences]
        chosen = [row.get() for row in rows]
        return [*chosen, made.age_from, made.age_to, made.country.code, made.notes_are_shown]

    def all_of_it(self):
        return [
            self.topic, self.level, self.subject, self.audience, self.competence, 12, 18, "BE", True,
        ]  # fmt: skip

    def test_a_new_presentation_comes_with_its_description(self):
        response = self.client.post(self.add_url, {**DETAILS, **self.about(), "file": a_file()})

        self.assertRedirects(response, self.manage_url(Presentation.objects.get()))
        self.assertEqual(self.described(), self.all_of_it())

    def test_what_is_there_can_be_described_later(self):
        presentation = make_presentation(self.session)

        response = self.client.post(
            self.manage_url(presentation), {**DETAILS, **self.about(), "form": "details"}
        )

        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.described(), self.all_of_it())

    def test_nothing_of_it_is_needed(self):
        self.client.post(self.add_url, {**DETAILS, "file": a_file()})

        made = Presentation.objects.get()
        self.assertEqual([made.topics.count(), made.age_from, made.country.code], [0, None, ""])

    def test_ages_that_go_down_are_refused_and_nothing_is_stored(self):
        response = self.client.post(self.add_url, {**DETAILS, **self.about(age_to="6"), "file": a_file()})

        self.assertContains(response, "The second age is not below the first.", status_code=422)
        self.assertContains(response, '<details class="describe" open>', status_code=422)
        self.assertEqual(Presentation.objects.count(), 0)

    def test_a_form_that_is_sent_twice_is_one_presentation(self):
        sent = {**DETAILS, "mark": self.client.get(self.add_url).context["form"]["mark"].value()}
        for _time in range(2):
            self.client.post(self.add_url, {**sent, "file": a_file()})

        self.assertEqual(Presentation.objects.count(), 1)

    def test_the_form_asks_as_often_for_many_topics_as_for_few(self):
        self.session.topics.add(self.topic)

        def queries():
            with CaptureQueriesContext(connection) as counted:
                self.client.get(self.add_url)
            return len(counted)

        queries()
        few = queries()
        self.session.topics.add(*(make_topic(f"T{number}") for number in range(3)))

        self.assertEqual(queries(), few)


class SuggestionTests(DeskCase):
    def setUp(self):
        super().setUp()
        self.topic, self.other = make_topic("Polarisation"), make_topic("Gender")
        TopicWord.objects.create(topic=self.topic, word="polarisatie", language="nl")

    def test_topics_of_the_session_are_chosen_in_a_new_form_and_marked(self):
        self.session.topics.add(self.topic)

        form = self.client.get(self.add_url).context["form"]

        self.assertEqual(form["topics"].value(), [self.topic.pk])
        self.assertEqual(
            [label for _value, label in form.fields["topics"].choices][0], "Polarisation (suggested)"
        )
        self.assertEqual(offer_for_session(self.session).topics, (self.topic.pk,))

    def test_the_text_suggests_and_chooses_nothing(self):
        presentation = make_presentation(self.session, title="My slides")
        give_text(presentation, f"Buiten de klas\n{DUTCH}")

        response = self.client.get(self.manage_url(presentation))

        form = response.context["details"]
        self.assertEqual((offer_for(presentation).topics, form["topics"].value()), ((self.topic.pk,), []))
        self.assertContains(response, "Polarisation (suggested)")
        self.assertContains(response, "The file calls itself “Buiten de klas”.")
        self.assertContains(response, "The text seems to be in this language: Dutch.")

    def test_what_is_chosen_already_is_not_suggested(self):
        presentation = make_presentation(self.session, title="Buiten de klas", language="nl")
        presentation.topics.add(self.topic)
        give_text(presentation, f"Buiten de klas\n{DUTCH}")

        offered = offer_for(presentation)

        self.assertEqual((offered.topics, offered.title, offered.language), ((), "", ""))

    def test_only_so_much_of_a_long_text_is_looked_through(self):
        presentation = make_presentation(self.session)
        give_text(presentation, DUTCH)
        preview = Preview.objects.get()
        for number in range(2, 30):
            PreviewPage.objects.create(preview=preview, number=number, text="woord " * 3000)

        pages = first_pages(preview)

        self.assertEqual((len(pages), sum(len(page.text) for page in pages)), (29, MOST_LETTERS))

    def test_a_file_that_is_not_read_yet_suggests_nothing(self):
        presentation = make_presentation(self.session)
        give_text(presentation, DUTCH)
        Preview.objects.update(state="running")

        self.assertEqual(offer_for(presentation).topics, ())


class FieldTests(TestCase):
    def test_a_list_without_rows_is_left_out(self):
        Topic.objects.all().delete()

        names = [field.name for field in DetailsForm(instance=Presentation()).about_fields()]

        self.assertNotIn("topics", names)
        self.assertIn("country", names)


class DeadlineTests(DeskCase):
    def test_the_deadline_is_shown_with_its_time_zone(self):
        edition = self.session.edition
        edition.presentations_due_at = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)
        edition.time_zone = "Europe/Brussels"
        edition.save()

        response = self.client.get(self.add_url)

        self.assertContains(response, "1 March 2027, 23:30. Later ones are taken too.")
        self.assertContains(response, "All times are the time in Brussels.")
        self.assertContains(response, "at most 50 MB")
