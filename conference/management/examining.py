"""What is wrong with an installation, in plain words: each part of the site is asked once whether it works."""

import io
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from conference.backup.databases import found, rows_of
from conference.backup.facts import files_named
from conference.backup.folders import FOLDERS, files_in
from conference.clock import now
from conference.management.findings import Finding, good, wrong
from conference.management.shared_parts import machines
from conference.management.static_files import fingerprint_of_sources
from conference.models import Outbox, Task, User
from sessions.files.scanner import ScanUnavailable, scan
from sessions.previews.making import OFFICE_PROGRAMS

GIGABYTE = 1024**3
LITTLE_ROOM = 2 * GIGABYTE
LATE = timedelta(minutes=10)
CLOCKS_DIFFER = timedelta(seconds=30)
MANY = 5  # missing files that are named


def examine() -> Iterator[Finding]:
    """All that is found; without a database only what needs none."""
    yield from folders()
    yield from static_files()
    yield from programs()
    yield from mail_server()
    yield from machines()
    answers = True
    for finding in database():
        answers = answers and not finding.is_wrong
        yield finding
    if answers:
        for part in (clock, files, worker, organisers, deployment):
            yield from part()


# --- What needs no database ------------------------------------------------------------------------------------


def folders() -> Iterator[Finding]:
    root = Path(settings.DATA_DIR)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=root, prefix=".doctor-"):
            pass
    except OSError as error:
        yield wrong(
            "Folder", f"{root} cannot be written to ({error.strerror}). Give it to the user of the site."
        )
        return
    if settings.IS_PUBLIC and root.stat().st_mode & stat.S_IRWXO:
        yield wrong("Folder", f"Everybody on this machine may look into {root}. Shut it: chmod o-rwx {root}")
    free = shutil.disk_usage(root).free
    room = f"{free / GIGABYTE:.1f} GB are free in {root}"
    if free < LITTLE_ROOM:
        yield wrong("Disk", f"Only {room}. Make room: uploads and mail stop when none is left.")
    else:
        yield good("Disk", f"{room}.")


def static_files() -> Iterator[Finding]:
    stamp = Path(settings.DATA_DIR) / "static.stamp"
    if not stamp.exists() or not Path(settings.STATIC_ROOT).is_dir():
        yield wrong("Static files", "They are not built. Start the site once with: manage.py serve")
    elif stamp.read_text() != fingerprint_of_sources():
        yield wrong("Static files", "They are of another version of the program. Restart the site.")
    else:
        yield good("Static files", "They are built and of this version.")


def programs() -> Iterator[Finding]:
    if settings.LIBREOFFICE and not any(map(shutil.which, OFFICE_PROGRAMS)):
        yield wrong(
            "LibreOffice", "LIBREOFFICE=yes, but it is not installed: apt-get install libreoffice-impress"
        )
    if settings.CLAMAV_ADDRESS:
        try:
            scan(io.BytesIO(b"a file without a virus"), settings.CLAMAV_ADDRESS)
        except ScanUnavailable as problem:
            yield wrong(
                "ClamAV", f"{settings.CLAMAV_ADDRESS} does not answer, so no upload is taken: {problem}"
            )
        else:
            yield good("ClamAV", f"{settings.CLAMAV_ADDRESS} scans.")
    if connection.vendor == "postgresql":
        try:
            found("pg_dump")
        except CommandError as error:
            yield wrong("Backup", str(error))


def mail_server() -> Iterator[Finding]:
    if not settings.EMAIL_URL:
        yield good(
            "Mail", f"No mail server is set: mail is written as files into {settings.EMAIL_FILE_PATH}."
        )
        return
    try:
        server = get_connection()
        server.open()
        server.close()
    except Exception as error:  # noqa: BLE001  whatever a server says
        yield wrong("Mail", f"The server in EMAIL_URL does not take us: {type(error).__name__}: {error}")
    else:
        yield good(
            "Mail",
            "The mail server answers and lets us in. Send one: manage.py doctor --mail you@example.org",
        )


def send_test_mail(address: str) -> Finding:
    """Past the outbox, so that it also works while the worker does not."""
    text = f"This mail was sent by hand to see whether mail from {settings.SITE_URL}/ arrives. It did."
    try:
        EmailMessage(f"A test from {settings.SITE_HOST}", text, to=[address]).send()
    except Exception as error:  # noqa: BLE001
        return wrong("Test mail", f"It was not taken: {type(error).__name__}: {error}")
    return good("Test mail", f"It is on its way to {address}. Look whether it lands among unwanted mail.")


# --- The database, and what it knows ---------------------------------------------------------------------------


def database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield wrong(
            "Database", f"It does not answer: {str(error).strip()}. Is it running, and DATABASE_URL right?"
        )
        return
    if waiting:
        yield wrong("Database", f"{len(waiting)} changes of its tables wait. Run: manage.py migrate")
    else:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        yield good("Database", f"{names[connection.vendor]} answers, and its tables are of this version.")


def clock() -> Iterator[Finding]:
    """Only a server of its own can have another clock."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        difference = abs(cursor.fetchone()[0] - datetime.now(UTC))
    if difference > CLOCKS_DIFFER:
        seconds = round(difference.total_seconds())
        yield wrong("Clock", f"This machine and the database differ by {seconds} seconds. Set both by NTP.")


def files() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        named = files_named(partial(rows_of, cursor))
    there = {(folder, name) for folder in FOLDERS for name, _size in files_in(folder)}
    missing = sorted(f"{folder}/{name}" for folder, name in named - there)
    if missing:
        first = ", ".join(missing[:MANY])
        yield wrong("Files", f"{len(missing)} of {len(named)} are missing: {first}. Take them from a backup.")
    else:
        yield good("Files", f"All {len(named)} that the database names are there.")


def worker() -> Iterator[Finding]:
    since = now() - LATE
    late = Outbox.objects.due(since).count()
    stuck = Task.objects.filter(status=Task.Status.WAITING, created_at__lt=since).count()
    if late or stuck:
        yield wrong("Worker", f"{late} mails and {stuck} tasks wait for more than ten minutes. Does it run?")
    else:
        yield good("Worker", "Nothing waits for it.")
    if failed := Outbox.objects.filter(status=Outbox.Status.FAILED).count():
        yield wrong(
            "Outbox",
            f"{failed} mails could not be sent. The reasons stand in the administration, under Mails.",
        )


def organisers() -> Iterator[Finding]:
    people = User.objects.filter(is_superuser=True, is_active=True)
    bare = people.exclude(pk__in=Authenticator.objects.exclude(type="recovery_codes").values("user")).count()
    if not people.exists():
        yield wrong(
            "Organiser", "Nobody may organise. Run: manage.py first_organiser --email you@example.org"
        )
    elif bare and settings.STAFF_SECOND_FACTOR:
        yield good(
            "Organiser",
            f"{bare} of {people.count()} will be asked to set up a second factor when they log in.",
        )
    else:
        yield good("Organiser", f"{people.count()} may do everything.")


def deployment() -> Iterator[Finding]:
    if not settings.IS_PUBLIC:
        yield good(
            "Address", f"{settings.SITE_URL} is for this machine only: SITE_URL=https://… makes it public."
        )
        return
    said = [one for one in run_checks(include_deployment_checks=True) if one.level >= WARNING]
    for one in said:
        yield wrong("Settings", f"{one.msg} {one.hint or ''}".strip())
    if not said:
        yield good("Settings", f"{settings.SITE_URL} is set up as a public site must be.")
