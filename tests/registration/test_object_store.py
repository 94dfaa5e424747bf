"""The site with its files in an object store: whoever may have a file is led to it, nobody else hears of it."""

import hashlib
import io
import tarfile
import zipfile
from datetime import timedelta
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from conference.backup.folders import files_in, put_back
from conference.backup.making import make_backup
from conference.health import check_storage
from conference.models import Task
from conference.tasks import run_due
from registration.models import Download
from sessions.files.documents import make_pdf
from sessions.models import PresentationFile, Preview
from sessions.previews.forgetting import remove_orphan_pictures
from sessions.previews.making import make_due as make_previews
from sessions.services.checking import check_due_files
from sessions.services.importing.keeping import keep
from sessions.services.presentations import add_presentation
from sessions.services.storing import remove_orphans
from tests.factories import (
    make_edition,
    make_organiser,
    make_presentation,
    make_preview,
    make_session,
    make_user,
)

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 1024
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_object_store")]


@pytest.fixture
def slides():
    session = make_session(make_edition(slug="second", open_pages=1), slug="a-hub")
    made = make_presentation(session, content=CONTENT, audience="members")
    PresentationFile.objects.update(sha256=hashlib.sha256(CONTENT).hexdigest())
    return made


@pytest.fixture
def member(client):
    user = make_user()
    client.force_login(user)
    return user


def url(slides):
    return f"/presentations/{slides.guid}/download/"


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_stranger_is_not_led_to_it(client, slides):
    answer = client.get(url(slides))

    assert answer.status_code in (302, 404)
    assert "X-Amz" not in answer.get("Location", "")


@pytest.mark.parametrize("audience", ["members", "everyone"])
def test_a_member_is_led_to_the_store_for_a_minute(client, slides, member, audience):
    slides.audience = audience
    slides.save()

    answer = client.get(url(slides))

    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    assert (answer["Referrer-Policy"], "ETag" in answer) == ("no-referrer", False)
    with urlopen(answer["Location"]) as given:
        assert given.read() == CONTENT
        assert given.headers["Content-Disposition"] == 'attachment; filename="slides.pdf"'
        assert given.headers["Cache-Control"] == "private, no-store"
    assert Download.objects.count() == 1


def test_a_look_at_its_headers_stays_with_us_and_counts_for_nothing(client, slides, member):
    answer = client.head(url(slides))

    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(CONTENT)))
    assert answer["Content-Disposition"] == 'attachment; filename="slides.pdf"'
    assert Download.objects.count() == 0


def test_whoever_may_no_longer_have_it_is_not_led_there_any_more(client, slides, member):
    assert client.get(url(slides)).status_code == 302
    slides.audience = "organisers"
    slides.save()

    assert client.get(url(slides)).status_code == 404


def test_a_file_that_is_gone_has_a_page_that_says_so(client, slides, member, in_object_store):
    in_object_store.delete(slides.current_file.file.name)

    answer = client.get(url(slides))

    assert (answer.status_code, b"temporarily missing" in answer.content) == (404, True)


def test_pictures_of_pages_come_from_us(client, slides):
    make_preview(slides, "open", "closed", picture=b"RIFF....WEBP canary")

    answer = client.get(f"/presentations/{slides.guid}/pages/1/400.webp")

    assert (answer.status_code, body(answer)) == (200, b"RIFF....WEBP canary")


def test_a_pack_is_made_from_the_store(client, slides, member):
    answer = client.get(f"/packs/session/{slides.session.guid}/pack.zip")

    with zipfile.ZipFile(io.BytesIO(body(answer))) as pack:
        assert pack.testzip() is None
        (name,) = [name for name in pack.namelist() if name.endswith(".pdf")]
        assert pack.read(name) == CONTENT


