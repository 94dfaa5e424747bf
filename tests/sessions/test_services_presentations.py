"""Versions wait beside the public one; what is decided is mailed; nothing stays on disk without a row."""

import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase, override_settings
from django.utils import timezone

from conference.models import Outbox
from sessions.exceptions import NoRoom, PresentationRefused
from sessions.files.documents import make_odt
from sessions.models import Presentation, PresentationFile
from sessions.models.presentation_file import private_storage
from sessions.services import presentations as service
from sessions.services.storing import remove_orphans, stored, stored_files
from tests.factories import (
    make_appearance,
    make_organiser,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
    make_version,
)

Status = PresentationFile.Status


def an_upload():
    return SimpleUploadedFile("talk.odt", make_odt("Talk", ["one"]))


def files_on_disk():
    return set(stored_files(private_storage(), "presentations"))


class ServiceCase(TestCase):
    def setUp(self):
        self.organiser = make_organiser()
        self.speaker = make_speaker("Sam", user=make_user("Sam", language="nl"))
        self.session = make_session()
        make_appearance(self.session, self.speaker)
        self.presentation = make_presentation(self.session, "My talk")

    def version(self, **fields):
        return make_version(self.presentation, status=Status.SUBMITTED, **fields)

    def public_number(self):
        self.presentation.refresh_from_db()
        return self.presentation.current_file and self.presentation.current_file.number

    def mails(self):
        return [(mail.recipient, mail.subject) for mail in Outbox.objects.order_by("pk")]


class DecideTests(ServiceCase):
    def test_approved_version_becomes_the_public_one(self):
        version = self.version()

        service.approve_version(version=version, by=self.organiser)

        self.assertEqual(self.public_number(), 2)
        version.refresh_from_db()
        self.assertEqual((version.status, version.decided_by), (Status.APPROVED, self.organiser))

    def test_earlier_version_approved_later_does_not_replace_a_newer_one(self):
        second = self.version()
        service.approve_version(version=self.version(), by=self.organiser)

        service.approve_version(version=second, by=self.organiser)

        self.assertEqual(self.public_number(), 3)

    def test_refused_version_leaves_the_public_one(self):
        service.refuse_version(version=self.version(), by=self.organiser, reason="Too dark")

        self.assertEqual(self.public_number(), 1)

    def test_public_version_that_is_refused_gives_way_to_the_one_before(self):
        second = self.version()
        service.approve_version(version=second, by=self.organiser)

        service.refuse_version(version=second, by=self.organiser, reason="A mistake")
        self.assertEqual(self.public_number(), 1)

        service.refuse_version(
            version=self.presentation.versions.get(number=1), by=self.organiser, reason="All of it"
        )
        self.assertIsNone(self.public_number())

    def test_refusal_needs_a_reason(self):
        version = self.version()
        for reason in ("", "  \n"):
            with self.assertRaises(PresentationRefused):
                service.refuse_version(version=version, by=self.organiser, reason=reason)
        self.assertEqual(self.mails(), [])

    def test_speaker_gets_one_mail_for_each_decision(self):
        version = self.version()
        service.approve_version(version=version, by=self.organiser)
        service.approve_version(version=version, by=self.organiser)
        service.refuse_version(version=self.version(), by=self.organiser, reason="<b>Dark</b>\n{{ 7*7 }}")
        service.withdraw_presentation(presentation=self.presentation, by=self.organiser)
        service.withdraw_presentation(presentation=self.presentation, by=self.organiser)

        self.assertEqual([recipient for recipient, _subject in self.mails()], [self.speaker.user.email] * 3)
        refused = Outbox.objects.order_by("pk")[1]
        self.assertIn("<b>Dark</b>\n{{ 7*7 }}", refused.text)
        self.assertNotIn("<b>Dark", refused.html)
        self.assertIn(f"/nl/speaker/presentations/{self.presentation.guid}/", refused.text)

    def test_whoever_decides_and_whoever_left_gets_no_mail(self):
        self.speaker.user.is_active = False
        self.speaker.user.save()
        Presentation.objects.update(uploaded_by=self.organiser)

        service.approve_version(version=self.version(), by=self.organiser)

        self.assertEqual(self.mails(), [])

    def test_title_on_two_lines_cannot_write_a_header(self):
        Presentation.objects.update(title="A\r\nBcc: all@example.org")

        service.approve_version(version=self.version(), by=self.organiser)

        self.assertNotIn("\n", self.mails()[0][1])

    def test_withdrawn_presentation_can_come_back(self):
        service.withdraw_presentation(presentation=self.presentation)
        self.assertFalse(Presentation.objects.public().exists())

        service.bring_back_presentation(presentation=self.presentation)

        self.assertTrue(Presentation.objects.public().exists())

    def test_only_a_draft_is_submitted(self):
        draft = make_version(self.presentation, status=Status.DRAFT)
        service.submit_version(version=draft)

        with self.assertRaises(PresentationRefused):
            service.submit_version(version=draft)


