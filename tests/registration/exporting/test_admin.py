from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.models import User
from conference.settings import ACCOUNT_RATE_LIMITS
from conference.sheets.cells import read_csv
from registration.admin import exporting
from registration.models import Group, GroupPlace, GroupPlan, Registration
from tests.admin_forms import make_staff, queries_of
from tests.factories import (
    make_answer,
    make_booking,
    make_certificate,
    make_check_in,
    make_edition,
    make_invoice_request,
    make_question,
    make_registration,
    make_registration_type,
    make_session,
    make_user,
    make_workshop,
)
from tests.registration.exporting.pages import Exporting


class PeopleTests(Exporting):
    def test_chosen_columns_and_nothing_else_in_the_order_of_the_page(self):
        make_registration("Ada", self.edition, dietary_needs="canary", organisation_name="A school")

        response = self.export(columns=["organisation", "name"])

        self.assertEqual(read_csv(response.content.decode()), [["Name", "Organisation"], ["Ada", "A school"]])

    def test_only_people_of_the_edition_with_the_status_and_type_chosen(self):
        other = make_registration_type(self.edition, "Guest")
        make_registration("Ada", self.edition, registration_type=other)
        make_registration("Ben", self.edition, registration_type=other, status="cancelled")
        make_registration(
            "Eve", self.edition, registration_type=make_registration_type(self.edition, "Plain")
        )
        make_registration("Zoe", make_edition("Other conference"))

        self.assertEqual(self.rows(columns=["name"], types=[other.pk]), [["Ada"]])
        self.assertEqual(
            self.rows(columns=["name"], statuses=["confirmed", "cancelled"]), [["Ada"], ["Ben"], ["Eve"]]
        )

    def test_a_stand_in_has_no_address(self):
        stand_in = User.objects.create_stand_in("Colleague")
        make_registration(user=stand_in, edition=self.edition)

        for form in ("csv", "xlsx"):
            content = self.export(form=form).content
            self.assertNotIn(b"stand-in.invalid", content)
        self.assertEqual(self.rows(), [["Colleague", "", ""]])

    def test_answers_stand_in_columns_of_their_own(self):
        question = make_question(self.edition, "Lunch?", ["soup", "bread"])
        make_answer(make_registration("Ada", self.edition), question, "", "bread")
        make_registration("Ben", self.edition)

        found = self.rows(columns=["name", f"answer-{question.pk}"])

        self.assertEqual(found, [["Ada", "bread"], ["Ben", ""]])

    def test_needs_and_sensitive_answers_only_for_those_who_may_read_them(self):
        question = make_question(
            self.edition, "Allergies?", is_sensitive=True, purpose="Kitchen", delete_on="2099-01-01"
        )
        person = make_registration(
            "Ada", self.edition, dietary_needs="canary-nuts", access_needs="canary-ramp"
        )
        make_answer(person, question, "canary-answer")
        columns = ["name", "dietary_needs", "access_needs", f"answer-{question.pk}"]
        self.assertEqual(self.rows(columns=columns), [["Ada", "canary-nuts", "canary-ramp", "canary-answer"]])

        self.take("view_needs")

        self.assertNotIn("dietary_needs", self.client.get(self.page).content.decode())
        self.assertNotContains(self.export(columns=columns), "canary")
        self.assertEqual(self.client.get(f"{self.page}?list=needs").status_code, 404)
        self.assertEqual(self.export("needs", ["number"]).status_code, 404)

    def test_each_list_asks_no_more_for_three_than_for_one(self):
        question = make_question(self.edition, "Lunch?", ["soup"])
        first = self.queries(question)
        for name in ("Ben", "Cas"):
            make_answer(make_registration(name, self.edition), question, "", "soup")

        self.assertEqual(self.queries(question), first)

    def queries(self, question):
        if not Registration.objects.exists():
            make_answer(make_registration("Ada", self.edition), question, "", "soup")
            self.export(columns=["name"])  # what is asked once in a process
        with CaptureQueriesContext(connection) as found:
            self.export(columns=["name", "organisation", "type", f"answer-{question.pk}", "arrived_at"])
        return len([one for one in found if "cache" not in one["sql"].lower()])


