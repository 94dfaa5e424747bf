"""Previews are made once each, tried again after a crash, and fail alone."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from conference.content import content_state
from conference.viewer import ANONYMOUS
from sessions.files.documents import make_pdf
from sessions.library.asking import Asked
from sessions.library.search import search
from sessions.models import Preview, PreviewPage
from sessions.models.presentation_file import private_storage
from sessions.models.preview import STALE
from sessions.previews.asking import ask_again, ask_for_missing, ask_for_preview
from sessions.previews.looking import BROKEN
from sessions.previews.making import GIVEN_UP, MISSING, claim, fail, is_due, make, make_due
from sessions.previews.pictures import draft_of, folder_of, names_in, picture_name
from tests.factories import make_edition, make_session
from tests.sessions.previews.files import pdf_of_sizes, uploaded

State = Preview.State


def asked(content, file_format="pdf", **fields):
    presentation = uploaded(content, file_format, **fields)
    return presentation, ask_for_preview(presentation.current_file)


class AskingTests(TestCase):
    def test_same_content_has_one_preview(self):
        one, other = (asked(b"%PDF-1.7 canary")[1] for _each in range(2))

        self.assertEqual((one, Preview.objects.count(), one.versions.count()), (other, 1, 2))

    def test_a_link_has_none_and_a_text_only_says_so(self):
        presentation, _preview = asked(b"PK", "docx")
        self.assertEqual(presentation.current_file.preview.state, State.NONE)
        presentation.current_file.file = ""

        self.assertIsNone(ask_for_preview(presentation.current_file))

    def test_what_failed_is_tried_again_on_demand_and_what_runs_is_left_alone(self):
        _presentation, preview = asked(b"%PDF-1.7 canary")
        Preview.objects.update(state=State.FAILED, reason=BROKEN, attempts=3)
        self.assertTrue(ask_again(preview=preview))
        preview.refresh_from_db()
        self.assertEqual((preview.state, preview.reason, preview.attempts), (State.WAITING, "", 0))
        Preview.objects.update(state=State.RUNNING)

        self.assertFalse(ask_again(preview=preview))

    def test_files_from_before_there_were_previews_get_one(self):
        older = uploaded(b"%PDF-1.7 canary")

        self.assertEqual((ask_for_missing(), ask_for_missing()), (1, 0))

        older.current_file.refresh_from_db()
        self.assertEqual(older.current_file.preview.state, State.WAITING)


class MakingTests(TestCase):
    def test_a_pdf_gets_its_pages_and_pictures_and_then_nothing_is_due(self):
        _presentation, preview = asked(make_pdf("Peace", ["Bells", "Doors"], pages=2, lang="nl"))

        self.assertEqual((make_due(), make_due(), is_due()), (1, 0, False))

        preview.refresh_from_db()
        found = (preview.state, preview.page_count, preview.done, preview.has_pictures, preview.language)
        self.assertEqual(found, (State.DONE, 2, 2, True, "nl"))
        self.assertEqual([page.title for page in preview.pages.all()], ["Peace", "Peace (2)"])
        names = [picture_name(preview, number, size) for number in (1, 2) for size in (400, 1600)]
        self.assertEqual(sorted(names_in(private_storage(), folder_of(preview))), sorted(names))

    def test_pages_kept_for_everybody_are_new_afterwards(self):
        edition = make_edition()
        asked(pdf_of_sizes((40, 30)), session=make_session(edition))
        before = content_state(edition).number

        make_due()

        self.assertGreater(content_state(edition).number, before)

    def test_made_again_it_replaces_what_was_there(self):
        _presentation, preview = asked(pdf_of_sizes((40, 30)))
        make_due()
        private_storage().delete(picture_name(preview, 1, 400))
        PreviewPage.objects.update(text="old")
        ask_again(preview=preview)

        make_due()

        self.assertEqual([page.text for page in preview.pages.all()], [""])
        self.assertEqual(len(names_in(private_storage(), folder_of(preview))), 2)

    def test_one_that_fails_says_why_and_holds_up_no_other(self):
        _presentation, broken = asked(b"%PDF-1.7 canary")
        _presentation, good = asked(pdf_of_sizes((40, 30)))

        self.assertEqual(make_due(), 2)

        broken.refresh_from_db()
        good.refresh_from_db()
        self.assertEqual((broken.state, broken.reason, good.state), (State.FAILED, BROKEN, State.DONE))

    def test_a_file_that_is_not_the_uploaded_one_is_not_shown(self):
        presentation, changed = asked(pdf_of_sizes((40, 30)))
        with private_storage().open(presentation.current_file.file.name, "ab") as file:
            file.write(b"changed")
        presentation, missing = asked(pdf_of_sizes((30, 40)))
        private_storage().delete(presentation.current_file.file.name)

        make_due()

        found = {(row.state, row.reason) for row in Preview.objects.filter(pk__in=[changed.pk, missing.pk])}
        self.assertEqual(found, {(State.FAILED, MISSING)})

    def test_what_a_dead_worker_left_is_begun_again_and_given_up_after_three_times(self):
        asked(b"%PDF-1.7 canary")
        at = timezone.now()
        for attempt in range(3):
            claimed = claim(at)
            self.assertEqual((claimed.state, claimed.attempts), (State.RUNNING, attempt + 1))
            self.assertIsNone(claim(at))  # somebody is at it
            Preview.objects.update(beat_at=at - STALE - timedelta(seconds=1))

        self.assertIsNone(claim(at))
        self.assertEqual(Preview.objects.get().reason, GIVEN_UP)

    def test_who_was_silent_for_too_long_leaves_it_to_the_other(self):
        asked(pdf_of_sizes((40, 30)))
        slow = claim()
        Preview.objects.update(beat_at=timezone.now() - STALE - timedelta(seconds=1))
        quick = claim()
        make(slow)
        quick.refresh_from_db()
        self.assertEqual(
            (quick.state, quick.done, names_in(private_storage(), folder_of(quick))), (State.RUNNING, 0, [])
        )
        fail(slow, BROKEN)

        make(quick)

        quick.refresh_from_db()
        self.assertEqual((quick.state, quick.reason, quick.attempts), (State.DONE, "", 2))

    def test_nothing_but_the_reason_stays_of_one_that_fails_after_it_was_made(self):
        presentation, preview = asked(
            make_pdf("Peace", ["Bells"], pages=1), audience="everyone", session=make_session()
        )
        make_due()
        self.assertEqual(search(Asked("bells"), ANONYMOUS).total, 1)
        private_storage().delete(presentation.current_file.file.name)
        ask_again(preview=preview)
        draft_of(preview).mkdir(parents=True)
        (draft_of(preview) / "1-400.webp").write_bytes(b"left by a dead worker")

        with self.captureOnCommitCallbacks(execute=True):
            make_due()

        preview.refresh_from_db()
        left = (
            preview.reason,
            preview.pages.count(),
            preview.page_count,
            search(Asked("bells"), ANONYMOUS).total,
        )
        self.assertEqual(left, (MISSING, 0, 0, 0))
        self.assertEqual(
            (names_in(private_storage(), folder_of(preview)), draft_of(preview).exists()), ([], False)
        )
