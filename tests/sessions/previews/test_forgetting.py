"""Texts and pictures of pages go with the last file that has their content, and nothing is left on disk."""

from django.test import TestCase

from conference.viewer import ANONYMOUS
from sessions.files.documents import make_pdf
from sessions.library.asking import Asked
from sessions.library.search import search
from sessions.models import LibraryEntry, Preview, PreviewPage
from sessions.models.presentation_file import private_storage
from sessions.previews.asking import ask_for_preview
from sessions.previews.forgetting import forget_unused, remove_orphan_pictures
from sessions.previews.making import make_due
from sessions.previews.pictures import draft_of, folder_of, folders_of_pictures, names_in
from tests.factories import make_presentation, make_preview, make_session
from tests.sessions.previews.files import uploaded

CANARY = "Canaryword"


class ForgettingTests(TestCase):
    def setUp(self):
        self.content = make_pdf("Peace", [CANARY], pages=1)
        self.presentation, self.twin = (
            uploaded(self.content, session=make_session(), audience="everyone", title=f"Deck {number}")
            for number in "12"
        )
        for one in (self.presentation, self.twin):
            ask_for_preview(one.current_file)
        make_due()
        self.preview = Preview.objects.get()

    def delete(self, *presentations):
        for one in presentations:
            one.current_file = None
            one.save()
            one.delete()

    def forget(self):
        with self.captureOnCommitCallbacks(execute=True):
            return forget_unused()

    def pictures(self):
        return len(names_in(private_storage(), folder_of(self.preview)))

    def found(self):
        return search(Asked(CANARY), ANONYMOUS).total

    def test_it_stays_while_another_presentation_has_the_same_content(self):
        self.assertEqual((self.found(), self.pictures()), (2, 2))
        self.delete(self.presentation)

        self.assertEqual((self.forget(), self.found(), self.pictures()), (0, 1, 2))

    def test_with_the_last_one_texts_pictures_and_hits_go(self):
        self.delete(self.presentation, self.twin)

        self.assertEqual((self.forget(), self.forget()), (1, 0))

        self.assertEqual((self.found(), self.pictures()), (0, 0))
        self.assertFalse(private_storage().exists(folder_of(self.preview)))
        self.assertFalse(PreviewPage.objects.filter(text__contains=CANARY).exists())
        self.assertFalse(LibraryEntry.objects.filter(front__contains=CANARY.lower()).exists())

    def test_what_comes_again_in_between_keeps_its_pictures(self):
        self.delete(self.presentation, self.twin)
        with self.captureOnCommitCallbacks() as later:
            forget_unused()
        again = uploaded(self.content)
        ask_for_preview(again.current_file)
        for call in later:
            call()

        self.assertEqual(self.pictures(), 2)

    def test_pictures_that_nobody_knows_of_are_removed_and_others_stay(self):
        remove_orphan_pictures()  # of other tests, which share the folder
        gone = make_preview(make_presentation(), "one")
        draft_of(gone).mkdir(parents=True)
        Preview.objects.filter(pk=gone.pk).delete()

        self.assertEqual((remove_orphan_pictures(), remove_orphan_pictures()), (1, 0))

        self.assertEqual((self.pictures(), draft_of(gone).exists()), (2, False))
        self.assertIn(folder_of(self.preview), list(folders_of_pictures(private_storage())))
        self.assertNotIn(folder_of(gone), list(folders_of_pictures(private_storage())))
