"""The register speaks of every field of every table; what it says of deleting is what the worker does."""

from datetime import timedelta
from io import StringIO

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import SimpleTestCase, TestCase
from django.utils import timezone

from conference.management.jobs import JOBS
from conference.models import Bounce, Outbox, RateCount, Task
from conference.privacy.fields import own_fields, tracked, unknown, unsaid
from conference.privacy.register import TABLES, everything_kept, rules, table, tables
from conference.privacy.retention import count_due, delete_all_due, delete_due
from conference.privacy.rows import rows_of
from registration.models import Addressee, Answer, Claim, FeedbackPlan, FeedbackSheet, Letter, Registration
from sessions.models import UploadLink
from speakers.models import Invitation
from tests.factories import (
    make_answer,
    make_edition,
    make_question,
    make_registration,
    make_session,
    make_speaker,
    make_user,
)

CANARY = "zkanaryz"


class EveryFieldTests(SimpleTestCase):
    def test_the_register_speaks_of_every_field(self):
        """Say in `personal.py` of the app what a new field is for, or that it says nothing about a person."""
        self.assertEqual(unsaid(), [])

    def test_it_speaks_of_no_field_that_is_not_there_and_of_none_twice(self):
        self.assertEqual(unknown(), [])

    def test_a_field_of_which_nothing_is_said_is_found(self):
        said = TABLES.pop("conference.Bounce")
        self.addCleanup(TABLES.__setitem__, "conference.Bounce", said)

        self.assertEqual(unsaid(), [f"conference.Bounce.{name}" for name in ("address", "count", "last_at")])

    def test_one_table_is_spoken_of_in_one_place(self):
        with self.assertRaises(ValueError):
            table(tables()[0].label)

    def test_each_entry_says_everything(self):
        for one in everything_kept():
            with self.subTest(what=str(one.what)):
                said = (one.what, one.purpose, one.basis.label, one.seen_by, one.until_words)
                self.assertTrue(all(str(words).strip() for words in said))

    def test_translations_go_with_what_they_translate(self):
        self.assertIn("title", own_fields(TABLES["conference.Page"].model))
        self.assertNotIn("title_nl", own_fields(TABLES["conference.Page"].model))

    def test_former_states_of_a_row_go_with_the_row(self):
        class FormerBounce:
            instance_type = TABLES["conference.Bounce"].model

        self.assertEqual(tracked(FormerBounce), Bounce)
        self.assertIsNone(tracked(Bounce))


class WhoseTests(TestCase):
    def test_each_personal_entry_finds_its_rows_or_says_why_it_is_not_handed_out(self):
        """Every lookup is one that the database understands."""
        user = make_user()
        for said in tables():
            for one in said.personal:
                with self.subTest(table=said.label, fields=one.fields):
                    if not one.not_handed_out:
                        self.assertTrue(one.of or one.addressed or one.whose)
                    self.assertIsInstance(list(rows_of(said, one, user)), list)


