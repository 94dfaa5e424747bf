"""The desk without its script, its rooms, and what helpers see: names, and nothing else."""

import json
from datetime import timedelta
from uuid import uuid4

from django.test import TestCase, override_settings
from django.utils import timezone

from registration.models import CheckIn, Registration
from tests.admin_forms import make_staff
from tests.factories import (
    make_booking,
    make_edition,
    make_registration,
    make_registration_type,
    make_session,
    make_user,
    make_workshop,
)
from tests.registration.desk import DeskTestCase


class DeskTests(DeskTestCase):
    # --- Names --------------------------------------------------------------------------------------
    def test_name_is_found_without_marks_and_a_button_checks_in(self):
        found = self.client.post("/desk/ed/", {"text": "lack", "nonce": str(uuid4())})
        self.assertContains(found, "Ada Łącka")
        self.assertContains(found, f'value="{self.ada.guid}"')

        answer = self.client.post("/desk/ed/", {"person": str(self.ada.guid), "nonce": str(uuid4())})

        self.assertContains(answer, 'data-tone="good"')
        self.assertEqual(CheckIn.objects.get().way, "name")

    def test_person_of_another_edition_cannot_be_chosen(self):
        other = make_registration("Stranger", make_edition())

        self.assertEqual(self.answer(person=str(other.guid))["kind"], "unknown")

    def test_undo_leaves_who_and_when_and_only_within_the_edition(self):
        nonce = self.answer(code=self.ada.ticket_code)["check_in"]
        elsewhere = make_registration("Stranger", make_edition())
        other = CheckIn.objects.create(registration=elsewhere, at=timezone.now())

        for check_in, kind in (
            (nonce, "undone"),
            (nonce, "undone"),
            (str(other.nonce), "unknown"),
            (5, "unknown"),
        ):
            body = json.dumps({"check_in": check_in})
            sent = self.client.post("/desk/ed/scans/undo/", body, content_type="application/json")
            self.assertEqual(sent.json()["answer"]["kind"], kind)

        row = CheckIn.objects.get(nonce=nonce)
        self.assertEqual((row.undone_by, row.by), (self.helper, self.helper))
        other.refresh_from_db()
        self.assertIsNone(other.undone_at)

    def test_form_sent_twice_counts_once(self):
        sent = {"text": self.ada.ticket_code.lower(), "nonce": str(uuid4())}

        pages = [self.client.post("/desk/ed/", sent) for _press in range(2)]

        for page in pages:
            self.assertContains(page, 'data-tone="good"')
        self.assertEqual(CheckIn.objects.count(), 1)

    # --- Rooms --------------------------------------------------------------------------------------
    def test_room_notes_presence_and_says_who_has_no_place_in_the_workshop(self):
        workshop = make_workshop(self.edition, slug="lab")
        make_booking(self.ada, workshop)
        notes = [
            self.send({"code": row.ticket_code}, session="lab").json()["answers"][0]["note"]
            for row in (self.ada, self.ben)
        ]

        self.assertEqual(notes, ["", "Has no place in this workshop."])
        self.assertEqual(set(CheckIn.objects.values_list("session", flat=True)), {workshop.pk})
        self.assertContains(self.client.get("/desk/ed/lab/"), "present")

    def test_cancelled_draft_or_foreign_session_has_no_desk(self):
        make_session(self.edition, slug="draft", status="draft")
        make_session(make_edition(), slug="foreign")

        self.assertEqual(
            {self.client.get(f"/desk/ed/{slug}/").status_code for slug in ("draft", "foreign")}, {404}
        )

    # --- What helpers see ---------------------------------------------------------------------------
    def test_helper_gets_names_and_no_needs_answers_addresses_or_codes(self):
        pages = [
            self.client.get("/desk/ed/"),
            self.client.get("/desk/ed/people/list/"),
            self.client.post("/desk/ed/", {"text": "ada", "nonce": "x"}),
            self.send({"code": self.ada.ticket_code}),
        ]

        for page in pages:
            text = page.content.decode()
            self.assertNotIn("CANARY", text)
            self.assertNotIn(self.ada.user.email, text)
            self.assertNotIn(self.ada.ticket_code, text)
            self.assertEqual(page["Cache-Control"].split(",")[0], "private")
        self.assertIn("Ada Łącka", pages[1].content.decode())

    def test_list_is_sent_again_only_if_it_changed(self):
        first = self.client.get("/desk/ed/people/list/")

        def again():
            return self.client.get(
                "/desk/ed/people/list/", headers={"If-None-Match": first["ETag"]}
            ).status_code

        self.assertEqual(again(), 304)
        self.answer(code=self.ada.ticket_code)
        self.assertEqual(again(), 200)

    def test_list_takes_the_same_number_of_queries_with_one_and_with_three(self):
        address = "/desk/ed/people/list/"
        CheckIn.objects.create(registration=self.ada, at=timezone.now(), by=self.helper)
        self.client.get(address)
        with self.assertNumQueries(10):
            self.client.get(address)
        for name in ("Cleo", "Dora", "Emil"):
            row = make_registration(name, self.edition)
            CheckIn.objects.create(registration=row, at=timezone.now(), by=self.helper)
        with self.assertNumQueries(10):
            self.client.get(address)

    def test_camera_is_allowed_at_the_desk_and_nowhere_else(self):
        self.assertIn("camera=(self)", self.client.get("/desk/ed/")["Permissions-Policy"])
        for path in ("/ed/", "/desk/ed/people/new/", "/admin/"):
            self.assertIn("camera=()", self.client.get(path)["Permissions-Policy"])

    def test_desk_is_not_there_for_people_without_the_permission(self):
        paths = ["/desk/ed/", "/desk/ed/people/list/", "/desk/ed/people/new/", "/desk/ed/scans/new/"]
        for person in (make_user("Plain"), self.ada.user, make_staff("programme editor")):
            self.client.force_login(person)
            for path in paths:
                with self.subTest(person=person.name, path=path):
                    self.assertEqual(self.client.get(path).status_code, 404)
                    self.assertEqual(self.send({"code": self.ada.ticket_code}).status_code, 404)

        self.assertFalse(CheckIn.objects.exists())

    @override_settings(STAFF_SECOND_FACTOR=True)
    def test_desk_asks_for_the_second_factor_as_the_admin_does(self):
        response = self.client.get("/desk/ed/")

        self.assertEqual((response.status_code, response["Location"]), (302, "/accounts/2fa/"))
        self.assertEqual(self.send({"code": self.ada.ticket_code}).status_code, 302)
        self.assertFalse(CheckIn.objects.exists())

    def test_menu_leads_to_the_desk_whoever_works_there(self):
        self.assertContains(self.client.get("/ed/"), 'href="/desk/ed/"')
        self.client.force_login(self.ada.user)
        self.assertNotContains(self.client.get("/ed/"), "/desk/")

    def test_words_of_a_name_stay_words(self):
        row = make_registration("<script>alert(1)</script>", self.edition)

        page = self.client.post("/desk/ed/", {"person": str(row.guid), "nonce": str(uuid4())})

        self.assertContains(page, "&lt;script&gt;alert(1)")


