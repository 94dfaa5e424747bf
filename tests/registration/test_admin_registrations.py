from datetime import timedelta

import time_machine
from django.contrib.admin.models import LogEntry
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from conference.sheets.cells import read_csv
from registration.models import Registration, WorkshopBooking
from sessions.models import Workshop
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import (
    make_booking,
    make_edition,
    make_organiser,
    make_presentation,
    make_registration,
    make_registration_type,
    make_workshop,
)

LIST = "/admin/registration/registration/"
CANARIES = {"dietary_needs": "canary-nuts", "access_needs": "canary-ramp"}


def change(model, row):
    return reverse(f"admin:{model}_change", args=[row.pk])


@override_settings(STAFF_SECOND_FACTOR=False)
class WhoSeesWhatTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.registration = make_registration(
            "Ada Lovelace", self.edition, organisation_name="canary-org", **CANARIES
        )
        self.pages = [LIST, change("registration_registration", self.registration)]

    def seen_by(self, role):
        self.client.force_login(make_staff(role))
        return "".join(self.client.get(address).content.decode() for address in self.pages)

    def test_helpers_see_name_reference_and_status_only(self):
        seen = self.seen_by("helper")

        self.assertIn("Ada Lovelace", seen)
        self.assertIn(self.registration.reference, seen)
        self.assertNotIn("canary", seen)
        self.assertNotIn(self.registration.user.email, seen)

    def test_helpers_do_not_find_out_by_filtering_or_searching(self):
        self.client.force_login(make_staff("helper"))
        for lookup in (
            "dietary_needs__contains",
            "organisation_name",
            "role__exact",
            "user__email",
            "country",
        ):
            response = self.client.get(LIST, {lookup: "canary-nuts"})
            self.assertIn(response.status_code, (302, 400), lookup)
        self.assertContains(self.client.get(LIST, {"q": "Ada"}), self.registration.reference)
        self.assertNotContains(
            self.client.get(LIST, {"q": self.registration.user.email}), self.registration.reference
        )

    def test_helpers_neither_export_nor_cancel(self):
        self.client.force_login(make_staff("helper"))
        for action in ("export_selected", "cancel_selected", "delete_selected"):
            response = self.client.post(LIST, {"action": action, "_selected_action": [self.registration.pk]})
            self.assertNotEqual(response["Content-Type"], "text/csv; charset=utf-8")

        self.registration.refresh_from_db()
        self.assertEqual((self.registration.status, LogEntry.objects.count()), ("confirmed", 0))

    def test_the_desk_reads_needs_in_the_form_but_never_in_the_list(self):
        self.client.force_login(make_staff("registration desk"))
        in_list, in_form = (self.client.get(address).content.decode() for address in self.pages)

        self.assertNotIn("canary-nuts", in_list)
        self.assertIn("canary-nuts", in_form)

    def test_nobody_filters_by_needs(self):
        self.client.force_login(make_organiser())

        self.assertEqual(self.client.get(LIST, {"dietary_needs__contains": "nuts"}).status_code, 400)

    def test_without_the_permission_needs_are_neither_shown_nor_exported(self):
        desk = make_staff("registration desk")
        desk.groups.get().permissions.get(codename="view_needs").group_set.clear()
        self.client.force_login(desk)

        seen = "".join(self.client.get(address).content.decode() for address in self.pages)
        data = {"action": "export_selected", "_selected_action": [self.registration.pk]}
        exported = self.client.post(LIST, data).getvalue().decode()

        self.assertIn(self.registration.reference, exported)
        self.assertEqual([text for text in CANARIES.values() if text in seen + exported], [])

    def test_programme_editors_see_no_attendee_on_the_front_page(self):
        self.client.force_login(make_staff("programme editor"))
        page = self.client.get("/admin/").content.decode()

        self.assertIn("without speaker", page)
        self.assertNotIn("on the waiting list", page)