class ListsTests(Exporting):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.ada = make_registration("Ada", cls.edition, dietary_needs="Vegan.")
        cls.ben = make_registration("Ben", cls.edition, dietary_needs="vegan")
        cls.workshop = make_workshop(cls.edition, "Clay")
        make_booking(cls.ada, cls.workshop)

    def test_participants_per_workshop(self):
        make_booking(self.ben, make_workshop(self.edition, "Wood"))
        make_booking(self.ben, self.workshop, status="cancelled")

        self.assertEqual(self.rows("workshops", ["workshop", "name"]), [["Clay", "Ada"], ["Wood", "Ben"]])
        self.assertEqual(
            self.rows("workshops", ["workshop", "name"], session=self.workshop.pk), [["Clay", "Ada"]]
        )

    def test_participants_per_group(self):
        plan = GroupPlan.objects.create(session=make_session(self.edition, "Together"))
        group = Group.objects.create(plan=plan, name="Belgium")
        GroupPlace.objects.create(plan=plan, group=group, registration=self.ada)

        self.assertEqual(
            self.rows("groups", ["session", "group", "room", "name"]), [["Together", "Belgium", "", "Ada"]]
        )

    def test_needs_are_counted_without_names(self):
        question = make_question(self.edition, "Lunch?", ["soup; hot", "bread"])
        make_answer(self.ada, question, "", "soup; hot")

        found = self.rows("needs", ["subject", "words", "number"])

        self.assertEqual(found[1:], [["Lunch?", "soup; hot", "1"], ["Lunch?", "bread", "0"]])
        self.assertEqual((found[0][0], found[0][1].lower(), found[0][2]), ("Dietary needs", "vegan", "2"))

    def test_names_for_badges_hold_no_code_of_a_ticket(self):
        content = self.export("badges", ["name", "part", "country"]).content.decode()

        self.assertIn("Ada", content)
        self.assertNotIn(self.ada.ticket_code, content)

    def test_presence_names_people_and_counts_them(self):
        make_check_in(self.ada)
        make_check_in(self.ada, self.workshop)
        make_check_in(self.ben, self.workshop, undone_at=timezone.now())

        self.assertEqual(
            sorted(self.rows("presence", ["session", "name"])), [["Clay", "Ada"], ["at the door", "Ada"]]
        )
        self.assertEqual(self.rows("presence_counts", ["subject", "words", "number"]), [["Clay", "", "1"]])

    def test_certificates_and_invoices(self):
        certificate = make_certificate(self.ada)
        make_invoice_request(self.ben, billing_name="=SUM(1)")

        self.assertEqual(self.rows("certificates", ["number", "name"]), [[str(certificate), "Ada"]])
        self.assertEqual(self.rows("invoices", ["billing_name", "name"]), [["=SUM(1)", "Ben"]])

    def test_an_invoice_is_of_whoever_asked_for_it_also_after_they_handed_the_registration_on(self):
        kept = make_registration("Heir", self.edition, organisation_name="Heir School", role="research")
        make_invoice_request(kept, kept_by=make_user("Asker", email="asker@school.example"))
        make_invoice_request(self.ben)

        found = self.rows("invoices", ["reference", "name", "email", "organisation", "role", "country"])

        self.assertEqual(found[0], [kept.reference, "Asker", "asker@school.example", "", "", ""])
        self.assertEqual((found[1][1], found[1][4]), ("Ben", "teacher"))

    def test_every_list_opens_and_is_written_in_both_forms_with_every_column(self):
        make_check_in(self.ada, self.workshop)
        for listing in exporting.lists_for(self.organiser):
            page = self.client.get(f"{self.page}?list={listing}")
            columns = [key for key, _words in page.context["form"].fields["columns"].choices]
            for form in ("csv", "xlsx"):
                cache.clear()
                self.assertEqual(self.export(listing, columns, form=form).status_code, 200, listing)


class SafetyTests(Exporting):
    def test_every_export_is_written_down(self):
        make_registration("Ada", self.edition)

        self.export(columns=["name", "email"], form="xlsx")

        entry = LogEntry.objects.get()
        self.assertEqual((entry.user, entry.object_id), (self.organiser, str(self.edition.pk)))
        self.assertEqual(entry.object_repr, "XLSX: 1")
        self.assertEqual(entry.change_message, "Exported 1 lines of “Registrations” as XLSX: Name, Email.")
        self.assertContains(self.client.get(self.page), "as XLSX: Name, Email")

    def test_a_file_is_kept_by_nobody_on_its_way(self):
        response = self.export()

        self.assertIn("no-store", response["Cache-Control"])
        self.assertIn("attachment", response["Content-Disposition"])

    @override_settings(ACCOUNT_RATE_LIMITS=ACCOUNT_RATE_LIMITS)
    def test_ten_in_an_hour_and_no_more(self):
        found = [self.export().status_code for _number in range(11)]

        self.assertEqual(found, [200] * 10 + [429])
        self.assertEqual(LogEntry.objects.count(), 10)

    def test_looking_exports_nothing(self):
        make_registration("Canary", self.edition)

        self.assertNotContains(
            self.client.get(f"{self.page}?form=csv&statuses=confirmed&columns=name"), "Canary"
        )
        self.assertEqual(LogEntry.objects.count(), 0)

    def test_helpers_and_people_without_a_part_get_nothing(self):
        for person, status in ((make_staff("helper"), 403), (make_user("Plain"), 302)):
            self.client.force_login(person)
            self.assertEqual(self.client.get(self.page).status_code, status)
            self.assertEqual(self.export().status_code, status)
        self.client.logout()
        self.assertEqual(self.export().status_code, 302)

    def test_the_page_asks_as_much_with_three_as_with_one(self):
        make_registration("Ada", self.edition)
        queries_of(self.client, self.page)
        first = queries_of(self.client, self.page)
        make_registration("Ben", self.edition)
        make_registration("Cas", self.edition)

        self.assertEqual(queries_of(self.client, self.page), first)
