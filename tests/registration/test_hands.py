"""The organiser's hand, deadlines and other kinds: who gets what, also past what is full or closed."""

from datetime import timedelta

import time_machine
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from conference.models import Outbox, User
from registration.admin.queue import taken_words, with_taken
from registration.changes.deadlines import deadline_words, own_changes_open
from registration.exceptions import (
    ChangesClosed,
    InvoiceUnderWay,
    NotForYou,
    NothingToPlace,
    PlaceWouldBeLost,
)
from registration.models import InvoiceRequest, Registration
from registration.services.moving import change_type, types_to_change_to
from registration.services.placing import place_on_purpose
from registration.services.registering import cancel_registration, register, update_registration
from tests.factories import (
    make_booking,
    make_edition,
    make_invoice_request,
    make_organiser,
    make_registration,
    make_registration_type,
    make_user,
    make_workshop,
)


class Hands(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.type = make_registration_type(self.edition, capacity=1)
        self.organiser = make_organiser()
        self.ada = make_registration("Ada", self.edition)
        self.ben = make_registration("Ben", self.edition, status="waiting", queue_number=2)
        self.cy = make_registration("Cy", self.edition, status="waiting", queue_number=3)

    def status(self, row):
        row.refresh_from_db()
        return row.status


class PlacingTests(Hands):
    def test_somebody_is_placed_though_full_and_the_numbers_say_so(self):
        place_on_purpose(registration=self.cy, by=self.organiser)

        self.assertEqual((self.status(self.cy), self.status(self.ben)), ("confirmed", "waiting"))
        self.assertEqual(
            taken_words(with_taken(self.edition.registration_types.all()).get()), "2/1, 1 waiting"
        )
        with self.assertRaises(NothingToPlace):
            place_on_purpose(registration=self.cy, by=self.organiser)

    def test_without_a_limit_only_those_who_have_a_place_are_counted(self):
        self.edition.registration_types.update(capacity=None)

        self.assertEqual(taken_words(with_taken(self.edition.registration_types.all()).get()), "1, 2 waiting")

    def test_in_a_workshop_too_waiting_or_not(self):
        workshop = make_workshop(self.edition, capacity=1)
        make_booking(self.ada, workshop)
        dan = make_registration("Dan", self.edition)
        waiting = make_booking(dan, workshop, status="waiting", queue_number=2)
        eve = make_registration("Eve", self.edition)

        place_on_purpose(booking=waiting, by=self.organiser)
        place_on_purpose(registration=eve, workshop=workshop, by=self.organiser)

        self.assertEqual(workshop.bookings.confirmed().count(), 3)
        reasons = workshop.changes.values_list("reason", "by__name")
        self.assertEqual(list(reasons), [("placed", "Olga")] * 2)

    def test_who_gave_a_place_back_goes_to_the_end_and_is_not_offered_it_before_others(self):
        cancel_registration(registration=self.ada)
        self.assertEqual(self.status(self.ben), "confirmed")

        again = register(user=self.ada.user, registration_type=self.type, role="teacher", country="BE")
        cancel_registration(registration=self.ben)

        self.assertEqual((self.status(self.cy), self.status(again)), ("confirmed", "waiting"))


class MovingTests(Hands):
    def setUp(self):
        super().setUp()
        self.online = make_registration_type(self.edition, "Online", capacity=1)

    def move(self, row, kind, **options):
        return change_type(registration=row, registration_type=kind, **options)

    def test_the_place_left_goes_to_the_next_and_a_free_one_is_taken(self):
        moved = self.move(self.ada, self.online)

        self.assertEqual((moved.status, moved.registration_type), ("confirmed", self.online))
        self.assertEqual(self.status(self.ben), "confirmed")

    def test_nobody_loses_a_place_by_changing(self):
        make_registration("Dan", self.edition, registration_type=self.online)

        with self.assertRaises(PlaceWouldBeLost):
            self.move(self.ada, self.online)
        self.assertEqual(self.status(self.ada), "confirmed")
        self.assertTrue(self.move(self.ada, self.online, by=self.organiser, on_purpose=True).is_confirmed)

    def test_only_to_what_is_for_this_person(self):
        guest = make_registration_type(self.edition, "Guest", for_whom="invited")

        with self.assertRaises(NotForYou):
            self.move(self.ada, guest)
        self.assertEqual(self.move(self.ada, guest, by=self.organiser).registration_type, guest)

    def test_an_invoice_asked_for_ends_with_the_kind_and_one_that_was_sent_keeps_it(self):
        invoice = make_invoice_request(self.ada)
        with self.assertRaises(InvoiceUnderWay):
            self.move(self.ada, self.online, by=self.organiser)
        for status in ("sent", "paid"):
            InvoiceRequest.objects.update(status=status)
            self.assertEqual(types_to_change_to(self.ada), [])
            with self.assertRaises(InvoiceUnderWay):
                self.move(self.ada, self.online)
        InvoiceRequest.objects.update(status="requested")
        self.move(self.ada, self.online)

        invoice.refresh_from_db()
        self.assertEqual(invoice.status, "dropped")

    def test_page_offers_only_what_can_be_had_and_says_what_ends(self):
        make_registration("Dan", self.edition, registration_type=self.online)
        make_invoice_request(self.ada)
        self.client.force_login(self.ada.user)
        address = f"/{self.edition.slug}/my-registration/type/"

        page = self.client.get(address)
        self.assertContains(page, "Full at present: Online.")
        self.assertNotContains(page, 'type="radio"')
        make_registration_type(self.edition, "Evening")
        page = self.client.get(address)
        self.assertContains(page, 'type="radio"', 1)
        self.assertContains(page, "Your request for an invoice ends")


class DeadlineTests(Hands):
    def setUp(self):
        super().setUp()
        self.at = timezone.now().replace(microsecond=0) + timedelta(days=1)
        self.type.changes_close_at = self.at
        self.type.save()
        self.ada.refresh_from_db()

    def test_it_is_obeyed_to_the_second(self):
        before = self.at - timedelta(seconds=1)

        self.assertTrue(own_changes_open(self.ada, before))
        self.assertFalse(own_changes_open(self.ada, self.at))
        update_registration(registration=self.ada, role="policy", at=before)
        with self.assertRaises(ChangesClosed):
            update_registration(registration=self.ada, role="ngo", at=self.at)
        with self.assertRaises(ChangesClosed):
            cancel_registration(registration=self.ada, at=self.at)
        cancel_registration(registration=self.ada, by=self.organiser, at=self.at)
        self.assertEqual(self.status(self.ada), "cancelled")

    def test_it_is_said_with_its_zone(self):
        self.edition.time_zone = "Europe/Brussels"
        self.type.changes_close_at = timezone.datetime(2027, 3, 28, 0, 59, 59, tzinfo=self.at.tzinfo)

        self.ada.edition, self.ada.registration_type = self.edition, self.type

        words = deadline_words(self.ada, self.at)
        self.assertEqual(words, "You can change and cancel until Sunday 28 March 2027, 01:59:59 CET.")

    def test_a_form_sent_too_late_is_refused_with_what_was_typed(self):
        self.client.force_login(self.ada.user)
        address = f"/{self.edition.slug}/my-registration/"
        with time_machine.travel(self.at, tick=False):
            self.client.force_login(self.ada.user)
            answer = self.client.post(
                f"{address}edit/", {"role": "policy", "organisation_name": "Typed in vain"}
            )
            self.client.post(f"{address}cancel/")

        self.assertContains(answer, "Typed in vain")
        self.assertContains(answer, "Changes were possible until")
        self.assertEqual(self.status(self.ada), "confirmed")


class InvoiceTests(Hands):
    def test_the_amount_is_kept_and_extra_fields_are_ignored(self):
        self.type.fee_amount = 120
        self.type.save()
        self.client.force_login(self.ada.user)
        address = f"/{self.edition.slug}/my-registration/invoice/"
        sent = {"billing_name": "School", "billing_address": "Street", "amount": "0", "status": "paid"}

        self.client.post(address, sent)
        self.type.fee_amount = 500
        self.type.save()

        asked = InvoiceRequest.objects.get()
        self.assertEqual((asked.amount, asked.status, asked.registration), (120, "requested", self.ada))
        InvoiceRequest.objects.update(status="sent")
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_whoever_cancels_reads_what_becomes_of_the_invoice(self):
        make_invoice_request(self.ada)
        self.client.force_login(self.ada.user)
        for status, words in (
            ("requested", "ends too."),
            ("sent", "was sent already"),
            ("paid", "was sent already"),
        ):
            InvoiceRequest.objects.update(status=status)
            self.assertContains(self.client.get(f"/{self.edition.slug}/my-registration/cancel/"), words)

    def test_mail_says_what_it_costs(self):
        self.type.fee_amount, self.type.capacity = 120, None
        self.type.save()

        register(user=make_user("Eve"), registration_type=self.type, role="teacher", country="BE")

        self.assertIn("The fee: 120.00\u00a0EUR.", Outbox.objects.latest("pk").text)

    def test_what_is_free_has_no_such_page(self):
        self.client.force_login(self.ada.user)

        self.assertEqual(self.client.get(f"/{self.edition.slug}/my-registration/invoice/").status_code, 404)


@override_settings(STAFF_SECOND_FACTOR=False)
class HandPagesTests(Hands):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.organiser)

    def test_each_page_does_what_it_says(self):
        online = make_registration_type(self.edition, "Online")
        workshop = make_workshop(self.edition)
        for name, row, data in (
            ("place", self.cy, {}),
            ("move", self.ben, {"registration_type": online.pk}),
            ("workshop", self.ada, {"workshop": workshop.pk}),
        ):
            address = reverse(f"admin:registration_registration_{name}", args=[row.pk])
            self.assertEqual(self.client.get(address).status_code, 200)
            self.assertEqual(self.client.post(address, data).status_code, 302, name)

        self.assertEqual((self.status(self.cy), self.status(self.ben)), ("confirmed", "confirmed"))
        self.assertEqual(workshop.bookings.get().registration, self.ada)

    def test_somebody_is_registered_by_hand_also_with_a_new_account(self):
        address = reverse("admin:registration_registration_add") + f"?edition={self.edition.pk}"
        data = {
            "name": "Dan",
            "email": "dan@example.org",
            "language": "en",
            "country": "BE",
            "role": "teacher",
        }
        data |= {"registration_type": self.type.pk}

        self.assertContains(self.client.post(address, data), "This field is required.")
        self.assertFalse(User.objects.filter(email="dan@example.org").exists())
        self.client.post(address, {**data, "has_agreed": "on", "on_purpose": "on"})

        made = Registration.objects.get(user__email="dan@example.org")
        self.assertEqual((made.status, made.registered_by.name), ("confirmed", "Olga"))

    def test_a_known_address_keeps_its_account(self):
        known = make_user("Known", email="known@example.org")
        address = reverse("admin:registration_registration_add") + f"?edition={self.edition.pk}"
        data = {"name": "Other", "email": "KNOWN@example.org", "language": "en", "country": "BE"}
        self.client.post(
            address, {**data, "role": "teacher", "registration_type": self.type.pk, "has_agreed": "on"}
        )

        self.assertEqual(known.registrations.get().status, "waiting")
        known.refresh_from_db()
        self.assertEqual(known.name, "Known")

    def test_the_invitation_link_stands_to_copy_and_is_made_anew_only_by_its_button(self):
        kind = make_registration_type(self.edition, for_whom="invited")
        page = reverse("admin:registration_registrationtype_change", args=[kind.pk])
        new = reverse("admin:registration_registrationtype_new_link", args=[kind.pk])

        self.assertContains(self.client.get(page), kind.invitation_key)
        self.client.get(new)
        self.assertContains(self.client.get(page), kind.invitation_key)
        self.client.post(new)
        self.assertNotContains(self.client.get(page), kind.invitation_key)
