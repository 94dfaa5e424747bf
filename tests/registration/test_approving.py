from django.contrib.auth.models import Group, Permission
from django.test import TestCase, override_settings
from django.urls import reverse

from conference.models import Outbox
from registration.exceptions import NotPending
from registration.models import PlaceChange, Registration
from registration.services.approving import approve, refuse
from registration.services.registering import cancel_registration, register
from tests.admin_forms import make_staff, queries_of
from tests.factories import (
    make_edition,
    make_organiser,
    make_question,
    make_registration,
    make_registration_type,
    make_user,
)
from tests.registration.pages import NEWCOMER, RegisterPage

Status = Registration.Status


def mail_to(registration):
    """The newest."""
    return Outbox.objects.filter(recipient=registration.user.email).order_by("pk").last()


class ApprovingTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.type = make_registration_type(self.edition, capacity=1, needs_approval=True)
        self.organiser = make_organiser()

    def ask(self, name):
        return register(user=make_user(name), registration_type=self.type, role="teacher", country="BE")

    def subjects(self, registration):
        return [mail.subject for mail in Outbox.objects.filter(recipient=registration.user.email)]

    def test_asking_takes_no_place_and_no_number(self):
        asked = [self.ask(name) for name in ("Ada", "Ben")]

        self.assertEqual([(row.status, row.queue_number) for row in asked], [("pending", 0)] * 2)
        self.assertEqual(self.type.registrations.confirmed().count(), 0)
        self.assertIn("The organisers have your registration", self.subjects(asked[0])[0])

    def test_approved_ones_count_and_who_comes_after_the_last_place_waits_in_the_order_of_approval(self):
        ada, ben, cy = [self.ask(name) for name in ("Ada", "Ben", "Cy")]

        found = [approve(registration=row, by=self.organiser) for row in (cy, ada, ben)]

        self.assertEqual([row.status for row in found], ["confirmed", "waiting", "waiting"])
        waiting = self.type.registrations.waiting().with_position()
        self.assertEqual([(row.user.name, row.position) for row in waiting], [("Ada", 1), ("Ben", 2)])
        self.assertIn("approved your registration", mail_to(cy).text)

    def test_a_refusal_carries_its_reason_and_takes_no_place(self):
        asked = self.ask("Ada")

        refuse(registration=asked, by=self.organiser, reason="Only for schools <b>")

        asked.refresh_from_db()
        self.assertEqual((asked.status, asked.refusal_reason), ("cancelled", "Only for schools <b>"))
        mail = mail_to(asked)
        self.assertIn("Only for schools <b>", mail.text)
        self.assertNotIn("<b>", mail.html)

    def test_each_step_is_in_the_log_with_who_did_it(self):
        ada, ben = self.ask("Ada"), self.ask("Ben")
        approve(registration=ada, by=self.organiser)
        refuse(registration=ben, by=self.organiser, reason="No")

        steps = PlaceChange.objects.values_list("reason", "before", "after", "by__name").order_by("pk")
        self.assertEqual(
            list(steps),
            [
                ("taken", "", "pending", "Ada"),
                ("taken", "", "pending", "Ben"),
                ("approved", "pending", "confirmed", "Olga"),
                ("refused", "pending", "cancelled", "Olga"),
            ],
        )

    def test_what_was_decided_or_withdrawn_meanwhile_is_not_decided_again(self):
        ada, ben = self.ask("Ada"), self.ask("Ben")
        approve(registration=ada, by=self.organiser)
        cancel_registration(registration=ben)

        for row in (ada, ben):
            with self.assertRaises(NotPending):
                approve(registration=row, by=self.organiser)
            with self.assertRaises(NotPending):
                refuse(registration=row, by=self.organiser, reason="No")

    def test_who_waits_already_comes_before_who_is_approved(self):
        make_registration("First", self.edition, registration_type=self.type)
        make_registration(
            "Second", self.edition, registration_type=self.type, status="waiting", queue_number=7
        )
        asked = self.ask("Ada")
        self.type.capacity = 2
        self.type.save()

        self.assertEqual(approve(registration=asked, by=self.organiser).status, "waiting")
        self.assertEqual(Registration.objects.get(user__name="Second").status, "confirmed")


