"""The doctor finds what is really broken, and says what to do."""

import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from conference.management.static_files import build_static_files
from conference.models import Outbox, Task
from tests.bench.site import free_port
from tests.factories import make_organiser, make_presentation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = []


@pytest.fixture
def healthy(own_folder):
    build_static_files()
    make_organiser()


def said(**options):
    """Lines, and whether the doctor asks for somebody."""
    out = StringIO()
    try:
        call_command("doctor", stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_of_a_healthy_site_nothing_is_wrong(healthy):
    words, ended = said()

    assert (ended, "WRONG" in words) == ("", False)
    assert "its tables are of this version" in words


def test_an_empty_site_is_told_how_to_begin(own_folder):
    words, ended = said()

    assert "WRONG  Static files: They are not built. Start the site once with: manage.py serve" in words
    assert "WRONG  Organiser: Nobody may organise. Run: manage.py first_organiser" in words
    assert ended.startswith("2 of ")


def test_a_file_that_is_gone_is_named(healthy):
    kept, gone = make_presentation(title="Kept"), make_presentation(title="Gone")
    storages["private"].delete(gone.current_file.file.name)

    words, _ended = said()

    assert f"WRONG  Files: 1 of 2 are missing: private/{gone.current_file.file.name}." in words
    assert kept.current_file.file.name not in words


def test_a_worker_that_does_nothing_shows_by_what_waits(healthy):
    long_ago = timezone.now() - timedelta(minutes=11)
    Outbox.objects.create(recipient="a@example.org", subject="Late", text="x", due_at=long_ago)
    task = Task.objects.create(kind="badges")
    Task.objects.filter(pk=task.pk).update(created_at=long_ago)
    Outbox.objects.create(recipient="b@example.org", subject="Failed", text="x", status="failed")

    words, _ended = said()

    assert "WRONG  Worker: 1 mails and 1 tasks wait" in words
    assert "WRONG  Outbox: 1 mails could not be sent" in words
    assert "@example.org" not in words


def test_a_mail_server_that_is_not_there_is_said_and_no_test_mail_pretends(healthy, settings):
    settings.EMAIL_URL = "smtp://localhost"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    words, ended = said(mail="ada@example.org")

    assert "WRONG  Mail: The server in EMAIL_URL does not take us: ConnectionRefusedError" in words
    assert "WRONG  Test mail: It was not taken: ConnectionRefusedError" in words
    assert ended.startswith("2 of ")


def test_the_test_mail_goes_past_the_outbox(healthy, mailoutbox):
    words, ended = said(mail="ada@example.org")

    assert ("on its way to ada@example.org" in words, ended) == (True, "")
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]
    assert not Outbox.objects.exists()


def test_little_room_on_the_disk_is_said_before_it_is_full(healthy, monkeypatch):
    full = shutil.disk_usage("/")._replace(free=1024**3)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: full)

    assert "WRONG  Disk: Only 1.0 GB are free" in said()[0]


def test_a_scanner_that_does_not_answer_is_said(healthy, settings):
    settings.CLAMAV_ADDRESS = f"127.0.0.1:{free_port()}"

    assert "does not answer, so no upload is taken" in said()[0]


def test_an_office_that_is_switched_on_and_not_there_is_said(healthy, settings, monkeypatch):
    settings.LIBREOFFICE = True
    monkeypatch.setenv("PATH", "/nowhere")

    assert "WRONG  LibreOffice: LIBREOFFICE=yes, but it is not installed" in said()[0]


def test_a_folder_that_is_a_file_is_said(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "file" / "data"
    Path(tmp_path, "file").write_text("")

    assert "WRONG  Folder:" in said()[0]


def test_a_picture_without_a_row_is_no_fault(healthy):
    storages["private"].save("left-over.pdf", ContentFile(b"x"))

    assert said()[1] == ""


def test_a_public_site_whose_data_everybody_on_the_machine_may_read_is_told_to_shut_it(
    healthy, settings, tmp_path
):
    settings.IS_PUBLIC = True
    tmp_path.chmod(0o755)
    assert f"WRONG  Folder: Everybody on this machine may look into {tmp_path}" in said()[0]

    tmp_path.chmod(0o750)
    assert "WRONG  Folder" not in said()[0]
