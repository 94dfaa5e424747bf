"""Long work waits as a row, is done once, says how far it is, and survives a worker that dies."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from conference.models import Task
from conference.tasks import HANDLERS, TaskRefused, ask_for, claim, forget_old_tasks, handles, run_due
from tests.factories import make_organiser


class TaskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.olga = make_organiser("Olga")

    def setUp(self):
        @handles("test")
        def work(progress):
            progress.step(1, 2)
            match progress.task.options.get("end"):
                case "refuse":
                    raise TaskRefused("There is nobody.")
                case "break":
                    raise ZeroDivisionError("a secret")
            progress.keep(b"content", name="list.txt", content_type="text/plain")

        self.addCleanup(HANDLERS.pop, "test")

    def done(self, **options):
        task = ask_for("test", by=self.olga, **options)
        run_due()
        task.refresh_from_db()
        self.addCleanup(task.file.delete, save=False)
        return task

    def test_done_task_has_its_file(self):
        task = self.done()

        self.assertEqual((task.status, task.done, task.total), ("done", 2, 2))
        self.assertEqual(task.file.read(), b"content")

    def test_refused_task_says_why(self):
        task = self.done(end="refuse")

        self.assertEqual((task.status, task.message), ("failed", "There is nobody."))

    def test_broken_task_does_not_show_what_broke(self):
        with self.assertLogs("conference.tasks", "ERROR"):
            task = self.done(end="break")

        self.assertEqual(task.status, "failed")
        self.assertNotIn("secret", task.message)

    def test_running_task_is_taken_by_nobody_else(self):
        ask_for("test", by=self.olga)

        self.assertIsNotNone(claim())
        self.assertIsNone(claim())

    def test_task_of_a_dead_worker_is_begun_anew_and_given_up_at_last(self):
        task = ask_for("test", by=self.olga)
        for attempt in (1, 2, 3):
            later = timezone.now() + attempt * timedelta(hours=1)
            self.assertEqual(claim(later).attempts, attempt)

        self.assertIsNone(claim(timezone.now() + timedelta(hours=9)))

        task.refresh_from_db()
        self.assertEqual(task.status, "failed")

    def test_however_many_are_given_up_the_next_one_is_begun(self):
        dead = {
            "kind": "test",
            "status": "running",
            "attempts": 3,
            "beat_at": timezone.now() - timedelta(days=1),
        }
        Task.objects.bulk_create(Task(**dead) for _one in range(1200))
        last = ask_for("test", by=self.olga)

        self.assertEqual(claim(), last)
        self.assertEqual(Task.objects.filter(status="failed").count(), 1200)

    def test_after_a_day_row_and_file_are_gone(self):
        task = self.done()

        with self.captureOnCommitCallbacks(execute=True):
            forget_old_tasks(timezone.now() + timedelta(hours=25))

        self.assertEqual(Task.objects.count(), 0)
        self.assertFalse(task.file.storage.exists(task.file.name))

    def left_by_a_killed_worker(self):
        """The task, and the storage with a file of which its row knows nothing."""
        task = ask_for("test", by=self.olga)
        task.file.storage.save(f"tasks/{task.guid}", ContentFile(b"half"))
        return task, task.file.storage

    def test_file_that_a_killed_worker_left_is_replaced(self):
        task, storage = self.left_by_a_killed_worker()

        run_due()

        task.refresh_from_db()
        self.addCleanup(task.file.delete, save=False)
        self.assertEqual(task.file.name, f"tasks/{task.guid}")
        self.assertEqual(storage.open(task.file.name).read(), b"content")

    def test_file_that_a_killed_worker_left_is_gone_after_a_day(self):
        task, storage = self.left_by_a_killed_worker()

        with self.captureOnCommitCallbacks(execute=True):
            forget_old_tasks(timezone.now() + timedelta(hours=25))

        self.assertFalse(storage.exists(f"tasks/{task.guid}"))

    def test_unknown_kind_is_refused_at_once(self):
        with self.assertRaises(LookupError):
            ask_for("nothing of the kind", by=self.olga)


@override_settings(STAFF_SECOND_FACTOR=False)
class TaskPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.olga, cls.omar = make_organiser("Olga"), make_organiser("Omar")

    def setUp(self):
        handles("test")(lambda progress: progress.keep(b"canary", name="list.txt", content_type="text/plain"))
        self.addCleanup(HANDLERS.pop, "test")
        self.task = ask_for("test", by=self.olga)
        run_due()
        self.task.refresh_from_db()
        self.addCleanup(self.task.file.delete, save=False)

    def get(self, user, name):
        self.client.force_login(user)
        return self.client.get(reverse(f"admin:task_{name}", args=[self.task.guid]))

    def test_whoever_asked_gets_the_file_and_nobody_keeps_it(self):
        response = self.get(self.olga, "file")

        self.assertEqual(response.getvalue(), b"canary")
        self.assertIn("no-store", response["Cache-Control"])
        self.assertEqual(response["Content-Disposition"], 'attachment; filename="list.txt"')

    def test_another_organiser_does_not_learn_of_it(self):
        for name in ("page", "state", "file"):
            self.assertEqual(self.get(self.omar, name).status_code, 404)

    def test_link_dies_after_a_day(self):
        Task.objects.update(created_at=timezone.now() - timedelta(hours=25))

        self.assertEqual(self.get(self.olga, "file").status_code, 404)

    def test_page_shows_the_file(self):
        self.assertContains(self.get(self.olga, "page"), "Download list.txt")