def test_a_large_pack_is_stored_and_handed_out_by_the_store(client, slides, member, settings):
    settings.PACK_AT_ONCE_MB = 0
    page = client.post("/packs/edition/second/")["Location"]
    assert run_due() == 1

    answer = client.get(f"{page}pack.zip")

    assert answer.status_code == 302
    assert answer["Cache-Control"].startswith("private, no-store")
    with urlopen(answer["Location"]) as given, zipfile.ZipFile(io.BytesIO(given.read())) as pack:
        assert pack.testzip() is None
    client.force_login(make_user())
    assert client.get(f"{page}pack.zip").status_code == 404
    Task.objects.get().file.storage.delete(Task.objects.get().file.name)


def test_an_upload_is_checked_stored_once_and_previewed(slides, in_object_store):
    pdf = make_pdf("Talk", ["one"])
    for _time in range(2):
        upload = SimpleUploadedFile("talk.pdf", pdf, "application/pdf")
        add_presentation(session=slides.session, by=make_organiser(), upload=upload, title="Talk")

    stored = {name for name, _size in in_object_store.everything() if name.startswith("presentations/")}
    assert len(stored) == 2  # what was there, and one for both
    make_previews()
    assert Preview.objects.get().state == Preview.State.DONE
    assert any(name.startswith("previews/") for name, _size in in_object_store.everything())


def test_the_nightly_look_finds_what_is_missing_and_what_changed(slides, in_object_store):
    other = make_presentation(slides.session, content=b"%PDF other")
    check_due_files()
    name = slides.current_file.file.name
    in_object_store.delete(name)
    in_object_store.save(name, ContentFile(CONTENT[::-1]))
    in_object_store.delete(other.current_file.file.name)

    check_due_files(timezone.now() + timedelta(days=2))

    found = PresentationFile.objects.order_by("pk").values_list("damage", flat=True)
    assert list(found) == [PresentationFile.Damage.CHANGED, PresentationFile.Damage.MISSING]


def test_what_nobody_needs_is_removed(slides, in_object_store):
    kept = {name for name, _size in in_object_store.everything()}
    in_object_store.save("presentations/nobody.pdf", ContentFile(b"x"))
    in_object_store.save(f"previews/aa/{'a' * 64}/1-400.webp", ContentFile(b"x"))

    assert remove_orphans() == 0
    assert (remove_orphans(timedelta(seconds=-5)), remove_orphan_pictures()) == (1, 1)
    assert {name for name, _size in in_object_store.everything()} == kept


def test_a_timetable_between_preview_and_confirmation_lies_there_too(slides):
    waiting = keep(b"sheet", name="sheet.csv", edition=slides.edition, user=make_organiser())

    assert waiting.read() == b"sheet"
    waiting.forget()
    with pytest.raises(FileNotFoundError):
        waiting.read()


def test_a_store_that_is_away_is_seen(in_object_store, monkeypatch):
    check_storage()
    monkeypatch.setattr(in_object_store, "endpoint_url", "http://127.0.0.1:9")

    with pytest.raises(OSError, match="object store"):
        check_storage()


@pytest.mark.django_db(transaction=True)
def test_a_backup_fetches_what_the_former_has_not(slides, in_object_store, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    first = make_backup(tmp_path / "first.tar")
    newer = make_presentation(slides.session, content=b"%PDF newer")
    second = make_backup(tmp_path / "second.tar", tmp_path / "first.tar")

    assert (first.missing, second.missing) == ([], [])
    with tarfile.open(tmp_path / "second.tar") as archive:
        files = [name for name in archive.getnames() if name.startswith("private/")]
    assert files == [f"private/{newer.current_file.file.name}"]
    assert {entry.name for entry in second.files} == {name for name, _size in files_in("private")}


def test_a_restored_file_takes_its_place(slides, in_object_store, tmp_path):
    name = slides.current_file.file.name
    (tmp_path / "kept").write_bytes(CONTENT)

    put_back("private", name, tmp_path / "kept")

    assert in_object_store.open(name, "rb").read() == CONTENT


def test_the_doctor_looks_into_the_store(slides, in_object_store, capsys):
    name = slides.current_file.file.name
    in_object_store.delete(name)

    with pytest.raises(Exception, match=r"of \d+"):
        call_command("doctor")

    assert f"private/{name}" in capsys.readouterr().out
