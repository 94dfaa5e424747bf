"""Organisers see how far each preview is, find those that failed, and have them made again."""

from django.test import TestCase, override_settings

from sessions.models import PresentationFile, Preview
from sessions.previews.asking import ask_for_preview
from sessions.previews.looking import BROKEN
from tests import undrawn
from tests.factories import make_organiser, make_presentation
from tests.sessions.previews.files import uploaded

LIST = "/admin/conference_sessions/presentation/"


@override_settings(STAFF_SECOND_FACTOR=False, **undrawn.SETTINGS)
class PreviewAdminTests(TestCase):
    def setUp(self):
        self.client.force_login(make_organiser())
        self.failed = uploaded(b"%PDF-1.7 canary", title="Torn")
        ask_for_preview(self.failed.current_file)
        Preview.objects.update(state="failed", reason=BROKEN, attempts=1)
        self.before = make_presentation(title="Older than previews")
        PresentationFile.objects.filter(sha256="").update(sha256="a" * 64)

    def test_the_reason_stands_beside_the_version(self):
        self.assertContains(self.client.get(f"{LIST}{self.failed.pk}/change/"), BROKEN)

    def test_those_that_failed_are_found(self):
        shown = self.client.get(LIST, {"preview": "failed"})

        self.assertEqual([row.pk for row in shown.context["cl"].result_list], [self.failed.pk])
        self.assertEqual(self.client.get(LIST, {"preview": "nonsense"}).status_code, 200)

    def test_previews_are_made_again_also_of_files_from_before(self):
        chosen = [self.failed.pk, self.before.pk]
        self.client.post(LIST, {"action": "previews_again_selected", "_selected_action": chosen})

        found = Preview.objects.values_list("state", "attempts", "reason")
        self.assertEqual(list(found), [("waiting", 0, "")] * 2)
