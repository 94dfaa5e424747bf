"""The worker sends mail, runs jobs when their time has come, and survives a database that does not answer."""

import threading
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from conference.management.commands.worker import work
from conference.management.jobs import (
    DAY,
    JOBS,
    Job,
    last_runs_file,
    run_due_jobs,
)
from conference.models import Outbox
from conference.privacy.ended import forget_ended_logins, forget_old_mail
from registration.letters import sending
from registration.models import Addressee
from tests.factories import make_edition, make_user
from tests.registration.letters.case import make_letter


@pytest.fixture(autouse=True)
def scratch(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def waiting_mail(**fields):
    return Outbox.objects.create(recipient="ada@example.org", subject="Hello", text="Hello Ada", **fields)


@pytest.mark.django_db(transaction=True)
class TestWorker:
    def test_once_sends_all_that_is_due_and_runs_every_job(self, mailoutbox):
        for _ in range(12):
            waiting_mail()

        call_command("worker", once=True)

        assert Outbox.objects.filter(status=Outbox.Status.SENT).count() == 12
        assert len(mailoutbox) == 12
        assert run_due_jobs() == []

    def test_once_sends_a_letter_to_the_last_of_its_people(self, mailoutbox, monkeypatch):
        monkeypatch.setattr(sending, "BATCH", 2)
        letter = make_letter(make_edition(), status="sending")
        for number in range(5):
            user = make_user(f"Person {number}")
            Addressee.objects.create(letter=letter, user=user, address=user.email, language="en")

        call_command("worker", once=True)

        assert len({mail.to[0] for mail in mailoutbox}) == len(mailoutbox) == 5

    def test_mail_that_is_not_due_waits(self, mailoutbox):
        waiting_mail(due_at=timezone.now() + timedelta(hours=1))

        call_command("worker", once=True)

        assert mailoutbox == []

    def test_database_that_does_not_answer_costs_nothing_but_time(self, mailoutbox):
        waiting_mail()

        def broken(*_args):
            raise OperationalError("the server closed the connection")

        with connection.execute_wrapper(broken):
            assert work(threading.Event(), lambda: None) is False
        assert work(threading.Event(), lambda: None) is True
        assert len(mailoutbox) == 1

    def test_worker_that_was_told_to_stop_begins_nothing(self, mailoutbox):
        waiting_mail()
        stop = threading.Event()
        stop.set()

        work(stop, lambda: None)

        assert mailoutbox == []

    def test_worker_that_was_left_running_sends_nothing_while_a_backup_is_put_back(
        self, mailoutbox, settings
    ):
        waiting_mail()
        begun = settings.DATA_DIR / ".restore-begun"
        begun.touch()

        assert work(threading.Event(), lambda: None) is False
        assert mailoutbox == []

        begun.unlink()
        assert work(threading.Event(), lambda: None) is True
        assert len(mailoutbox) == 1


class TestJobs:
    def setup_method(self):
        self.calls = []
        self.now = timezone.now()
        self.jobs = (Job("count", DAY, lambda: self.calls.append(1)),)

    def test_job_runs_once_a_day_also_after_a_restart(self):
        for hours in (0, 1, 23, 24, 25):
            run_due_jobs(self.now + timedelta(hours=hours), self.jobs)

        assert len(self.calls) == 2

    def test_job_that_fails_stops_no_other_and_keeps_its_turn(self):
        def fails():
            raise ValueError("no")

        jobs = (Job("fails", DAY, fails), *self.jobs)

        assert run_due_jobs(self.now, jobs) == ["count"]
        assert run_due_jobs(self.now, jobs) == []

    def test_unreadable_memory_of_the_last_runs_only_runs_the_jobs_again(self):
        run_due_jobs(self.now, self.jobs)
        last_runs_file().write_text("{half")

        assert run_due_jobs(self.now, self.jobs) == ["count"]

    def test_names_of_the_jobs_are_unique(self):
        assert len({job.name for job in JOBS}) == len(JOBS)


@pytest.mark.django_db
def test_mail_sent_long_ago_is_forgotten_and_nothing_else():
    long_ago = timezone.now() - timedelta(days=91)
    waiting_mail(status=Outbox.Status.SENT, sent_at=long_ago)
    recent = waiting_mail(status=Outbox.Status.SENT, sent_at=timezone.now())
    waiting = waiting_mail(due_at=long_ago)
    given_up = waiting_mail(status=Outbox.Status.FAILED, due_at=long_ago)
    failed = waiting_mail(status=Outbox.Status.FAILED)
    Outbox.objects.filter(pk=given_up.pk).update(created_at=long_ago)

    assert forget_old_mail() == 2
    assert set(Outbox.objects.all()) == {recent, waiting, failed}


@pytest.mark.django_db
def test_log_in_whose_session_is_gone_is_forgotten_and_no_other():
    user, long_ago = make_user(), timezone.now() - timedelta(hours=2)
    living = SessionStore()
    living.create()
    facts = {"user": user, "ip": "127.0.0.1", "user_agent": "a browser"}
    UserSession.objects.create(session_key="gone", created_at=long_ago, **facts)
    stays = UserSession.objects.create(session_key=living.session_key, created_at=long_ago, **facts)
    begins = UserSession.objects.create(session_key="begins", **facts)

    assert forget_ended_logins() == 1
    assert set(UserSession.objects.all()) == {stays, begins}
