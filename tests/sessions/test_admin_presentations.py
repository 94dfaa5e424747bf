from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from django.urls import reverse

from sessions.models import Presentation, PresentationFile
from sessions.services.presentations import add_version, refuse_version, submit_version
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import make_edition, make_presentation, make_session

PRESENTATIONS = "/admin/conference_sessions/presentation/"


@override_settings(STAFF_SECOND_FACTOR=False)
class PresentationAdminTests(TestCase):
    def setUp(self):
        self.editor = make_staff("programme editor")
        self.client.force_login(self.editor)
        self.session = make_session()
        self.presentation = make_presentation(self.session, "Voices", status="submitted")

    def act(self, action, *rows, **shown):
        """As from the list that is shown now, or from one that was `shown` before."""
        data = {"action": action, "_selected_action": [row.pk for row in rows or [self.presentation]]}
        data |= shown or self.shown()
        return self.client.post(PRESENTATIONS, data, follow=True)

    def shown(self):
        """What the list sends along about the versions it shows."""
        sent = read_form(self.client, PRESENTATIONS).items()
        return {name: value for name, value in sent if name.startswith("version-")}

    def newest(self):
        return self.presentation.versions.order_by("-number").first()

    def test_approving_makes_the_submitted_version_public(self):
        self.act("approve_selected")

        self.presentation.refresh_from_db()
        self.assertEqual(self.presentation.current_file, self.newest())
        self.assertEqual(self.newest().decided_by, self.editor)

    def test_approving_nothing_says_so(self):
        approved = make_presentation(self.session, "Done")

        self.assertContains(self.act("approve_selected", approved), "no version waits for approval")

    def test_approving_takes_no_version_that_came_after_the_list_was_shown(self):
        other = make_presentation(self.session, "Read", status="submitted")
        shown = self.shown()
        add_version(presentation=self.presentation, by=None, link="https://example.org/not-what-was-read")

        answer = self.act("approve_selected", self.presentation, other, **shown)

        self.assertContains(answer, "Voices: a newer version came while you looked")
        self.assertContains(answer, "1 approved.")
        self.assertEqual(
            list(self.presentation.versions.values_list("status", flat=True)), ["submitted", "submitted"]
        )
        self.assertEqual(other.versions.get().status, "approved")

    def test_approving_takes_nothing_that_was_on_another_page(self):
        answer = self.act("approve_selected", **{"version-0": "1"})

        self.assertContains(answer, "Voices: it was on another page of the list")
        self.assertEqual(self.newest().status, "submitted")

    def test_a_version_that_another_organiser_decided_about_stays_so(self):
        shown = self.shown()
        refuse_version(version=self.newest(), by=self.editor, reason="No.")

        self.assertContains(self.act("approve_selected", **shown), "no version waits for approval")
        self.assertEqual(self.newest().status, "refused")

    def test_refusing_takes_no_version_that_came_after_the_page_was_shown(self):
        address = reverse("admin:conference_sessions_presentation_refuse") + f"?ids={self.presentation.pk}"
        self.assertContains(self.client.get(address), "Voices (1): ")
        shown = read_form(self.client, address)
        add_version(presentation=self.presentation, by=None, link="https://example.org/not-what-was-read")

        answer = self.client.post(address, shown | {"reason": "The first page is empty."}, follow=True)

        self.assertContains(answer, "Voices: a newer version came while you looked")
        self.assertEqual(
            list(self.presentation.versions.values_list("status", flat=True)), ["submitted", "submitted"]
        )

    def test_the_page_that_refuses_asks_as_often_for_three_as_for_one(self):
        address = reverse("admin:conference_sessions_presentation_refuse") + f"?ids={self.presentation.pk}"
        for_one = queries_of(self.client, address)
        more = [make_presentation(self.session, title, status="submitted").pk for title in ("Two", "Three")]

        self.assertEqual(queries_of(self.client, f"{address},{more[0]},{more[1]}"), for_one)

    def test_refusing_asks_for_a_reason_first(self):
        response = self.act("refuse_selected")
        address = response.redirect_chain[-1][0]
        self.assertEqual(self.newest().status, "submitted")

        shown = read_form(self.client, address)
        self.assertContains(self.client.post(address, shown | {"reason": " "}), "This field is required.")
        self.client.post(address, shown | {"reason": "The first page is empty."})

        self.assertEqual(
            (self.newest().status, self.newest().refusal_reason), ("refused", "The first page is empty.")
        )

    def test_more_than_an_address_holds_are_remembered(self):
        Presentation.objects.bulk_create(
            Presentation(session=self.session, edition=self.session.edition, title="T")
            for _row in range(2000)
        )
        everything = {"_selected_action": [self.presentation.pk], "select_across": "1"}

        for action in ("refuse_selected", "describe_selected"):
            answer = self.client.post(PRESENTATIONS, everything | {"action": action})
            self.assertLess(len(answer["Location"]), 100)
            self.assertContains(self.client.get(answer["Location"]), "<li>T</li>", count=2000)

    def test_withdrawing_and_bringing_back(self):
        self.act("withdraw_selected")
        self.presentation.refresh_from_db()
        self.assertIsNotNone(self.presentation.withdrawn_at)

        self.act("bring_back_selected")
        self.presentation.refresh_from_db()
        self.assertIsNone(self.presentation.withdrawn_at)

    def test_the_button_of_the_form_approves(self):
        address = reverse("admin:conference_sessions_presentation_change", args=[self.presentation.pk])

        self.client.post(address, read_form(self.client, address) | {"_approve": "x"})

        self.assertEqual(self.newest().status, "approved")

    def test_the_button_approves_no_version_that_came_after_the_form_was_opened(self):
        address = reverse("admin:conference_sessions_presentation_change", args=[self.presentation.pk])
        shown = read_form(self.client, address)
        add_version(presentation=self.presentation, by=None, link="https://example.org/not-what-was-read")

        answer = self.client.post(address, shown | {"_approve": "x"})

        self.assertContains(answer, "was changed meanwhile by somebody else")
        self.assertEqual(
            list(self.presentation.versions.values_list("status", flat=True)), ["submitted", "submitted"]
        )

    def test_the_button_approves_no_draft_that_was_submitted_meanwhile(self):
        draft = make_presentation(self.session, "Draft", status="submitted")
        later = add_version(presentation=draft, by=None, link="https://example.org/draft", status="draft")
        address = reverse("admin:conference_sessions_presentation_change", args=[draft.pk])
        shown = read_form(self.client, address)
        submit_version(version=later)

        self.client.post(address, shown | {"_approve": "x"})

        later.refresh_from_db()
        self.assertEqual(later.status, "submitted")

    def test_a_status_and_a_public_file_sent_by_hand_change_nothing(self):
        address = reverse("admin:conference_sessions_presentation_change", args=[self.presentation.pk])
        forged = {"current_file": str(self.newest().pk), "versions-0-status": "approved", "uploaded_by": "1"}

        self.client.post(address, read_form(self.client, address) | forged)

        self.presentation.refresh_from_db()
        self.assertEqual((self.presentation.current_file, self.newest().status), (None, "submitted"))

    def upload(self, **data):
        address = reverse("admin:conference_sessions_presentation_upload", args=[self.presentation.pk])
        return self.client.post(address, data)

    def test_an_organiser_adds_a_link_and_approves_it_at_once(self):
        self.upload(link="https://example.org/slides", approve="on")

        self.presentation.refresh_from_db()
        self.assertEqual(self.presentation.current_file.link, "https://example.org/slides")
        self.assertEqual(self.presentation.current_file.uploaded_by, self.editor)

    def test_a_bad_file_is_refused_beside_its_field_and_nothing_is_stored(self):
        response = self.upload(upload=SimpleUploadedFile("slides.pdf", b"MZ this is a program"))

        self.assertEqual(response.status_code, 200)
        self.assertEqual(list(response.context["form"].errors), ["upload"])
        self.assertEqual(PresentationFile.objects.count(), 1)

    def test_neither_file_nor_link_is_refused(self):
        self.assertContains(self.upload(), "Give a file or a link, not both.")

    def test_the_edition_follows_the_session(self):
        address = reverse("admin:conference_sessions_presentation_change", args=[self.presentation.pk])

        self.client.post(address, read_form(self.client, address) | {"edition": str(make_edition().pk)})

        self.presentation.refresh_from_db()
        self.assertEqual(self.presentation.edition, self.session.edition)

    def test_the_list_asks_as_often_for_three_presentations_as_for_one(self):
        for_one = queries_of(self.client, PRESENTATIONS)
        for title in ("Second", "Third"):
            make_presentation(make_session(self.session.edition), title)

        self.assertEqual(queries_of(self.client, PRESENTATIONS), for_one)
        self.assertContains(self.client.get(PRESENTATIONS), "Third")
