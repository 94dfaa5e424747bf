"""An invoice belongs to whoever asked for it, also after the registration went to somebody else."""

from django.test import override_settings

from conference.models import Outbox
from registration.models import InvoiceRequest
from registration.services.claims import hand_over, take_over
from registration.services.invoicing import mark, request_invoice
from tests.factories import make_organiser, make_registration, make_user
from tests.registration.claiming import ClaimCase

BILLING = {"billing_name": "Secret School", "billing_address": "Secret Street 1"}
MY_PAGE = "/accounts/registrations/"


class InvoiceOfWhoeverAskedTests(ClaimCase):
    def setUp(self):
        self.type.fee_amount = 120
        self.type.save()
        self.registration = make_registration(edition=self.edition, user=self.ada)
        self.ben = make_user("Ben", email="ben@school.example")
        self.own = f"/{self.edition.slug}/my-registration/"

    def ask(self, status):
        asked = request_invoice(registration=self.registration, **BILLING)
        mark(invoice=asked, status=status)

    def hand_to(self, user):
        self.registration.refresh_from_db()
        hand_over(registration=self.registration, name=user.name, email=user.email)
        take_over(token=self.token(), user=user, role="teacher", country="BE")

    def page(self, user, address):
        self.client.force_login(user)
        return self.client.get(address)

    def test_new_person_sees_only_that_it_is_settled(self):
        for status in ("sent", "paid"):
            with self.subTest(status):
                InvoiceRequest.objects.all().delete()
                self.ask(status)
                to = make_user(f"New {status}")
                self.hand_to(to)

                page = self.page(to, self.own)
                self.assertContains(page, "You pay nothing.")
                for secret in ("120.00", "Ask for an invoice", "invoice sent", "Secret"):
                    self.assertNotContains(page, secret)
                self.assertEqual(self.page(to, f"{self.own}invoice/").status_code, 404)
                self.ada, self.type.can_be_handed_over = to, True

    def test_who_gave_it_away_keeps_the_invoice_and_is_told_so(self):
        self.ask("sent")
        self.hand_to(self.ben)

        page = self.page(self.ada, MY_PAGE)
        self.assertContains(page, "Invoices of registrations you handed over")
        self.assertContains(page, "120.00\u00a0EUR, invoice sent")
        self.assertNotContains(self.page(self.ben, MY_PAGE), "120.00")
        mail = Outbox.objects.filter(recipient=self.ada.email).latest("pk")
        self.assertIn("The invoice that you asked for stays yours", mail.text)
        self.assertEqual(InvoiceRequest.objects.get().billing_email, self.ada.email)

    def test_organisers_read_whose_invoice_it_is(self):
        self.ask("sent")
        self.hand_to(self.ben)
        page = f"/admin/registration/invoicerequest/{InvoiceRequest.objects.get().pk}/change/"
        with override_settings(STAFF_SECOND_FACTOR=False):
            self.assertContains(self.page(make_organiser(), page), self.ada.email)

    def test_whoever_takes_over_reads_the_fee_unless_it_is_settled(self):
        for status, is_said in (("requested", True), ("sent", False)):
            self.ask(status)
            self.registration.refresh_from_db()
            hand_over(registration=self.registration, name="Cy", email=f"{status}@x.example")
            self.client.logout()
            self.assertEqual("120.00" in self.client.get(self.url()).content.decode(), is_said, status)

    def test_whoever_hands_over_reads_before_that_the_invoice_stays_theirs(self):
        for status, is_said in (("requested", False), ("sent", True)):
            self.ask(status)
            page = self.page(self.ada, f"{self.own}hand-over/").content.decode()
            self.assertEqual("The invoice that was sent stays yours" in page, is_said, status)

    def test_it_stays_with_the_first_when_the_registration_goes_on_again(self):
        self.ask("paid")
        self.hand_to(self.ben)
        self.hand_to(make_user("Cy"))

        self.assertEqual(InvoiceRequest.objects.get().kept_by, self.ada)

    def test_what_was_only_asked_for_or_dropped_is_gone_and_the_new_person_asks_anew(self):
        for status in ("requested", "dropped"):
            with self.subTest(status):
                self.ask(status)
                self.hand_to(make_user(f"New {status}"))

                self.assertFalse(InvoiceRequest.objects.exists())
                self.registration.refresh_from_db()
                self.assertContains(self.page(self.registration.user, self.own), "Ask for an invoice")

    def test_dropped_afterwards_the_new_person_asks_for_their_own(self):
        self.ask("paid")
        self.hand_to(self.ben)
        mark(invoice=InvoiceRequest.objects.get(), status="dropped")

        asked = request_invoice(
            registration=self.registration, billing_name="Own", billing_address="Own 1", billing_email=""
        )

        self.assertEqual((asked.kept_by, asked.sent_at, asked.paid_at), (None, None, None))
        self.assertContains(self.page(self.ben, self.own), "120.00")
