"""Attendees from a sheet: places in the order of the sheet, no mail unless it was chosen, and nothing twice."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import post_save
from django.test import TestCase
from django.urls import reverse

from conference.models import Outbox, Task, User
from conference.tasks import run_due
from registration.models import Claim, PlaceChange, Registration
from tests.admin_forms import make_staff
from tests.factories import make_edition, make_registration, make_registration_type


def sheet(count):
    return "Name,Email\n" + "".join(f"Person {n},p{n}@example.org\n" for n in range(count))


class Killed(BaseException):
    """What ends a process in the middle of everything."""


class AttendeesInTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("registration desk"))
        self.edition = make_edition()
        self.kind = make_registration_type(self.edition, capacity=2)
        self.address = reverse("admin:conference_edition_attendees_in", args=[self.edition.pk])

    def choices(self, **more):
        return {"kind": self.kind.pk, "when_full": "wait", **more}

    def look(self, data, **more):
        upload = SimpleUploadedFile("people.csv", data.encode())
        page = self.client.post(self.address, {"upload": upload})
        chosen = {name: field.initial for name, field in page.context["form"].fields.items()}
        sent = {"token": page.context["token"], "columns": "1", **chosen, **self.choices(**more)}
        return self.client.post(self.address, sent)

    def bring(self, data, **more):
        page = self.look(data, **more)
        sent = {"token": page.context["token"], "confirm": "1", **self.choices(**more)}
        return self.client.post(self.address, sent)

    def states(self):
        rows = Registration.objects.filter(edition=self.edition).order_by("pk")
        return [(row.user.name, row.status) for row in rows.select_related("user")]

    def test_the_first_have_a_place_and_the_others_wait_as_the_preview_said(self):
        page = self.look(sheet(3))
        self.assertIn("2 get a place, 1 go to the waiting list.", page.context["plan"].notes)
        self.assertEqual(self.states(), [])

        self.bring(sheet(3))

        self.assertEqual(
            self.states(), [("Person 0", "confirmed"), ("Person 1", "confirmed"), ("Person 2", "waiting")]
        )
        self.assertEqual(PlaceChange.objects.filter(registration__edition=self.edition).count(), 3)

    def test_too_many_can_be_refused_instead(self):
        page = self.look(sheet(3), when_full="refuse")

        self.assertEqual(page.context["plan"].errors, ["3 people, and 2 places are free."])

    def test_no_mail_leaves_unless_it_was_chosen_and_none_before_the_confirmation(self):
        self.bring(sheet(1))
        self.assertEqual(Outbox.objects.count(), 0)

        self.look("Name,Email\nBen,ben@example.org\n", invite="on")
        self.assertEqual(Outbox.objects.count(), 0)
        self.bring("Name,Email\nBen,ben@example.org\n", invite="on")

        self.assertEqual([mail.recipient for mail in Outbox.objects.all()], ["ben@example.org"])

    def test_the_same_list_twice_makes_nothing_twice(self):
        self.bring(sheet(2))

        page = self.look(sheet(2))

        self.assertEqual((page.context["new_count"], page.context["same_count"]), (0, 2))
        self.bring(sheet(2))
        self.assertEqual((len(self.states()), Claim.objects.count()), (2, 2))

    def test_whoever_is_registered_already_is_left_alone(self):
        ada = make_registration("Ada", self.edition)

        page = self.look(f"Name,Email\nAda,{ada.user.email.upper()}\n")

        self.assertEqual((page.context["new_count"], page.context["same_count"]), (0, 1))

    def test_nobody_becomes_staff_and_no_account_is_opened(self):
        self.bring("Name,Email,is_staff,is_superuser\nAda,ada@example.org,1,1\n")

        self.assertFalse(User.objects.filter(email="ada@example.org").exists())
        self.assertFalse(Registration.objects.get(edition=self.edition).user.is_staff)

    def test_an_unknown_role_is_said_with_its_line(self):
        page = self.look("Name,Email,Role\nAda,ada@example.org,teacher\nBen,ben@example.org,wizard\n")

        self.assertEqual(page.context["plan"].errors, ["Line 3, Role: “wizard” is no role."])

    def test_three_hundred_go_into_the_queue_in_their_order(self):
        self.kind.capacity = 25
        self.kind.save()

        self.bring(sheet(300))

        states = [status for _name, status in self.states()]
        self.assertEqual((states.count("confirmed"), states.count("waiting")), (25, 275))
        waiting = Registration.objects.filter(edition=self.edition, status="waiting").order_by("queue_number")
        self.assertEqual([row.user.name for row in waiting[:2]], ["Person 25", "Person 26"])

    def test_a_kind_of_another_edition_is_refused_beside_its_field_and_the_file_stays(self):
        foreign = make_registration_type(make_edition())
        for kind in (foreign.pk, "", "9" * 25, "1\x00"):
            token = self.look(sheet(1)).context["token"]
            for step in ("columns", "confirm"):
                sent = {
                    "token": token,
                    step: "1",
                    "column-0": "name",
                    "column-1": "email",
                    **self.choices(kind=kind),
                }
                answer = self.client.post(self.address, sent)
                self.assertIn("kind", answer.context["choices"].errors, (kind, step))
        self.assertEqual(Registration.objects.count(), 0)

    def test_what_is_too_long_is_said_instead_of_cut(self):
        page = self.look(f"Name,Email,Organisation\nAda,ada@example.org,{'x' * 201}\n")

        self.assertEqual(
            page.context["plan"].errors, ["Line 2, Organisation: this is longer than 200 characters."]
        )

    def test_killed_half_way_leaves_nothing_and_repeated_each_has_one_place(self):
        def die(instance, **_signal):
            if instance.user.name == "Person 2":
                raise Killed

        post_save.connect(die, sender=Registration)
        try:
            with self.assertRaises(Killed):
                self.bring(sheet(4), invite="on")
        finally:
            post_save.disconnect(die, sender=Registration)
        made = (Registration, Claim, PlaceChange, Outbox, User.objects.filter(is_active=False))
        self.assertEqual([getattr(one, "objects", one).count() for one in made], [0] * 5)

        for _time in range(2):
            self.bring(sheet(4), invite="on")

        self.assertEqual([status for _name, status in self.states()], ["confirmed"] * 2 + ["waiting"] * 2)
        self.assertEqual((Claim.objects.count(), Outbox.objects.count()), (4, 4))

    def test_a_long_list_is_the_workers_with_all_that_was_chosen(self):
        self.bring(sheet(301), invite="on")
        self.assertEqual((self.states(), Outbox.objects.count()), ([], 0))

        run_due()

        self.assertEqual(Task.objects.get().status, "done")
        states = [status for _name, status in self.states()]
        self.assertEqual((states.count("confirmed"), states.count("waiting")), (2, 299))
        self.assertEqual(Outbox.objects.count(), 301)
