"""A person closes the own account: asked once more who they are, told what goes, and forgotten after the last mail."""

import json
from datetime import timedelta
from io import StringIO

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail as sent_mail
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from conference.accounts.closing import LastOrganiser, close_account, erase_again
from conference.mail import queue_mail
from conference.mail.sending import send_due
from conference.models import ClosedAccount, Edition, Outbox, Task, User
from tests.factories import PASSWORD, make_edition, make_organiser, make_registration, make_speaker, make_user

CLOSE = "/accounts/close/"
LOGIN = "/accounts/login/"


class OwnPageTests(TestCase):
    def setUp(self):
        make_organiser()
        self.ada = make_user("Ada Lovelace")
        self.log_in(self.client)

    def log_in(self, client):
        client.post(LOGIN, {"login": self.ada.email, "password": PASSWORD})

    def prove(self):
        self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    def is_there(self):
        return User.objects.filter(pk=self.ada.pk).exists()

    def test_the_password_is_asked_once_more_before_anything_is_shown_or_done(self):
        for answer in (self.client.get(CLOSE), self.client.post(CLOSE)):
            self.assertIn("/accounts/reauthenticate/", answer["Location"])

        self.assertTrue(self.is_there())

    def test_looking_changes_nothing_and_the_button_closes_it(self):
        self.prove()
        self.assertContains(self.client.get(CLOSE), "What stays")
        self.assertTrue(self.is_there())

        answer = self.client.post(CLOSE, follow=True)

        self.assertFalse(self.is_there())
        self.assertContains(answer, "Your account is closed.")
        self.assertFalse(answer.context["user"].is_authenticated)

    def test_one_is_logged_out_everywhere(self):
        elsewhere = Client()
        self.log_in(elsewhere)
        self.assertEqual(UserSession.objects.count(), 2)
        self.prove()

        self.client.post(CLOSE)

        self.assertEqual(elsewhere.get("/accounts/email/").status_code, 302)
        self.assertEqual(UserSession.objects.count(), 0)
        held = [session.get_decoded() for session in Session.objects.all()]
        self.assertEqual([one for one in held if "_auth_user_id" in one], [])

    def test_whoever_has_only_codes_is_asked_for_one(self):
        self.ada.set_unusable_password()
        self.ada.save()
        self.client.force_login(self.ada)

        answer = self.client.post(CLOSE)

        self.assertEqual(answer["Location"], "/accounts/login/code/?next=%2Faccounts%2Fclose%2F")
        self.assertTrue(self.is_there())

    def test_a_speaker_chooses_what_becomes_of_the_name(self):
        make_speaker("Ada Lovelace", user=self.ada)
        self.prove()

        self.assertContains(self.client.get(CLOSE), "Name withdrawn")
        self.assertContains(self.client.post(CLOSE), "This field is required.")
        self.assertTrue(self.is_there())

    @override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
    def test_the_last_mail_is_forgotten_once_it_is_sent(self):
        self.prove()
        self.client.post(CLOSE)
        self.assertEqual(Outbox.objects.get().recipient, self.ada.email)

        send_due()

        self.assertEqual([one.to for one in sent_mail.outbox], [[self.ada.email]])
        row = Outbox.objects.get()
        self.assertEqual(
            (row.status, row.recipient, row.subject, row.text, row.html), ("sent", "", "", "", "")
        )

    @override_settings(EMAIL_BACKEND="tests.conference.test_closing.Refusing")
    def test_the_last_mail_is_forgotten_too_when_nobody_takes_it(self):
        self.prove()
        self.client.post(CLOSE)

        send_due()

        row = Outbox.objects.get()
        self.assertEqual((row.status, row.recipient, row.last_error), ("failed", "", ""))


class Refusing:
    """A mail server that knows no such address, and says so with the address."""

    def __init__(self, *args, **options):
        pass

    def send_messages(self, messages):
        raise ValueError(f"nobody: {messages[0].to}")

    def close(self):
        pass


class LastOrganiserTests(TestCase):
    def setUp(self):
        self.olga = make_organiser()
        self.client.post(LOGIN, {"login": self.olga.email, "password": PASSWORD})
        self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    def test_the_last_one_is_told_what_to_do_and_stays(self):
        make_user("Ben", is_staff=True)
        make_organiser("Gone", is_active=False)

        self.assertContains(self.client.get(CLOSE), "Make somebody else a superuser")
        self.assertContains(self.client.post(CLOSE), "Make somebody else a superuser")
        with self.assertRaises(LastOrganiser):
            close_account(user=self.olga)
        self.assertTrue(User.objects.filter(pk=self.olga.pk).exists())

    def test_of_two_one_may_go(self):
        make_organiser("Otto")

        self.client.post(CLOSE)

        self.assertFalse(User.objects.filter(pk=self.olga.pk).exists())

    @override_settings(STAFF_SECOND_FACTOR=False)
    def test_not_even_in_the_admin(self):
        address = reverse("admin:conference_user_delete", args=[self.olga.pk])

        self.assertContains(self.client.get(address), "Make somebody else a superuser")
        self.client.post(address, {"post": "yes"})

        self.assertTrue(User.objects.filter(pk=self.olga.pk).exists())


