"""An organiser notes on the page of one request what the list notes of many."""

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import TestCase, override_settings

from registration.models import InvoiceRequest
from tests.admin_forms import make_staff
from tests.factories import make_invoice_request, make_registration


@override_settings(STAFF_SECOND_FACTOR=False)
class InvoicePageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.invoice = make_invoice_request(make_registration("Ada"))
        cls.page = f"/admin/registration/invoicerequest/{cls.invoice.pk}/change/"
        cls.organiser = make_staff("organiser")

    def setUp(self):
        self.client.force_login(self.organiser)

    def press(self, name, **sent):
        return self.client.post(self.page, {name: "x", **sent}, follow=True)

    def buttons(self):
        page = self.client.get(self.page).content.decode()
        return [name for name in ("_sent", "_paid", "_dropped") if f'name="{name}"' in page]

    def test_sent_and_paid_are_noted_with_their_moments_and_who_noted_them(self):
        self.assertEqual(self.buttons(), ["_sent", "_paid", "_dropped"])
        self.assertContains(self.press("_sent"), "1 invoice noted.")
        self.assertEqual(self.buttons(), ["_paid", "_dropped"])
        self.press("_paid")

        self.invoice.refresh_from_db()
        self.assertEqual(self.invoice.status, "paid")
        self.assertLess(self.invoice.sent_at, self.invoice.paid_at)
        noted = [(entry.user, entry.change_message) for entry in LogEntry.objects.order_by("pk")]
        self.assertEqual(noted, [(self.organiser, "invoice sent"), (self.organiser, "paid")])

    def test_no_longer_needed_is_noted(self):
        self.press("_dropped")

        self.assertEqual(InvoiceRequest.objects.get().status, "dropped")

    def test_what_somebody_asked_for_cannot_be_typed_over(self):
        self.press("_sent", amount="1", billing_name="Other")
        self.assertEqual(self.client.post(self.page, {"amount": "1"}).status_code, 403)

        self.invoice.refresh_from_db()
        self.assertEqual((self.invoice.amount, self.invoice.billing_name), (120, "A school"))

    def test_who_may_only_look_finds_no_buttons_and_notes_nothing(self):
        self.organiser.groups.clear()
        self.organiser.user_permissions.add(Permission.objects.get(codename="view_invoicerequest"))

        self.assertEqual((self.client.get(self.page).status_code, self.buttons()), (200, []))
        self.assertEqual(self.press("_paid").status_code, 403)
        self.assertEqual(InvoiceRequest.objects.get().status, "requested")