class RetentionTests(TestCase):
    """One row of each kind whose time is over, and beside it one whose time is to come."""

    @classmethod
    def setUpTestData(cls):
        cls.now = now = timezone.now()
        cls.user = make_user(CANARY)
        past, soon = now - timedelta(days=400), now + timedelta(days=1)
        over = make_edition(starts_on=past.date(), ends_on=past.date())
        for edition in (over, make_edition()):
            row = make_registration(user=cls.user, edition=edition, dietary_needs=CANARY)
            until = timezone.localdate(past if edition == over else soon)
            make_answer(row, make_question(edition, "Lunch", delete_on=until), CANARY)
            plan = FeedbackPlan.objects.create(edition=edition, closes_at=past if edition == over else soon)
            FeedbackSheet.objects.create(plan=plan, given=[row.pk], count=1)
            letter = Letter.objects.create(edition=edition, finished_at=past if edition == over else now)
            Addressee.objects.create(letter=letter, user=cls.user, address="ada@example.org", language="en")
        session, speaker = make_session(over), make_speaker(email="grace@example.org")
        for number, moment in enumerate((past, soon)):
            token = str(number)
            Claim.objects.create(
                registration=Registration.objects.order_by("pk")[number], name=CANARY, email="ben@example.org",
                token_hash=token, expires_at=moment,
            )  # fmt: skip
            Invitation.objects.create(
                speaker=speaker, email="grace@example.org", token_hash=token, expires_at=moment
            )
            UploadLink.objects.create(
                session=session, speaker=speaker, email="grace@example.org", digest=token, expires_at=moment
            )
            Outbox.objects.create(
                recipient="ada@example.org", subject=CANARY, status="sent", sent_at=moment, due_at=moment
            )
            Bounce.objects.create(address=f"{token}@example.org", last_at=moment)
            RateCount.objects.create(key=token, ends_at=moment)
            Session.objects.create(session_key=token, session_data="x", expire_date=moment)
            task = Task.objects.create(kind="export", by=cls.user)
            Task.objects.filter(pk=task.pk).update(created_at=moment)
        cache.set("over", CANARY, -60)
        with connection.cursor() as cursor:  # the cache itself stores nothing that is over
            cursor.execute("UPDATE cache SET expires = %s", [connection.ops.adapt_datetimefield_value(past)])
        cache.set("to-come", CANARY, 600)

    def counts(self, **options):
        return {rule.name: count for rule, count in delete_all_due(self.now, **options)}

    def test_what_is_due_goes_by_every_rule_and_a_second_run_finds_nothing(self):
        found = self.counts()

        kinds = {name for name, count in found.items() if count != 1}
        elsewhere = {"forget imports nobody confirmed", "forget ended log-ins", "close unused accounts"}
        self.assertEqual(kinds, elsewhere)  # these have tests of their own
        self.assertEqual(set(self.counts().values()), {0})

    def test_what_is_not_due_stays(self):
        self.counts()

        for model in (Addressee, Invitation, UploadLink, Outbox, Bounce, RateCount, Session, Task):
            with self.subTest(model=model.__name__):
                self.assertEqual(model.objects.count(), 1)
        needs = Registration.objects.order_by("pk").values_list("dietary_needs", flat=True)
        self.assertEqual(list(needs), ["", CANARY])
        self.assertEqual(list(Answer.objects.order_by("pk").values_list("text", flat=True)), ["", CANARY])
        self.assertEqual(Claim.objects.exclude(email="").count(), 1)
        self.assertEqual(FeedbackSheet.objects.exclude(given=[]).count(), 1)
        self.assertEqual((cache.get("to-come"), self.cached()), (CANARY, 1))

    def cached(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM cache")
            return cursor.fetchone()[0]

    def test_a_dry_run_counts_the_same_and_changes_nothing(self):
        before = self.state()

        dry = self.counts(is_dry=True)

        self.assertEqual(self.state(), before)
        self.assertEqual(dry, self.counts())

    def state(self):
        kept = [
            Registration,
            Addressee,
            Answer,
            Claim,
            FeedbackSheet,
            Invitation,
            UploadLink,
            Outbox,
            Bounce,
            RateCount,
            Session,
            Task,
        ]
        return [list(model.objects.order_by("pk").values()) for model in kept] + [self.cached()]

    def test_a_dry_run_leaves_files_on_the_disk(self):
        task = Task.objects.order_by("created_at").first()
        task.file.save("x", ContentFile(b"content"))
        self.addCleanup(task.file.delete, save=False)
        rule = next(one for one in rules() if one.name == "forget old tasks")

        with self.captureOnCommitCallbacks(execute=True):
            self.assertEqual(count_due(rule, self.now), 1)
        self.assertTrue(task.file.storage.exists(task.file.name))

        with self.captureOnCommitCallbacks(execute=True):
            delete_due(rule, self.now)
        self.assertFalse(task.file.storage.exists(task.file.name))

    def test_the_command_and_the_log_say_how_many_and_never_whose(self):
        said = StringIO()
        with self.assertLogs("conference.retention", "INFO") as logged:
            call_command("retention", dry_run=True, stdout=said)
            self.assertEqual(Outbox.objects.count(), 2)
            call_command("retention", stdout=said)

        self.assertIn("     1  delete due needs", said.getvalue())
        self.assertEqual(Outbox.objects.count(), 1)
        self.assertIn("delete due needs: 1 deleted.", " ".join(logged.output))
        for text in (said.getvalue(), *logged.output):
            self.assertNotIn(CANARY, text)
            self.assertNotIn("@", text)

    def test_the_worker_goes_by_every_rule(self):
        self.assertLessEqual({rule.name for rule in rules()}, {job.name for job in JOBS})
