import io
from datetime import timedelta

import openpyxl
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from conference import tasks
from conference.models import Task
from registration.admin import exporting
from tests.admin_forms import make_staff
from tests.factories import make_registration, make_user
from tests.registration.exporting.pages import Exporting


class LargeTests(Exporting):
    """With more lines than are made at once."""

    def setUp(self):
        super().setUp()
        most = exporting.MOST_AT_ONCE
        self.addCleanup(setattr, exporting, "MOST_AT_ONCE", most)
        exporting.MOST_AT_ONCE = 1
        make_registration("Ada", self.edition, dietary_needs="nuts")
        make_registration("Ben", self.edition)

    def asked(self, **said):
        response = self.export(**said)
        task = Task.objects.get()
        self.assertTrue(response["Location"].startswith(reverse("admin:task_page", args=[task.guid])))
        tasks.run_due()
        return reverse("admin:task_file", args=[task.guid])

    def test_the_worker_makes_it_and_writes_it_down_once(self):
        file = self.asked(form="xlsx", columns=["name"])

        response = self.client.get(file)
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
        self.assertEqual([row[0].value for row in sheet.rows], ["Name", "Ada", "Ben"])
        self.assertIn("no-store", response["Cache-Control"])
        self.assertEqual([entry.object_repr for entry in LogEntry.objects.all()], ["XLSX: 2"])
        self.assertEqual(self.client.get(self.page).context["made"][0].message, "2 lines.")

    def test_the_file_is_for_whoever_asked_for_a_day_and_for_nobody_else(self):
        file = self.asked()
        for person, status in (
            (make_staff("organiser", email="o2@example.org"), 404),
            (make_staff("helper"), 404),
        ):
            self.client.force_login(person)
            self.assertEqual(self.client.get(file).status_code, status)
        self.client.force_login(make_user("Plain"))
        self.assertEqual(self.client.get(file).status_code, 302)
        self.client.force_login(self.organiser)
        self.assertEqual(self.client.get(file).status_code, 200)

        Task.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))

        self.assertEqual(self.client.get(file).status_code, 404)

    def test_whoever_lost_the_right_lost_the_file_too(self):
        file = self.asked(columns=["name", "dietary_needs"])
        self.assertEqual(self.client.get(file).status_code, 200)
        self.take("view_needs")

        self.assertEqual(self.client.get(file).status_code, 404)

    def test_the_worker_gives_nothing_to_whoever_may_no_longer_have_it(self):
        self.export()
        self.take("export_registration")

        tasks.run_due()

        task = Task.objects.get()
        self.assertEqual(
            (task.status, task.file.name, task.message), ("failed", "", "You may no longer export this list.")
        )
        self.assertEqual(LogEntry.objects.count(), 0)
