"""What many things are found by changes: few are found anew at once, many as soon as the worker was there."""

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from conference.content import content_state
from conference.models import Organisation, Task
from conference.services.merging import merge_organisations
from conference.tasks import run_due
from conference.viewer import ANONYMOUS
from sessions.library import renamed
from sessions.library.asking import Asked
from sessions.library.index import rebuild
from sessions.library.search import search
from sessions.models import Level, LibraryState, LibraryWord, Presentation, Topic
from sessions.services.presentations import approve_version
from tests.admin_forms import read_form
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_session,
    make_speaker,
    make_version,
)
from tests.sessions.library.pages import make_pages

MANY = renamed.AT_ONCE + 1


def total(q, **facets):
    return search(Asked(q, {name: (value,) for name, value in facets.items()}), ANONYMOUS).total


@override_settings(STAFF_SECOND_FACTOR=False)
class ManyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition("Oldname", short_title="C", open_pages=2)
        session = make_session(cls.edition, "Opening")
        cls.decks = [
            make_presentation(session, f"Deck {n}", audience=Presentation.Audience.MEMBERS)
            for n in range(MANY - 1)
        ]
        make_pages(cls.decks[0], "First", "A giraffe", "A zebra")
        rebuild()

    def save(self, **changes):
        self.client.force_login(make_organiser())
        address = f"/admin/conference/edition/{self.edition.pk}/change/"
        form = read_form(self.client, address)
        with CaptureQueriesContext(connection) as asked:
            self.assertEqual(self.client.post(address, form | changes).status_code, 302)
        return len(asked)

    def test_many_are_the_work_of_the_worker(self):
        asked = self.save(title_en="Newname")
        self.assertLess(asked, 100)
        self.assertEqual((total("oldname"), total("newname")), (MANY, 0))
        before, remembered = content_state().number, LibraryState.objects.get().token

        self.assertEqual(run_due(), 1)

        self.assertEqual((total("oldname"), total("newname")), (0, MANY))
        self.assertFalse(LibraryWord.objects.filter(word="oldname").exists())
        self.assertGreater(content_state().number, before)  # pages that are kept are built anew
        self.assertNotEqual(LibraryState.objects.get().token, remembered)  # facets are read anew
        task = Task.objects.get(kind=renamed.KIND)
        self.assertEqual((task.status, task.done, task.total), ("done", MANY, MANY))

    def test_saved_twice_it_is_done_once_and_as_it_is_then(self):
        self.save(title_en="Second")
        self.save(title_en="Third")

        self.assertEqual(run_due(), 1)
        self.assertEqual((total("second"), total("third")), (0, MANY))

    def test_pages_behind_the_gate_are_hidden_before_the_worker_was_there(self):
        self.assertEqual((total("giraffe"), total("zebra")), (1, 0))
        self.save(open_pages="1")

        self.assertEqual((total("giraffe"), total("zebra")), (0, 0))
        self.save(is_published=False)
        self.assertEqual(total("deck"), 0)
        self.assertEqual(search(Asked(), ANONYMOUS).facets, [])

    def test_pages_that_were_opened_are_found_when_the_worker_was_there(self):
        self.save(open_pages="3")
        self.assertEqual(total("zebra"), 0)
        run_due()

        self.assertEqual(total("zebra"), 1)


@override_settings(STAFF_SECOND_FACTOR=False)
class ForgottenTests(TestCase):
    """What goes is forgotten when it goes."""

    @classmethod
    def setUpTestData(cls):
        cls.session = make_session(make_edition(), "Opening")
        cls.keep = Organisation.objects.create(name="Stayinghouse", slug="staying")
        cls.other = Organisation.objects.create(name="Goinghouse", slug="going")
        make_appearance(cls.session, make_speaker("Zoë"), organisation=cls.other)
        cls.deck = make_presentation(cls.session, "Deck")
        make_pages(cls.deck, "A giraffe.")
        rebuild()

    def known(self, word):
        return LibraryWord.objects.filter(word=word).exists()

    def test_organisation_merged(self):
        self.assertEqual((total("goinghouse"), self.known("goinghouse")), (1, True))
        merge_organisations(keep=self.keep, other=self.other)

        self.assertEqual((total("goinghouse"), total("stayinghouse")), (0, 1))
        self.assertEqual((self.known("goinghouse"), self.known("stayinghouse")), (False, True))

    def test_organisation_renamed_in_the_admin(self):
        self.client.force_login(make_organiser())
        address = f"/admin/conference/organisation/{self.other.pk}/change/"
        form = read_form(self.client, address)
        self.assertEqual(self.client.post(address, form | {"name": "Newhouse"}).status_code, 302)

        self.assertEqual((total("goinghouse"), total("newhouse")), (0, 1))

    def test_pages_of_a_replaced_file(self):
        self.assertTrue(self.known("giraffe"))
        version = make_version(self.deck, status="submitted")
        version.preview = make_pages(make_presentation(self.session, "Other"), "A zebra.")
        version.save()
        approve_version(version=version, by=None)

        self.assertEqual((self.known("giraffe"), self.known("zebra")), (False, True))

    def test_word_deleted_in_the_admin(self):
        self.client.force_login(make_organiser())
        for model, relation in ((Topic, "topics"), (Level, "levels")):
            with self.subTest(model):
                word = model.objects.create(name="Goingword", slug="goingword")
                getattr(self.deck, relation).add(word)
                renamed.reindex_word(word)
                self.assertEqual(total("goingword"), 1)
                address = f"/admin/conference_sessions/{model._meta.model_name}/{word.pk}/delete/"
                self.assertEqual(self.client.post(address, {"post": "yes"}).status_code, 302)

                self.assertEqual((total("goingword"), self.known("goingword")), (0, False))
                facets = search(Asked(), ANONYMOUS).facets
                self.assertNotIn("goingword", [value.value for facet in facets for value in facet.values])