@override_settings(STAFF_SECOND_FACTOR=False)
class RegistrationAdminTests(TestCase):
    def setUp(self):
        self.organiser = make_staff("organiser")
        self.client.force_login(self.organiser)
        self.edition = make_edition()
        self.kind = make_registration_type(self.edition, capacity=1)
        self.ada = make_registration("Ada", self.edition, queue_number=1)
        self.ben = make_registration("Ben", self.edition, status="waiting", queue_number=2)
        self.cleo = make_registration("Cleo", self.edition, status="waiting", queue_number=3)

    def act(self, action, *rows, address=LIST):
        return self.client.post(address, {"action": action, "_selected_action": [row.pk for row in rows]})

    def states(self):
        return list(Registration.objects.order_by("queue_number").values_list("status", flat=True))

    def test_cancelling_gives_the_place_to_the_first_in_the_queue(self):
        self.act("cancel_selected", self.ada)

        self.assertEqual(self.states(), ["cancelled", "confirmed", "waiting"])

    def test_a_status_sent_by_hand_changes_nothing(self):
        address = change("registration_registration", self.ben)
        forged = {"status": "confirmed", "queue_number": "0", "user": str(self.organiser.pk), "role": "ngo"}

        self.client.post(address, read_form(self.client, address) | forged)

        self.ben.refresh_from_db()
        self.assertEqual((self.ben.status, self.ben.queue_number, self.ben.role), ("waiting", 2, "ngo"))
        self.assertNotEqual(self.ben.user, self.organiser)

    def test_a_form_that_stood_open_for_a_while_is_saved_and_the_log_names_what_was_typed(self):
        address = change("registration_registration", self.ben)
        with time_machine.travel(timezone.now() - timedelta(minutes=5)):
            self.client.force_login(self.organiser)
            form = read_form(self.client, address)
        self.client.force_login(self.organiser)

        self.assertEqual(self.client.post(address, form | {"role": "ngo"}).status_code, 302)

        self.ben.refresh_from_db()
        self.assertEqual(self.ben.role, "ngo")
        said = LogEntry.objects.get(object_id=str(self.ben.pk)).get_change_message()
        self.assertEqual(said, "Changed Role.")

    def test_the_list_shows_the_position_in_the_queue(self):
        rows = {row.pk: row.place_in_queue for row in self.client.get(LIST).context["cl"].result_list}

        self.assertEqual(rows, {self.ada.pk: None, self.ben.pk: 1, self.cleo.pk: 2})

    def test_the_list_asks_as_often_for_three_registrations_as_for_one(self):
        Registration.objects.exclude(pk=self.ada.pk).delete()
        for_one = queries_of(self.client, LIST)
        for name in ("Dora", "Emil"):
            make_registration(name, self.edition, status="waiting")

        self.assertEqual(queries_of(self.client, LIST), for_one)

    def test_an_export_reads_back_and_is_written_down(self):
        response = self.act("export_selected", self.ada, self.ben)
        header, *rows = read_csv(response.getvalue().decode())

        self.assertEqual(sorted(row[header.index("name")] for row in rows), ["Ada", "Ben"])
        self.assertIn("no-store", response["Cache-Control"])
        self.assertIn("attachment", response["Content-Disposition"])
        entry = LogEntry.objects.get()
        self.assertEqual((entry.user, entry.object_repr), (self.organiser, "CSV: 2"))
        self.assertContains(
            self.client.get(f"/admin/conference/edition/{self.edition.pk}/exports/"), "2 lines"
        )

    def test_an_export_holds_only_rows_of_the_list_shown(self):
        elsewhere = make_registration("Elsewhere", make_edition())
        address = f"{LIST}?edition={self.edition.pk}"

        exported = self.act("export_selected", self.ada, elsewhere, address=address).getvalue().decode()

        self.assertIn(self.ada.reference, exported)
        self.assertNotIn(elsewhere.reference, exported)

    def test_more_places_of_a_type_go_to_the_waiting_list(self):
        address = change("registration_registrationtype", self.kind)

        self.client.post(address, read_form(self.client, address) | {"capacity": "2"})

        self.assertEqual(self.states(), ["confirmed", "confirmed", "waiting"])

    def test_more_places_typed_in_the_edition_go_to_the_waiting_list_too(self):
        address = change("conference_edition", self.edition)

        self.client.post(address, read_form(self.client, address) | {"registration_types-0-capacity": "3"})

        self.assertEqual(self.states(), ["confirmed", "confirmed", "confirmed"])

    def test_fewer_places_throw_nobody_out(self):
        address = change("registration_registrationtype", self.kind)

        self.client.post(address, read_form(self.client, address) | {"capacity": "0"})

        self.assertEqual(self.states(), ["confirmed", "waiting", "waiting"])

    def test_impossible_capacities_are_refused_beside_the_field(self):
        address = change("registration_registrationtype", self.kind)
        for capacity in ("-1", "1e9", "999999999999999999999", "x"):
            response = self.client.post(address, read_form(self.client, address) | {"capacity": capacity})
            self.assertEqual(list(response.context["adminform"].form.errors), ["capacity"], capacity)

    def test_an_edition_with_registrations_is_not_deleted(self):
        address = reverse("admin:conference_edition_delete", args=[self.edition.pk])

        self.assertContains(self.client.get(address), "This stands in the way")
        self.client.post(address, {"post": "yes"})

        self.assertEqual(Registration.objects.count(), 3)


