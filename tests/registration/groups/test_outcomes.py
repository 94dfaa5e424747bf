"""The shared form of outcomes: several write, nobody overwrites anybody; what is approved becomes public."""

from django.core.cache import cache
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from conference.models import Outbox, User
from registration.groups import outcomes, services
from registration.groups.outcomes import MOST, OPEN
from registration.models import Outcome
from sessions.models import Session
from tests.admin_forms import make_staff, read_form
from tests.factories import make_appearance, make_session, make_speaker, make_user
from tests.registration.groups.hubs import make_hubs

URL, PDF, PAGE = "/ed/sessions/hubs/outcomes/", "/ed/sessions/hubs/outcomes.pdf", "/ed/sessions/hubs/"
Status = Outcome.Status


class Outcomes(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_hubs()
        cls.session = cls.plan.session
        cls.belgium, cls.italy, _others = cls.plan.groups.all()
        cls.noor, cls.giorgio = (User.objects.get(name=name) for name in ("Noor", "Giorgio"))
        cls.chair = make_user("Chair")
        make_appearance(cls.session, make_speaker(user=cls.chair), part="chair")
        cls.row = cls.make("Files get lost", group=cls.belgium, who="Schools")

    @classmethod
    def make(cls, problem, **fields):
        fields = {"session": cls.session, "written_by": cls.noor, **fields}
        return Outcome.objects.create(problem=problem, **fields)

    def setUp(self):
        cache.clear()
        self.client.force_login(self.noor)

    def typed(self, **changes):
        """What a browser sends that has the page open now."""
        return read_form(self.client, URL) | {
            name.replace("row_", f"row-{self.row.pk}-").replace("new_", f"new-{self.belgium.pk}-"): value
            for name, value in changes.items()
        }

    def words(self):
        return sorted(Outcome.objects.values_list("problem", "who", "status", "group__name"))


class WritingTogetherTests(Outcomes):
    def test_a_row_is_changed_and_another_added_by_one_button(self):
        data = self.typed(row_who="Head teachers", new_problem="Grades differ", new_deadline="May")
        self.assertRedirects(self.client.post(URL, data), URL)

        self.assertEqual(
            self.words(),
            [
                ("Files get lost", "Head teachers", "draft", "Belgium"),
                ("Grades differ", "", "draft", "Belgium"),
            ],
        )
        self.assertEqual(Outcome.objects.get(problem="Grades differ").written_by, self.noor)

    def test_pressing_the_button_twice_adds_one_row(self):
        data = self.typed(new_problem="Grades differ")
        for _time in range(2):
            self.client.post(URL, data)

        self.assertEqual(len(self.words()), 2)

    def test_two_change_different_rows_and_both_are_kept(self):
        other = self.make("Grades differ", group=self.belgium)
        mine, theirs = self.typed(row_who="Mine"), self.typed()
        theirs[f"row-{other.pk}-who"] = "Theirs"
        self.client.post(URL, theirs)
        self.client.post(URL, mine)

        self.assertEqual(
            {row[:2] for row in self.words()}, {("Files get lost", "Mine"), ("Grades differ", "Theirs")}
        )

    def test_two_change_the_same_row_and_the_second_sees_both_versions(self):
        mine, theirs = self.typed(row_who="Mine"), self.typed(row_who="Theirs")
        self.client.post(URL, theirs)
        response = self.client.post(URL, mine)

        self.assertEqual((response.status_code, self.words()[0][1]), (409, "Theirs"))
        self.assertContains(response, "Theirs", status_code=409)
        self.assertContains(response, 'value="Mine"', status_code=409)

    def test_the_conflict_page_saves_what_was_typed_when_it_is_sent_knowingly(self):
        mine, theirs = self.typed(row_who="Mine"), self.typed(row_who="Theirs")
        self.client.post(URL, theirs)
        seen = self.client.post(URL, mine).context["sections"][0].rows[0].form.initial["seen"]
        self.client.post(URL, mine | {f"row-{self.row.pk}-seen": seen})

        self.assertEqual(self.words()[0][1], "Mine")

    def test_an_open_page_that_was_not_typed_into_undoes_nothing(self):
        old, theirs = self.typed(), self.typed(row_who="Theirs")
        self.client.post(URL, theirs)
        self.client.post(URL, old)

        self.assertEqual(self.words()[0][1], "Theirs")

    def test_words_typed_into_a_row_that_was_removed_meanwhile_are_not_lost(self):
        mine = self.typed(row_who="Mine")
        self.client.post(URL, self.typed(row_is_removed="on"))
        self.assertEqual(self.words(), [])
        response = self.client.post(URL, mine)

        self.assertContains(response, 'value="Mine"', status_code=409)

    def test_a_row_that_somebody_changed_is_not_removed_by_one_who_saw_the_former_words(self):
        removing, theirs = self.typed(row_is_removed="on"), self.typed(row_who="Theirs")
        self.client.post(URL, theirs)
        self.client.post(URL, removing)

        self.assertEqual(self.words()[0][1], "Theirs")

    def test_a_row_without_a_problem_saves_nothing_and_keeps_what_was_typed(self):
        response = self.client.post(URL, self.typed(row_problem="", new_who="Somebody"))

        self.assertEqual((response.status_code, len(self.words())), (422, 1))
        self.assertContains(response, 'value="Somebody"', status_code=422)

    def test_there_is_a_most(self):
        for number in range(MOST - 1):
            self.make(f"Problem {number}", group=self.belgium)
        response = self.client.post(URL, self.typed(new_problem="One too many"))

        self.assertEqual((response.status_code, Outcome.objects.count()), (409, MOST))

    def test_the_number_of_queries_does_not_grow(self):
        counts = []
        for names in ((), ("A", "B")):
            for name in names:
                self.make(name, group=self.belgium)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(URL)
            counts.append(len(queries))

        self.assertEqual(counts[0], counts[1])


class WhoseRowsTests(Outcomes):
    def test_a_facilitator_neither_sees_nor_touches_the_rows_of_another_group(self):
        mine = self.typed()
        self.client.force_login(self.giorgio)
        self.assertNotContains(self.client.get(URL), "Files get lost")
        for data in (
            mine | {f"row-{self.row.pk}-who": "Giorgio"},
            mine | {f"row-{self.row.pk}-is_removed": "on"},
            {f"new-{self.belgium.pk}-problem": "Giorgio", "hand_in": self.belgium.pk},
            {"take_back": self.belgium.pk},
        ):
            self.client.post(URL, data)

        self.assertEqual(self.words(), [("Files get lost", "Schools", "draft", "Belgium")])

    def test_the_chair_of_the_session_sees_all_groups(self):
        self.make("Grades differ", group=self.italy)
        self.client.force_login(self.chair)
        page = self.client.get(URL)

        self.assertContains(page, "Files get lost")
        self.assertContains(page, "Grades differ")

    def test_merged_groups_write_together(self):
        services.merge(group=self.belgium, into=self.italy)
        self.client.force_login(self.giorgio)
        self.client.post(URL, self.typed(row_who="Both"))

        self.assertEqual(self.words()[0][1], "Both")

    def test_fields_that_are_not_in_the_form_are_ignored(self):
        self.client.post(
            URL, self.typed(row_status="approved", row_session="1", new_problem="N", new_status="approved")
        )

        self.assertEqual({row[2] for row in self.words()}, {"draft"})

    def test_a_session_without_groups_has_one_list(self):
        talk = make_session(self.session.edition, slug="talk")
        make_appearance(talk, self.noor.speaker)
        self.client.post("/ed/sessions/talk/outcomes/", {"new-0-problem": "Too short", "new-0-seen": ""})

        self.assertEqual(talk.outcomes.get().problem, "Too short")


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