class AskingPageTests(RegisterPage):
    def test_the_page_says_that_organisers_decide_and_the_own_page_that_they_have_not_yet(self):
        self.type.needs_approval = True
        self.type.save()
        self.make_full()
        self.assertContains(self.client.get(self.url), "Ask to take part")

        answer = self.client.post(self.url, NEWCOMER, follow=True)

        self.assertContains(answer, "Your registration waits for the approval of the organisers.")
        self.assertEqual(Registration.objects.get(user__email="ada@example.org").status, "pending")

    def test_who_was_refused_reads_why_and_may_ask_again(self):
        user = self.log_in()
        make_registration(edition=self.edition, user=user, status="cancelled", refusal_reason="Canary <i>")

        page = self.client.get(self.own_url)

        self.assertContains(page, "Canary &lt;i&gt;")
        self.assertContains(page, "Register again")


@override_settings(STAFF_SECOND_FACTOR=False)
class PendingPageTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.type = make_registration_type(self.edition, needs_approval=True, capacity=1)
        self.address = reverse("admin:registration_registration_pending", args=[self.edition.pk])
        self.client.force_login(make_staff("organiser"))

    def pending(self, name="Ada", **fields):
        return make_registration(name, self.edition, status="pending", **fields)

    def test_list_of_registrations_leads_here_while_somebody_waits(self):
        registrations = reverse("admin:registration_registration_changelist")
        self.assertNotContains(self.client.get(registrations), self.address)
        self.pending()

        page = self.client.get(registrations)

        self.assertContains(
            page, f'<a href="{self.address}">Approve 1 registration: {self.edition}</a>', html=True
        )

    def test_answers_stand_side_by_side(self):
        question = make_question(self.edition, label="Why do you come?")
        row = self.pending(organisation_name="A school", access_needs="Canary ramp")
        row.answers.create(question=question, text="To learn", answered_at=row.created_at)

        page = self.client.get(self.address)

        for words in ("Why do you come?", "To learn", "A school", "Canary ramp"):
            self.assertContains(page, words)

    def test_sensitive_answers_and_needs_are_only_for_those_who_may_read_needs(self):
        row = self.pending(access_needs="Canary ramp")
        question = make_question(
            self.edition, label="Canary question", is_sensitive=True, purpose="x", delete_on="2030-01-01"
        )
        row.answers.create(question=question, text="Canary answer", answered_at=row.created_at)
        Group.objects.get(name="registration desk").permissions.remove(
            Permission.objects.get(codename="view_needs")
        )
        staff = make_staff("registration desk")
        self.client.force_login(staff)

        self.assertNotContains(self.client.get(self.address), "Canary")

    def test_many_are_approved_in_one_go_and_told_who_waits(self):
        chosen = [self.pending(name).pk for name in ("Ada", "Ben", "Cy")]

        answer = self.client.post(self.address, {"chosen": chosen, "approve": "x"}, follow=True)

        self.assertContains(answer, "3 registrations approved. 2 of them are on the waiting list.")
        self.assertEqual(self.type.registrations.confirmed().get().user.name, "Ada")

    def test_everybody_is_chosen_with_one_link(self):
        people = [self.pending(name) for name in ("Ada", "Ben")]
        self.assertContains(self.client.get(self.address), 'href="?chosen=all"')
        self.assertNotContains(self.client.get(self.address), " checked")

        page = self.client.get(f"{self.address}?chosen=all")

        self.assertContains(page, " checked", count=len(people))

    def test_a_refusal_needs_its_reason_and_keeps_who_was_chosen(self):
        row, other = self.pending(), self.pending("Ben")

        answer = self.client.post(self.address, {"chosen": [row.pk], "refuse": "x"})
        self.assertContains(answer, "Say why.")
        self.assertContains(answer, "checked", count=1)

        self.client.post(self.address, {"chosen": [row.pk], "refuse": "x", "reason": "Too many"})
        self.assertEqual(
            list(Registration.objects.order_by("pk").values_list("status", "refusal_reason")),
            [("cancelled", "Too many"), ("pending", "")],
        )
        self.assertEqual(other.status, "pending")

    def test_rows_of_other_editions_or_not_pending_are_refused(self):
        foreign = make_registration("Eve", make_edition(), status="pending")
        done = make_registration("Done", self.edition)

        for pk in (foreign.pk, done.pk, "x", 2**63):
            self.client.post(self.address, {"chosen": [pk], "refuse": "x", "reason": "x"})

        self.assertEqual(Registration.objects.filter(status="cancelled").count(), 0)

    def test_same_number_of_queries_for_one_and_three(self):
        self.pending()
        one = queries_of(self.client, self.address)
        for name in ("Ben", "Cy"):
            self.pending(name)

        self.assertEqual(queries_of(self.client, self.address), one)
