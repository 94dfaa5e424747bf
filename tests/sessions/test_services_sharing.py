"""The same content lies in the store once, however often it was sent; deleting counts who still needs it."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from sessions.files.documents import make_odt
from sessions.models import Presentation, PresentationFile, UploadLink
from sessions.models.presentation_file import private_storage
from sessions.services import presentations as service
from sessions.services.storing import remove_orphans, stored_files
from speakers.models import Speaker
from tests.factories import make_appearance, make_session, make_speaker, make_user

CONTENT, OTHER = make_odt("Talk", ["one"]), make_odt("Talk", ["two"])
PATIENCE = 20  # seconds


def an_upload(content=CONTENT, name="talk.odt"):
    return SimpleUploadedFile(name, content)


def files_on_disk():
    return sorted(stored_files(private_storage(), "presentations"))


class SharingCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ada, cls.ben = make_user("Ada"), make_user("Ben")
        cls.session, cls.other = make_session(), make_session(title="Another")
        for session in (cls.session, cls.other):
            make_appearance(session, make_speaker(f"Speaker of {session}"))

    def setUp(self):
        shutil.rmtree(private_storage().path("presentations"), ignore_errors=True)

    def add(self, session=None, by=None, upload=None, **fields):
        return service.add_presentation(
            session=session or self.session,
            by=by or self.ada,
            upload=upload or an_upload(),
            title="T",
            **fields,
        )

    def names(self):
        return list(PresentationFile.objects.order_by("pk").values_list("file", flat=True))


class SameContentTests(SharingCase):
    def test_the_same_content_is_stored_once(self):
        self.add()
        self.add(session=self.other, by=self.ben, upload=an_upload(name="copy.odt"))

        self.assertEqual(len(set(self.names())), 1)
        self.assertEqual(files_on_disk(), self.names()[:1])

    def test_a_new_version_with_the_old_content_shares_its_file_and_keeps_its_own_name(self):
        presentation = self.add()
        service.add_version(presentation=presentation, by=self.ada, upload=an_upload(OTHER))
        again = service.add_version(presentation=presentation, by=self.ada, upload=an_upload(name="back.odt"))

        self.assertEqual(
            [again.number, again.original_name, again.file.name], [3, "back.odt", self.names()[0]]
        )
        self.assertEqual(len(files_on_disk()), 2)
        with again.file.open("rb") as file:
            self.assertEqual(file.read(), CONTENT)

    def test_other_content_has_its_own_file(self):
        self.add()
        self.add(upload=an_upload(OTHER))

        self.assertEqual(files_on_disk(), sorted(self.names()))
        self.assertEqual(len(set(self.names())), 2)

    def test_a_missing_file_is_not_shared_but_brought_back(self):
        first = self.add()
        private_storage().delete(self.names()[0])

        self.add(session=self.other)

        self.assertEqual(files_on_disk(), self.names()[1:])
        self.assertNotEqual(self.names()[0], self.names()[1])
        self.assertEqual(first.versions.count(), 1)

    def test_a_file_that_was_found_changed_is_not_shared(self):
        self.add()
        PresentationFile.objects.update(damage="changed")

        self.add(session=self.other)

        self.assertEqual(len(set(self.names())), 2)

    def test_the_daily_job_keeps_a_file_until_its_last_version_is_gone(self):
        first, second = self.add(), self.add(session=self.other)
        long_ago = timedelta(seconds=-1)

        Presentation.objects.filter(pk=first.pk).delete()
        self.assertEqual(remove_orphans(long_ago), 0)
        Presentation.objects.filter(pk=second.pk).delete()
        self.assertEqual(remove_orphans(long_ago), 1)
        self.assertEqual(files_on_disk(), [])


class RepeatTests(SharingCase):
    """A connection that broke after the file had arrived: the sender tries again and knows nothing of it."""

    MARK = "0f7e1c52-7f8a-4a7e-9a53-6f1b6a6f6c7d"

    def test_the_same_sending_is_one_presentation(self):
        first, again = self.add(mark=self.MARK), self.add(mark=self.MARK)

        self.assertEqual([first.pk, first.pk], [again.pk, Presentation.objects.get().pk])
        self.assertEqual(files_on_disk(), self.names())

    def test_the_same_sending_is_one_version(self):
        presentation = self.add()
        sent = [
            service.add_version(
                presentation=presentation, by=self.ada, upload=an_upload(OTHER), mark=self.MARK
            )
            for _time in range(2)
        ]

        self.assertEqual([version.number for version in sent], [2, 2])
        self.assertEqual(presentation.versions.count(), 2)

    def test_a_link_sent_twice_counts_once(self):
        for _time in range(2):
            service.add_presentation(
                session=self.session, by=self.ada, link="https://example.org/film", title="T", mark=self.MARK
            )

        self.assertEqual(Presentation.objects.count(), 1)

    def test_another_content_person_or_session_is_another_sending(self):
        self.add(mark=self.MARK)
        self.add(mark=self.MARK, upload=an_upload(OTHER))
        self.add(mark=self.MARK, by=self.ben)
        self.add(mark=self.MARK, session=self.other)

        self.assertEqual(Presentation.objects.count(), 4)

    def test_two_holders_of_links_do_not_take_each_others(self):
        until = timezone.now() + timedelta(days=1)
        for number, speaker in enumerate(Speaker.objects.order_by("pk")[:2]):
            self.session.appearances.get_or_create(speaker=speaker)
            link = UploadLink.objects.create(
                session=self.session, speaker=speaker, digest=str(number), expires_at=until
            )
            service.add_presentation(
                session=self.session, by=None, upload_link=link, upload=an_upload(), title="T", mark=self.MARK
            )

        self.assertEqual(Presentation.objects.count(), 2)

    def test_without_a_mark_each_sending_counts(self):
        for mark in ("", "", "x" * 65, "x" * 65):
            self.add(mark=mark)

        self.assertEqual(Presentation.objects.count(), 4)

    def test_what_a_presentation_is_about_is_kept_with_it(self):
        from sessions.models import Level, Topic

        topic = Topic.objects.create(name="Polarisation", slug="polarisation")
        level = Level.objects.create(name="Primary", slug="for-this-test")

        made = self.add(topics=[topic], levels=Level.objects.filter(pk=level.pk))

        self.assertEqual([list(made.topics.all()), list(made.levels.all())], [[topic], [level]])


class TwoAtOnceTests(TransactionTestCase):
    def test_two_that_come_at_once_share_one_file(self):
        ada, session, other = make_user(), make_session(), make_session(title="Another")

        def send(target):
            until = time.monotonic() + PATIENCE
            try:
                while not sent(target):
                    assert time.monotonic() < until
            finally:
                connection.close()

        def sent(target):
            try:
                return service.add_presentation(session=target, by=ada, upload=an_upload(), title="T")
            except (
                OperationalError
            ):  # SQLite in memory, as in tests, refuses the second writer instead of waiting
                time.sleep(0.01)
                return None

        with ThreadPoolExecutor(2) as people:
            list(people.map(send, (session, other)))

        self.assertEqual(PresentationFile.objects.count(), 2)
        self.assertEqual(PresentationFile.objects.values_list("file").distinct().count(), 1)
