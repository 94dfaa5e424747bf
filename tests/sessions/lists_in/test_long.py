"""A long list is the worker's: whole or not at all, once however often it is begun, and only for whoever still may."""

from dataclasses import replace
from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from conference.models import Task
from conference.tasks import run_due
from sessions.lists_in.speakers import SPEAKERS
from sessions.lists_in.taking_in import KIND, KINDS
from sessions.models.presentation_file import private_storage
from sessions.services.importing.keeping import FOLDER
from speakers.models import Speaker
from tests.admin_forms import make_staff
from tests.factories import make_edition, make_speaker

LONG = 301
Status = Task.Status


def sheet(count):
    return "Name,Mail,Remark\n" + "".join(f"Person {n},p{n}@example.org,x\n" for n in range(count))


def files_kept():
    storage = private_storage()
    return storage.listdir(FOLDER)[1] if storage.exists(FOLDER) else []


class LongListTests(TestCase):
    def setUp(self):
        self.staff = make_staff("programme editor")
        self.client.force_login(self.staff)
        self.edition = make_edition()
        self.address = reverse("admin:conference_edition_speakers_in", args=[self.edition.pk])
        for name in files_kept():
            private_storage().delete(f"{FOLDER}/{name}")

    def look(self, count=LONG):
        page = self.client.post(self.address, {"upload": SimpleUploadedFile("s.csv", sheet(count).encode())})
        chosen = {name: field.initial for name, field in page.context["form"].fields.items()}
        return self.client.post(self.address, {"token": page.context["token"], "columns": "1", **chosen})

    def confirm(self, page):
        return self.client.post(self.address, {"token": page.context["token"], "confirm": "1"})

    def bring(self, count=LONG):
        return self.confirm(self.look(count))

    def lines(self):
        rows = LogEntry.objects.filter(object_id=str(self.edition.pk), change_message__startswith="s.csv")
        return [row.change_message for row in rows]

    def test_it_comes_in_when_its_turn_has_come_and_its_page_says_so(self):
        answer = self.bring()

        task = Task.objects.get(kind=KIND)
        self.assertTrue(answer.url.startswith(reverse("admin:task_page", args=[task.guid])))
        self.assertContains(self.client.get(answer.url), "It waits for its turn")
        self.assertEqual((Speaker.objects.count(), self.lines()), (0, []))

        run_due()

        self.assertContains(self.client.get(answer.url), f"{LONG} lines came in.")
        self.assertEqual(Speaker.objects.count(), LONG)
        self.assertEqual((self.lines(), files_kept()), ([f"s.csv: {LONG} lines came in."], []))

    def test_a_short_one_comes_in_at_once(self):
        self.bring(3)

        self.assertEqual((Speaker.objects.count(), Task.objects.count()), (3, 0))

    def test_a_worker_that_died_right_after_it_makes_nothing_twice(self):
        self.bring()
        run_due()
        Task.objects.filter(kind=KIND).update(
            status=Status.RUNNING, message="", beat_at=timezone.now() - timedelta(hours=1)
        )

        run_due()

        task = Task.objects.get(kind=KIND)
        self.assertEqual((task.status, task.message), ("done", f"{LONG} lines came in."))
        self.assertEqual((Speaker.objects.count(), len(self.lines())), (LONG, 1))

    def test_a_worker_that_dies_in_the_middle_leaves_nothing_and_the_next_does_all(self):
        deaths = iter([SystemExit])

        def store_and_die(*args):
            count = SPEAKERS.store(*args)
            for death in deaths:
                raise death
            return count

        KINDS[SPEAKERS.key] = replace(SPEAKERS, store=store_and_die)
        self.addCleanup(KINDS.update, {SPEAKERS.key: SPEAKERS})
        self.bring()
        with self.assertRaises(SystemExit):
            run_due()
        self.assertEqual((Speaker.objects.count(), self.lines(), len(files_kept())), (0, [], 1))
        Task.objects.filter(kind=KIND).update(beat_at=timezone.now() - timedelta(hours=1))

        run_due()

        self.assertEqual((Task.objects.get(kind=KIND).attempts, Speaker.objects.count()), (2, LONG))
        self.assertEqual((len(self.lines()), files_kept()), (1, []))

    def test_confirmed_twice_it_is_one_task(self):
        page = self.look()

        self.assertEqual(self.confirm(page).url, self.confirm(page).url)
        self.assertEqual(Task.objects.count(), 1)

    def test_what_changed_meanwhile_is_refused_whole(self):
        self.bring()
        make_speaker("Person 7", email="p7@example.org")

        run_due()

        task = Task.objects.get(kind=KIND)
        self.assertEqual(task.status, "failed")
        self.assertEqual(task.message, "Nothing was imported. Something changed meanwhile; look once more.")
        self.assertEqual((Speaker.objects.count(), self.lines(), files_kept()), (1, [], []))

    def test_whoever_may_no_longer_brings_nothing_in(self):
        self.bring()
        Group.objects.get(name="programme editor").user_set.remove(self.staff)

        run_due()

        self.assertEqual((Task.objects.get(kind=KIND).status, Speaker.objects.count()), ("failed", 0))

    def test_a_file_that_is_gone_is_said(self):
        self.bring()
        for name in files_kept():
            private_storage().delete(f"{FOLDER}/{name}")

        run_due()

        self.assertIn("This file is no longer here.", Task.objects.get(kind=KIND).message)


class RememberedColumnsTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("programme editor"))
        self.edition = make_edition()

    def address(self, edition):
        return reverse("admin:conference_edition_speakers_in", args=[edition.pk])

    def offered(self, headers, edition=None):
        data = f"{headers}\nAda,ada@example.org,NL\n".encode()
        page = self.client.post(
            self.address(edition or self.edition), {"upload": SimpleUploadedFile("s.csv", data)}
        )
        return page, {name: field.initial for name, field in page.context["form"].fields.items()}

    def bring(self, headers, **columns):
        page, _guess = self.offered(headers)
        sent = {"columns": "1", **{f"column-{place[-1]}": meaning for place, meaning in columns.items()}}
        page = self.client.post(self.address(self.edition), {"token": page.context["token"], **sent})
        self.client.post(self.address(self.edition), {"token": page.context["token"], "confirm": "1"})

    def test_what_was_said_of_a_heading_is_offered_wherever_it_stands(self):
        self.bring("Wie,Waarheen,Country", c0="name", c1="email", c2="")

        _page, offer = self.offered("COUNTRY,Wie,waarheen ")

        self.assertEqual(offer, {"column-0": "", "column-1": "name", "column-2": "email"})

    def test_a_new_heading_is_still_known_by_its_words_but_no_meaning_is_offered_twice(self):
        self.bring("Wie,Email,x", c0="name", c1="email", c2="")

        _page, offer = self.offered("Name,Wie,Land")

        self.assertEqual(offer, {"column-0": "", "column-1": "name", "column-2": "country"})

    def test_another_edition_has_its_own_and_looking_alone_is_not_remembered(self):
        self.bring("Wie,Email,Country", c0="name", c1="email", c2="")
        page, _guess = self.offered("Spreker,Email,Country")
        self.client.post(
            self.address(self.edition),
            {"token": page.context["token"], "columns": "1", "column-0": "name", "column-1": ""},
        )

        _page, elsewhere = self.offered("Wie,Email,Country", make_edition())
        _page, here = self.offered("Wie,Email,Country")

        self.assertEqual(elsewhere, {"column-0": "", "column-1": "email", "column-2": "country"})
        self.assertEqual(here, {"column-0": "name", "column-1": "email", "column-2": ""})