class TracesTests(TestCase):
    def setUp(self):
        self.olga, self.ada = make_organiser(), make_user("Ada Lovelace")

    def note(self, by, about, words):
        kind = ContentType.objects.get_for_model(about)
        return LogEntry.objects.create(
            user=by, content_type=kind, object_id=str(about.pk), object_repr=str(about),
            action_flag=CHANGE, change_message=words,
        )  # fmt: skip

    def test_history_keeps_what_was_done_but_neither_by_whom_nor_to_whom(self):
        edition = make_edition()
        taken_out = self.note(self.ada, edition, "Exported 12 lines.")
        changed = self.note(self.olga, self.ada, f"Address of Ada Lovelace: {self.ada.email}.")

        close_account(user=self.ada)

        taken_out.refresh_from_db()
        self.assertEqual((taken_out.user.name, taken_out.change_message), ("–", "Exported 12 lines."))
        changed.refresh_from_db()
        self.assertEqual((changed.user, changed.object_repr), (self.olga, "–"))
        self.assertEqual(changed.change_message, "Address of –: –.")

    def test_mails_to_others_lose_the_name_and_nothing_else(self):
        told = queue_mail(
            to="ben@example.org", template="account_known", context={"login_url": "Ada Lovelace, Lovelaces"}
        )
        queue_mail(to=self.ada.email, template="account_known", context={})

        close_account(user=self.ada)

        self.assertEqual([one.pk for one in Outbox.objects.all()], [told.pk])
        self.assertIn("–, Lovelaces", Outbox.objects.get().text)

    def test_a_mail_to_somebody_of_the_same_name_stays_whole(self):
        namesake = make_user("Ada Lovelace")
        told = {"login_url": "Ada Lovelace"}
        queue_mail(to=namesake.email, template="account_known", context=told)

        close_account(user=self.ada)

        self.assertIn("Ada Lovelace", Outbox.objects.get().text)

    def test_files_that_were_made_for_the_person_leave_the_disk(self):
        task = Task.objects.create(kind="export", by=self.ada)
        task.file.save("x", ContentFile(b"canary"))
        storage, name = task.file.storage, task.file.name

        with self.captureOnCommitCallbacks(execute=True):
            close_account(user=self.ada)

        self.assertFalse(storage.exists(name))
        self.assertEqual(Task.objects.count(), 0)


class RestoredTests(TestCase):
    """A backup from before the closing is restored: the account is there again."""

    def setUp(self):
        make_organiser()
        self.ada = make_user("Ada")
        self.opened_at = self.ada.created_at
        self.again = {"pk": self.ada.pk, "email": self.ada.email, "name": "Ada"}
        close_account(user=self.ada)

    def restore(self, **fields):
        user = User.objects.create(**{**self.again, **fields})
        User.objects.filter(pk=user.pk).update(created_at=fields.get("created_at", self.opened_at))
        return user

    def test_the_list_says_nothing_of_the_person(self):
        row = ClosedAccount.objects.values().get()
        self.assertEqual(row.keys(), {"id", "number", "mark", "name_stays", "closed_at"})
        self.assertEqual(row["number"], self.again["pk"])

    def test_the_account_is_closed_again_and_its_places_are_freed(self):
        place = make_registration(user=self.restore())

        self.assertEqual(erase_again(), 1)

        place.refresh_from_db()
        self.assertEqual((place.status, place.user.name), ("cancelled", "–"))
        self.assertEqual(ClosedAccount.objects.count(), 1)
        self.assertEqual(erase_again(), 0)

    def test_a_later_account_with_the_same_number_is_left_alone(self):
        self.restore(email="later@example.org", created_at=timezone.now() + timedelta(days=1))

        self.assertEqual(erase_again(), 0)

    def test_the_command_takes_a_list_that_was_kept_beside_the_backup(self):
        with self.subTest("saved"), self.settings():
            import tempfile
            from pathlib import Path

            with tempfile.TemporaryDirectory() as folder:
                file, said = Path(folder, "closed.json"), StringIO()
                call_command("erase_again", save=file)
                self.assertNotIn("Ada", file.read_text())
                ClosedAccount.objects.all().delete()
                self.restore()

                call_command("erase_again", str(file), stdout=said)
                self.assertEqual(said.getvalue(), "1 accounts closed again.\n")
                self.assertEqual(ClosedAccount.objects.count(), 1)

                file.write_text(json.dumps([{"number": 1}]))
                with self.assertRaises(CommandError):
                    call_command("erase_again", str(file))
        self.assertEqual(User.objects.filter(email=self.again["email"]).count(), 0)
        self.assertEqual(Edition.objects.count(), 0)
