"""A person takes home what the site keeps of them: asked once more who they are, for a day, and for nobody else."""

import io
import json
import zipfile
from datetime import UTC, timedelta

from django.core.files.base import ContentFile
from django.test import Client, TestCase
from django.utils import timezone

from conference.models import Outbox, Task, User
from conference.tasks import run_due
from tests.factories import PASSWORD, make_user

PAGE = "/accounts/my-data/"


class MyDataTests(TestCase):
    def setUp(self):
        self.ada = make_user("Ada Lovelace")
        self.log_in(self.client, self.ada)

    def log_in(self, client, user):
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    def prove(self, client=None):
        (client or self.client).post("/accounts/reauthenticate/", {"password": PASSWORD})

    def made(self):
        self.prove()
        self.client.post(PAGE)
        run_due()
        task = Task.objects.get()
        self.addCleanup(task.file.delete, save=False)
        return task, f"{PAGE}{task.guid}/my-data.zip"

    def test_the_password_is_asked_once_more_before_anything_is_made_or_given(self):
        for answer in (self.client.get(PAGE), self.client.post(PAGE)):
            self.assertIn("/accounts/reauthenticate/", answer["Location"])
        self.assertEqual(Task.objects.count(), 0)

        _task, address = self.made()
        elsewhere = Client()
        self.log_in(elsewhere, self.ada)
        self.assertIn("/accounts/reauthenticate/", elsewhere.get(address)["Location"])

    def test_whoever_has_only_codes_is_asked_for_one_and_comes_back(self):
        self.ada.set_unusable_password()
        self.ada.save()
        self.client.force_login(self.ada)

        answer = self.client.get(PAGE)

        self.assertEqual(answer["Location"], "/accounts/login/code/?next=%2Faccounts%2Fmy-data%2F")

    def test_looking_makes_nothing_and_the_button_one(self):
        self.prove()
        self.assertContains(self.client.get(PAGE), "Collect my data")
        self.assertEqual(Task.objects.count(), 0)

        for _click in range(2):
            self.client.post(PAGE)

        self.assertEqual(Task.objects.get().by, self.ada)
        self.assertEqual(self.client.get(PAGE)["Refresh"], "3")

    def test_a_mail_in_their_language_says_once_that_it_is_ready(self):
        User.objects.filter(pk=self.ada.pk).update(language="nl")
        task, _address = self.made()
        Task.objects.update(status="running", beat_at=timezone.now() - timedelta(hours=1))
        run_due()  # of a worker that died before its end

        mail = Outbox.objects.get()
        self.assertEqual((mail.recipient, mail.kind), (self.ada.email, "my_data_ready"))
        self.assertIn("http://localhost:8000/nl/accounts/my-data/", mail.text)
        self.assertNotIn(str(task.guid), mail.text)
        until = Task.objects.get().expires_at.astimezone(UTC)
        self.assertIn(f"{until:%H:%M} (UTC)", mail.text)

    def test_the_worker_makes_it_and_nobody_keeps_a_copy_on_the_way(self):
        _task, address = self.made()
        self.assertContains(self.client.get(PAGE), address)

        answer = self.client.get(address)

        self.assertEqual(answer["Content-Type"], "application/zip")
        self.assertEqual(answer["Content-Disposition"], 'attachment; filename="my-data.zip"')
        self.assertIn("no-store", answer["Cache-Control"])
        zipped = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        said = json.loads(zipped.read("data.json"))
        self.assertEqual(said["data"]["conference.User"][0]["name"], "Ada Lovelace")

    def test_it_is_nobody_elses(self):
        _task, address = self.made()
        ben = make_user("Ben")
        client = Client()
        self.log_in(client, ben)
        self.prove(client)

        self.assertEqual(client.get(address).status_code, 404)
        self.assertNotContains(client.get(PAGE), address)

    def test_after_a_day_the_address_leads_nowhere(self):
        task, address = self.made()
        Task.objects.filter(pk=task.pk).update(created_at=timezone.now() - timedelta(hours=24, minutes=1))

        self.assertEqual(self.client.get(address).status_code, 404)
        self.assertNotContains(self.client.get(PAGE), address)

    def test_another_task_of_mine_has_no_file_here(self):
        self.prove()
        task = Task.objects.create(kind="export", by=self.ada, status="done")
        task.file.save("x", ContentFile(b"content"))
        self.addCleanup(task.file.delete, save=False)

        self.assertEqual(self.client.get(f"{PAGE}{task.guid}/my-data.zip").status_code, 404)

    def test_a_file_that_is_gone_is_not_found(self):
        task, address = self.made()
        task.file.storage.delete(task.file.name)

        self.assertEqual(self.client.get(address).status_code, 404)
