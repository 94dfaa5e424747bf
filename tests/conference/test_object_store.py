"""A file in the object store behaves as one in a folder: the same errors, any place in it, never written over."""

import io
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from conference.object_store import BLOCK, ObjectStore
from conference.stores import bucket_of, stores
from conference.tasks import Pieces

CONTENT = bytes(range(256)) * 8192
pytestmark = pytest.mark.usefixtures("in_object_store")


@pytest.fixture
def name(in_object_store):
    return in_object_store.save("folder/file.bin", ContentFile(CONTENT))


def test_any_place_of_a_file_can_be_read_and_read_again(in_object_store, name):
    with in_object_store.open(name, "rb") as file:
        file.seek(BLOCK * 3 + 5)
        assert file.read(3) == CONTENT[BLOCK * 3 + 5 :][:3]
        assert (file.seek(0, io.SEEK_END), file.read()) == (len(CONTENT), b"")
        file.seek(-4, io.SEEK_END)
        assert file.read() == CONTENT[-4:]
        assert file.size == len(CONTENT)
    file.open("rb")
    assert file.read() == CONTENT


def test_what_is_missing_is_a_file_that_is_not_found(in_object_store):
    for ask in (
        in_object_store.size,
        in_object_store.get_modified_time,
        lambda name: in_object_store.open(name, "rb"),
    ):
        with pytest.raises(FileNotFoundError):
            ask("folder/nothing")
    assert in_object_store.exists("folder/nothing") is False
    assert in_object_store.listdir("nothing") == ([], [])
    in_object_store.delete("folder/nothing")


def test_a_store_that_does_not_answer_is_a_disk_that_does_not(in_object_store):
    nowhere = stores(Path("/nowhere"), "http://key:secret@127.0.0.1:9/bucket")["private"]["OPTIONS"]
    away = ObjectStore(**nowhere)

    for ask in (away.size, away.exists, away.delete, away.listdir, lambda name: away.open(name, "rb")):
        with pytest.raises(OSError, match="object store"):
            ask("file")
    with pytest.raises(OSError, match="object store"):
        away.save("file", ContentFile(b"x"))


def test_a_file_that_exists_is_not_written_over(in_object_store, name):
    other = in_object_store.save(name, ContentFile(b"other"))

    assert other != name
    assert in_object_store.open(name, "rb").read() == CONTENT


def test_folders_are_listed_as_on_disk_and_none_leads_out(in_object_store, name):
    assert in_object_store.listdir("") == (["folder"], [])
    assert in_object_store.listdir("folder") == ([], ["file.bin"])
    assert list(in_object_store.everything()) == [("folder/file.bin", len(CONTENT))]
    assert in_object_store.exists("folder") is False
    with pytest.raises(SuspiciousFileOperation):
        in_object_store.open("../media/picture.png", "rb")


def test_a_file_that_nobody_has_whole_arrives_whole_or_not_at_all(in_object_store):
    piece = b"z" * 1_000_000

    def broken():
        yield from [piece] * 20
        raise RuntimeError("the end")

    in_object_store.save("pack.zip", Pieces([piece] * 20))
    with pytest.raises(RuntimeError):
        in_object_store.save("broken.zip", Pieces(broken()))

    assert list(in_object_store.everything()) == [("pack.zip", 20_000_000)]


def test_an_address_works_for_a_minute_and_says_what_we_would(in_object_store, name):
    wanted = {
        "ResponseContentType": "application/pdf",
        "ResponseContentDisposition": 'attachment; filename="a.pdf"',
    }
    address = in_object_store.address_for_a_minute(name, ResponseCacheControl="private, no-store", **wanted)

    with urlopen(Request(address, headers={"Range": "bytes=2-4"})) as answer:
        assert (answer.status, answer.read()) == (206, CONTENT[2:5])
        said = {key: answer.headers[key] for key in ("Content-Type", "Content-Disposition", "Cache-Control")}
    assert said == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="a.pdf"',
        "Cache-Control": "private, no-store",
    }
    assert "X-Amz-Expires=60&" in address


def test_an_address_may_lead_to_a_host_of_its_own(store_url):
    options = stores(Path("/nowhere"), store_url, "https://files.example/")["private"]["OPTIONS"]

    assert (
        ObjectStore(**options)
        .address_for_a_minute("a.pdf")
        .startswith("https://files.example/conference/private/a.pdf?")
    )


@pytest.mark.django_db
def test_a_private_file_has_no_address_and_a_picture_one_of_ours(in_object_store, client):
    with pytest.raises(ValueError, match="no address"):
        in_object_store.url("file")
    name = default_storage.save("portraits/ada.png", ContentFile(b"a picture"))

    assert default_storage.url(name) == "/media/portraits/ada.png"
    answer = client.get("/media/portraits/ada.png")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"a picture")
    assert (answer["Cache-Control"], answer["Content-Length"]) == ("public, max-age=86400", "9")
    assert client.get("/media/portraits/nobody.png").status_code == 404
    assert client.get("/media/../private/folder.png").status_code == 404


def test_what_the_variable_says():
    bucket = bucket_of("https://KEY:a%2Fb%2Bc@s3.example:9000/slides?region=eu-west-1")

    assert (bucket.endpoint, bucket.name) == ("https://s3.example:9000", "slides")
    assert (bucket.key, bucket.secret, bucket.region) == ("KEY", "a/b+c", "eu-west-1")
    for wrong in ("s3://bucket", "https://s3.example/bucket", "https://key:secret@s3.example"):
        with pytest.raises(ImproperlyConfigured):
            bucket_of(wrong)