@override_settings(STAFF_SECOND_FACTOR=False)
class WorkshopAdminTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.workshop = make_workshop(self.edition, "Debate", capacity=1)
        people = [make_registration(name, self.edition) for name in ("Ada", "Ben", "Cleo")]
        make_booking(people[0], self.workshop, queue_number=1)
        for number, person in enumerate(people[1:], start=2):
            make_booking(person, self.workshop, status="waiting", queue_number=number)
        self.client.force_login(make_staff("organiser"))
        self.address = change("conference_sessions_workshop", self.workshop)

    def states(self):
        return list(WorkshopBooking.objects.order_by("queue_number").values_list("status", flat=True))

    def test_the_list_says_how_many_have_a_place_and_wait(self):
        self.assertContains(self.client.get("/admin/conference_sessions/workshop/"), "1/1, 2 waiting")

    def test_more_places_go_to_the_waiting_list(self):
        self.client.post(self.address, read_form(self.client, self.address) | {"capacity": "2"})

        self.assertEqual(self.states(), ["confirmed", "confirmed", "waiting"])

    def test_fewer_places_throw_nobody_out(self):
        self.client.post(self.address, read_form(self.client, self.address) | {"capacity": "0"})

        self.assertEqual(self.states(), ["confirmed", "waiting", "waiting"])
        self.assertContains(self.client.get("/admin/conference_sessions/workshop/"), "1/0, 2 waiting")

    def test_a_new_workshop_is_a_workshop(self):
        address = reverse("admin:conference_sessions_workshop_add")
        form = read_form(self.client, address) | {
            "title_en": "New one",
            "slug": "new-one",
            "edition": str(self.edition.pk),
        }

        self.client.post(address, form)

        self.assertEqual(Workshop.objects.get(slug="new-one").title, "New one")

    def test_cancelling_a_booking_gives_the_place_to_the_first_in_the_queue(self):
        booking = WorkshopBooking.objects.get(status="confirmed")
        data = {"action": "cancel_selected", "_selected_action": [booking.pk]}

        self.client.post("/admin/registration/workshopbooking/", data)

        self.assertEqual(self.states(), ["cancelled", "confirmed", "waiting"])

    def test_a_workshop_with_bookings_is_not_deleted_and_attendees_stay_unseen(self):
        self.client.force_login(make_staff("programme editor"))
        for model in ("session", "workshop"):
            address = reverse(f"admin:conference_sessions_{model}_delete", args=[self.workshop.pk])
            page = self.client.get(address)
            self.client.post(address, {"post": "yes"})

            self.assertContains(page, "3 bookings")
            self.assertNotContains(page, Registration.objects.first().reference)
        self.assertEqual(WorkshopBooking.objects.count(), 3)

    def test_the_list_asks_as_often_for_three_workshops_as_for_one(self):
        address = "/admin/conference_sessions/workshop/"
        for_one = queries_of(self.client, address)
        for title in ("Second", "Third"):
            make_presentation(make_workshop(self.edition, title))

        self.assertLessEqual(queries_of(self.client, address) - for_one, 1)  # versions, once there are any