class AddVersionTests(ServiceCase):
    def add(self, **fields):
        return service.add_version(presentation=self.presentation, by=self.organiser, **fields)

    def test_organiser_may_add_what_is_approved_at_once(self):
        self.add(upload=an_upload(), status=Status.APPROVED)

        self.assertEqual(self.public_number(), 2)

    def test_version_is_a_file_or_a_link(self):
        for fields in (
            {},
            {"upload": an_upload(), "link": "https://example.org"},
            {"link": "javascript:alert(1)"},
        ):
            with self.assertRaises(PresentationRefused):
                self.add(**fields)
        self.assertEqual(self.presentation.versions.count(), 1)

    def test_file_leaves_the_disk_when_the_row_is_not_written(self):
        before = files_on_disk()
        for _attempt in range(2):
            with (
                self.assertRaises(ZeroDivisionError),
                stored(an_upload(), self.presentation.guid),
                transaction.atomic(),
            ):
                self.assertEqual(len(files_on_disk()), len(before) + 1)
                raise ZeroDivisionError
        self.assertEqual(files_on_disk(), before)

    @override_settings(CLAMAV_ADDRESS="127.0.0.1:1")
    def test_file_that_cannot_be_scanned_is_not_taken(self):
        before = files_on_disk()

        with self.assertRaisesRegex(PresentationRefused, "virus scanner does not answer"):
            self.add(upload=an_upload())

        self.assertEqual(files_on_disk(), before)

    def test_full_disk_says_so_and_leaves_nothing(self):
        """A file where the folder should be: the store cannot write, whoever runs the test."""
        guid = self.presentation.guid
        folder = Path(private_storage().path(f"presentations/{guid}"))
        aside = folder.rename(f"{folder}-aside")
        private_storage().save(f"presentations/{guid}", ContentFile(b""))
        try:
            with self.assertRaisesRegex(NoRoom, "no room left"):
                self.add(upload=an_upload())
        finally:
            private_storage().delete(f"presentations/{guid}")
            aside.rename(folder)
        self.assertEqual(self.presentation.versions.count(), 1)


class OrphanTests(ServiceCase):
    def orphan(self, name="presentations/x/orphan.pdf", age=timedelta(days=2)):
        storage = private_storage()
        storage.delete(name)
        storage.save(name, ContentFile(b"orphan"))
        moment = (timezone.now() - age).timestamp()
        os.utime(storage.path(name), (moment, moment))
        return name

    def test_old_file_without_a_row_is_deleted_and_no_other(self):
        known = self.presentation.current_file.file.name
        os.utime(private_storage().path(known), (0, 0))
        old, young = self.orphan(), self.orphan("presentations/x/young.pdf", timedelta(hours=1))

        remove_orphans()

        storage = private_storage()
        self.assertEqual([storage.exists(name) for name in (known, old, young)], [True, False, True])

    def test_running_again_deletes_nothing_more(self):
        self.orphan()
        remove_orphans()

        self.assertEqual(remove_orphans(), 0)


@pytest.mark.postgresql
class ParallelTests(TransactionTestCase):
    def test_uploads_at_the_same_moment_are_numbered_without_a_gap(self):
        presentation = make_presentation(make_session())
        together, failures = threading.Barrier(6), []

        def upload():
            together.wait()
            try:
                service.add_version(presentation=presentation, by=None, upload=an_upload())
            except Exception as failure:
                failures.append(failure)
            finally:
                connection.close()

        threads = [threading.Thread(target=upload) for _each in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        self.assertEqual(failures, [])
        numbers = presentation.versions.order_by("number").values_list("number", flat=True)
        self.assertEqual(list(numbers), [1, 2, 3, 4, 5, 6, 7])
