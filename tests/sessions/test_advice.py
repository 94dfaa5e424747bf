"""What was found in a file becomes advice for its speaker and one sentence for readers, never a barrier."""

from django.test import SimpleTestCase

from sessions.describing.advice import HOW, NAMED, WHAT, advice_for, label_for, pages_in_words
from sessions.files.accessibility import KEYS
from sessions.models import Preview
from tests.factories import make_presentation
from tests.sessions.test_describing import give_text
from tests.sessions.test_desk import DeskCase


class WordsTests(SimpleTestCase):
    def test_every_finding_has_words(self):
        self.assertEqual([set(WHAT), set(HOW)], [set(KEYS)] * 2)

    def test_advice_names_the_pages(self):
        (advice,) = advice_for({"alternatives": [2, 7]})

        self.assertEqual((advice.what, advice.where), ("Pictures have no description.", "2 pages: 2, 7"))

    def test_pages_in_words(self):
        many = list(range(1, NAMED + 2))

        self.assertEqual(
            [pages_in_words(pages) for pages in ([], [3], many)],
            ["", "Page 3", "13 pages: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12…"],
        )

    def test_readers_are_told_only_of_files_that_were_examined(self):
        made = {"format": "pdf", "state": "done"}

        self.assertIn("Checked", label_for(Preview(**made)))
        self.assertIn("has pages that are only a picture", label_for(Preview(**made, findings={"text": [1]})))
        for other in ({"format": "key", "state": "done"}, {"format": "pdf", "state": "failed"}):
            self.assertEqual(label_for(Preview(**other)), "")


class PageTests(DeskCase):
    def setUp(self):
        super().setUp()
        self.presentation = make_presentation(self.session, "My talk", audience="members")
        give_text(self.presentation, "Text", findings={"alternatives": [4]})

    def test_the_speaker_reads_advice_and_sees_what_others_see(self):
        response = self.client.get(self.manage_url(self.presentation))

        self.assertContains(response, "Pictures have no description.")
        self.assertContains(response, "Page 4.")
        self.assertContains(response, "Free account")  # not “Open”, as it is for its speaker

    def test_readers_find_the_label_and_when_it_was_updated(self):
        self.presentation.versions.update(number=2)

        response = self.client.get(f"/presentations/{self.presentation.guid}/")

        self.assertContains(response, "has pictures without description")
        self.assertContains(response, "Updated on")