@override_settings(STAFF_SECOND_FACTOR=False)
class RegisterAtTheDeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="ed", registration_closes_at=timezone.now() - timedelta(days=1))
        cls.kind = make_registration_type(cls.edition, capacity=1)
        cls.helper = make_staff("helper")

    def setUp(self):
        self.client.force_login(self.helper)

    def send(self, **changes):
        fields = {
            "name": "Nora", "email": "nora@example.org", "country": "BE", "role": "teacher", "consent": "on",
            "registration_type": self.kind.pk, **changes,
        }  # fmt: skip
        return self.client.post("/desk/ed/people/new/", fields)

    def test_who_gets_a_place_is_checked_in_also_after_closing(self):
        response = self.send()

        self.assertRedirects(response, "/desk/ed/", fetch_redirect_response=False)
        row = Registration.objects.get()
        self.assertEqual((row.user.name, row.status), ("Nora", "confirmed"))
        self.assertEqual(CheckIn.objects.get().registration, row)
        self.assertContains(self.client.get("/desk/ed/"), "Nora is registered and checked in.")

    def test_when_it_is_full_nothing_happens_and_the_page_says_so(self):
        make_registration("Ada", self.edition, registration_type=self.kind)

        response = self.send()

        self.assertContains(response, "All 1 places of “Participant” are taken. Nobody was registered.")
        self.assertContains(response, "Nora")
        self.assertEqual(Registration.objects.count(), 1)
        self.assertFalse(type(self.helper).objects.filter(email="nora@example.org").exists())

    def test_who_is_registered_already_is_looked_up_instead(self):
        self.send()

        response = self.send(email="NORA@example.org")

        self.assertContains(response, "There is a registration with this address already")
        self.assertEqual(Registration.objects.count(), 1)

    def test_without_consent_nobody_is_registered(self):
        self.assertContains(self.send(consent=""), "This field is required.")
        self.assertFalse(Registration.objects.exists())
