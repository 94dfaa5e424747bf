"""Each night every file is compared with what it was; damage is found, mended from a copy where there is one, and told."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.test import TestCase

from conference.models import Outbox, Site
from sessions.models import PresentationFile
from sessions.models.presentation_file import private_storage
from sessions.services.checking import check_due_files, damaged, last_night
from tests.factories import make_presentation, make_version

NIGHT = datetime(2027, 3, 13, 3, tzinfo=UTC)
NEXT = NIGHT + timedelta(days=1)


class CheckingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        Site.objects.update_or_create(pk=1, defaults={"contact_email": "team@conference.example"})

    def setUp(self):
        self.presentation = make_presentation(title="Voices")
        self.first = self.presentation.versions.get()
        self.give_sum(self.first)

    def give_sum(self, version):
        content = Path(private_storage().path(version.file.name)).read_bytes()
        version.sha256 = hashlib.sha256(content).hexdigest()
        version.save()

    def version(self, content=b"%PDF-1.7 other"):
        version = make_version(self.presentation, content)
        self.give_sum(version)
        return version

    def write(self, version, content):
        Path(private_storage().path(version.file.name)).write_bytes(content)

    def state(self):
        return dict(PresentationFile.objects.order_by("number").values_list("number", "damage"))

    def test_a_whole_file_is_found_whole_and_not_looked_at_again_that_night(self):
        self.assertEqual([check_due_files(NIGHT), check_due_files(NIGHT + timedelta(hours=20))], [1, 0])

        self.first.refresh_from_db()
        self.assertEqual((self.first.damage, self.first.checked_at), ("", NIGHT))
        self.assertEqual(check_due_files(NEXT), 1)
        self.assertEqual(Outbox.objects.count(), 0)

    def test_what_is_missing_or_changed_is_found_and_told_in_one_mail(self):
        second = self.version()
        private_storage().delete(self.first.file.name)
        self.write(second, b"%PDF-1.7 otheR")

        check_due_files(NIGHT)

        self.assertEqual(self.state(), {1: "missing", 2: "changed"})
        mail = Outbox.objects.get()
        self.assertEqual(
            (mail.recipient, mail.subject),
            ("team@conference.example", "2 stored files are missing or changed"),
        )
        for words in ("Voices, version 1 (slides.pdf): missing", "Voices, version 2 (slides.pdf): changed"):
            self.assertIn(words, mail.text)

    def test_what_was_told_is_not_told_again(self):
        private_storage().delete(self.first.file.name)
        for night in (NIGHT, NEXT):
            check_due_files(night)

        self.assertEqual((Outbox.objects.count(), damaged().count()), (1, 1))

    def test_what_came_back_is_whole_again(self):
        content = Path(private_storage().path(self.first.file.name)).read_bytes()
        self.write(self.first, b"")
        check_due_files(NIGHT)
        self.assertEqual(self.state(), {1: "changed"})
        self.write(self.first, content)

        check_due_files(NEXT)

        self.assertEqual(self.state(), {1: ""})

    def test_a_lost_file_is_mended_from_a_copy(self):
        copy = self.version(b"%PDF-1.7 canary")
        private_storage().delete(self.first.file.name)

        check_due_files(NIGHT)

        self.first.refresh_from_db()
        self.assertEqual((self.state(), self.first.file.name), ({1: "", 2: ""}, copy.file.name))
        self.assertEqual(Outbox.objects.count(), 0)

    def test_copies_become_one(self):
        copy = self.version(b"%PDF-1.7 canary")

        check_due_files(NIGHT)

        names = set(PresentationFile.objects.values_list("file", flat=True))
        self.assertEqual(len(names), 1)
        self.assertEqual(self.state(), {1: "", 2: ""})
        self.assertIn(names.pop(), {self.first.file.name, copy.file.name})

    def test_a_round_goes_on_where_the_step_before_ended(self):
        for number in range(3):
            self.version(b"%PDF-1.7 " + str(number).encode())
        ticks = iter([0.0, 0.0, 1.0, 99.0])

        seen = check_due_files(NIGHT, seconds=20, clock=lambda: next(ticks))

        self.assertEqual((seen, check_due_files(NIGHT)), (2, 2))

    def test_a_link_has_no_file_to_compare(self):
        link = PresentationFile(presentation=self.presentation, number=9, link="https://example.org/film")
        link.save()

        self.assertEqual(check_due_files(NIGHT), 1)

    def test_the_night_begins_at_two_where_the_site_is(self):
        brussels = {
            datetime(2027, 1, 15, 0, 59, tzinfo=UTC): datetime(2027, 1, 14, 1, tzinfo=UTC),
            datetime(2027, 1, 15, 1, 0, tzinfo=UTC): datetime(2027, 1, 15, 1, tzinfo=UTC),
        }

        self.assertEqual({at: last_night(at) for at in brussels}, brussels)
