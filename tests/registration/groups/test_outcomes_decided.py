"""Outcomes that are handed in, approved or sent back, and what of them is public."""

from django.test import override_settings

from conference.models import Outbox
from registration.groups import outcomes
from registration.groups.outcomes import OPEN
from registration.models import Outcome
from sessions.models import Session
from tests.admin_forms import make_staff, read_form
from tests.factories import make_session
from tests.registration.groups.writing import PAGE, PDF, URL, Outcomes


class HandingInTests(Outcomes):
    def hand_in(self, **changes):
        return self.client.post(URL, self.typed(**changes) | {"hand_in": self.belgium.pk})

    def test_what_is_typed_is_saved_and_handed_in_and_then_stays_as_it_is(self):
        before = self.typed(row_who="Late")
        self.hand_in(new_problem="Grades differ")
        self.assertEqual({row[2] for row in self.words()}, {"submitted"})
        response = self.client.post(URL, before)

        self.assertContains(response, "handed in meanwhile", status_code=409)
        self.assertContains(response, "Late", status_code=409)
        self.assertEqual(self.words()[0][1], "Schools")

    def test_it_can_be_taken_back_until_it_is_approved(self):
        self.hand_in()
        self.client.post(URL, {"take_back": self.belgium.pk})
        self.assertEqual(self.words()[0][2], "draft")
        self.hand_in()
        outcomes.approve(outcomes=[self.row])
        self.client.post(URL, {"take_back": self.belgium.pk})
        self.client.post(URL, {f"row-{self.row.pk}-problem": "Changed", f"row-{self.row.pk}-seen": ""})

        self.assertEqual(self.words(), [("Files get lost", "Schools", "approved", "Belgium")])

    def test_what_was_sent_back_says_why_and_is_handed_in_again(self):
        self.hand_in()
        outcomes.send_back(outcomes=[self.row], reason="Who exactly?")
        self.assertContains(self.client.get(URL), "Who exactly?")
        mail = Outbox.objects.get()
        self.assertEqual(mail.recipient, self.noor.email)
        self.assertIn("Who exactly?", mail.text)
        self.assertIn(URL, mail.text)
        self.hand_in(row_who="The ministry")

        self.assertEqual(self.words()[0][1:3], ("The ministry", "submitted"))

    def test_only_what_was_handed_in_can_be_approved(self):
        self.assertEqual(outcomes.approve(outcomes=[self.row]), [])
        self.assertIn(self.words()[0][2], OPEN)

    def test_each_writer_gets_one_mail_for_all_rows_of_a_session(self):
        rows = [self.make(name, status="submitted") for name in ("A", "B")]
        rows.append(self.make("C", status="submitted", written_by=self.giorgio))
        outcomes.approve(outcomes=rows)

        mails = {mail.recipient: mail.text for mail in Outbox.objects.all()}
        self.assertEqual(set(mails), {self.noor.email, self.giorgio.email})
        self.assertEqual(Outbox.objects.count(), 2)
        self.assertIn("– A\n– B\n", mails[self.noor.email])


class PublicTests(Outcomes):
    def setUp(self):
        self.approved = self.make(
            "<b>Trust</b> =1+1 [x](javascript:1)",
            status="approved",
            group=self.belgium,
            action="Meet *twice*",
        )

    def test_only_approved_ones_stand_on_the_page_of_the_session(self):
        page = self.client.get(PAGE)

        self.assertContains(page, "&lt;b&gt;Trust&lt;/b&gt; =1+1 [x](javascript:1)")
        self.assertContains(page, PDF)
        self.assertNotContains(page, "Files get lost")
        self.assertNotIn("csrfmiddlewaretoken", page.content.decode())
        self.assertEqual(page.cookies, {})

    def test_outcomes_of_a_part_stand_on_the_page_of_the_whole_session_too(self):
        part = make_session(self.session.edition, "A part", part_of=self.session, kind="workshop")
        self.make("Of the part", session=part, status="approved")
        self.make("Of a cancelled part", status="approved", session=make_session(
            self.session.edition, part_of=self.session, status="cancelled"))  # fmt: skip
        page = self.client.get(PAGE)

        self.assertContains(page, "Of the part")
        self.assertNotContains(page, "Of a cancelled part")

    def test_the_pdf_is_tagged_and_holds_what_is_approved_and_nothing_else(self):
        response = self.client.get(PDF)
        self.assertEqual((response.status_code, response["Content-Type"]), (200, "application/pdf"))
        text = text_of(response.content)

        self.assertIn("Trust", text)
        self.assertIn("Meet *twice*", text)
        self.assertNotIn("Files get lost", text)
        self.assertIn(b"/MarkInfo", response.content)

    def test_without_approved_ones_and_for_what_is_not_public_there_is_no_pdf(self):
        for change in (
            lambda: Outcome.objects.update(status="submitted"),
            lambda: Outcome.objects.update(status="approved") and Session.objects.update(status="cancelled"),
            lambda: Session.objects.update(status="withdrawn"),
        ):
            change()
            self.assertEqual(self.client.get(PDF).status_code, 404)
            self.assertNotContains(
                self.client.get(PAGE), "Trust", status_code=self.client.get(PAGE).status_code
            )


@override_settings(STAFF_SECOND_FACTOR=False)
class DecidingTests(Outcomes):
    def setUp(self):
        self.client.force_login(make_staff("programme editor"))
        Outcome.objects.update(status="submitted")

    def test_an_editor_approves_what_was_handed_in(self):
        address = f"/admin/registration/outcome/{self.row.pk}/change/"
        self.client.post(address, read_form(self.client, address) | {"status": "draft", "_approve": "1"})

        self.row.refresh_from_db()
        self.assertEqual(self.row.status, "approved")
        self.assertIsNotNone(self.row.approved_at)

    def test_an_editor_sends_back_with_a_reason_and_not_without(self):
        address = f"/admin/registration/outcome/send-back/?ids={self.row.pk},x,9999999999999999999"
        self.assertEqual(self.client.post(address, {"reason": ""}).status_code, 200)
        self.assertEqual(Outcome.objects.get(pk=self.row.pk).status, "submitted")
        self.client.post(address, {"reason": "Who?"})

        self.row.refresh_from_db()
        self.assertEqual((self.row.status, self.row.reason), ("refused", "Who?"))

    def test_the_action_approves_the_selected_ones(self):
        data = {"action": "approve_selected", "_selected_action": [self.row.pk]}
        self.client.post("/admin/registration/outcome/?edition=all", data)

        self.assertEqual(self.words()[0][2], "approved")


def text_of(pdf):
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
