"""Files in an object store that speaks S3, which behave as files in a folder do.

What is missing is a FileNotFoundError and a store that does not answer an OSError; a file is read from any place in it
without being fetched whole; one that exists is never written over.
"""

import errno
import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, SuspiciousOperation
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

HANDED_OUT = 60  # seconds that an address of a private file works
BLOCK = 256 * 1024
NOT_FOUND = 404
CONFIG = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    connect_timeout=5,
    read_timeout=20,
    retries={"max_attempts": 3, "mode": "standard"},
    # Sums that only Amazon knows; ours are SHA-256 and stand in the rows.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
CLIENTS: dict[
    tuple[str, ...], Any
] = {}  # of this process: making one takes a while, and threads may share it
MAKING = threading.Lock()


def begin_anew() -> None:
    """In a process that has just split off: lines to the store are its parent's."""
    CLIENTS.clear()
    MAKING.release()


os.register_at_fork(before=MAKING.acquire, after_in_parent=MAKING.release, after_in_child=begin_anew)


@contextmanager
def as_files_do(name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == NOT_FOUND:
            raise FileNotFoundError(errno.ENOENT, "not in the object store", name) from error
        code = error.response.get("Error", {}).get("Code", "")
        raise OSError(errno.EIO, f"the object store refuses: {code}", name) from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(errno.EIO, f"the object store: {type(error).__name__}", name) from error


class ObjectStore(S3Storage):
    """One folder of the bucket."""

    public_url: str
    is_public: bool

    def __init__(self, **options: Any) -> None:
        calm = TransferConfig(use_threads=False)  # a visitor's thread does its own upload
        fixed = {"file_overwrite": False, "client_config": CONFIG, "transfer_config": calm}
        super().__init__(**options, **fixed)

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "public_url": "", "is_public": False}

    @property
    def connection(self) -> Any:
        return self.connected_to(self.endpoint_url)

    def connected_to(self, endpoint: str) -> Any:
        known = (endpoint, self.region_name, self.access_key, self.secret_key)
        with MAKING:
            if known not in CLIENTS:
                session = boto3.Session(self.access_key, self.secret_key)
                CLIENTS[known] = session.resource(
                    "s3", region_name=self.region_name, endpoint_url=endpoint, config=CONFIG
                )
            return CLIENTS[known]

    @property
    def bucket(self) -> Any:
        return self.connection.Bucket(self.bucket_name)

    def _normalize_name(self, name: str) -> str:
        try:
            return str(super()._normalize_name(name))
        except SuspiciousOperation as problem:
            raise SuspiciousFileOperation(str(problem)) from problem

    def key_of(self, name: str) -> str:
        return self._normalize_name(clean_name(name))

    def url(self, name: str, *args: Any, **options: Any) -> str:
        """Pictures keep an address of ours, so that no page asks another site for anything."""
        if not self.is_public:
            raise ValueError("This file has no address of its own.")
        return settings.MEDIA_URL + filepath_to_uri(name).lstrip("/")

    def address_for_a_minute(self, name: str, **headers: str) -> str:
        """Where whoever is allowed to may fetch it now; `headers` are what the store is to say with it."""
        client = self.connected_to(self.public_url or self.endpoint_url).meta.client
        wanted = {"Bucket": self.bucket_name, "Key": self.key_of(name), **headers}
        return str(client.generate_presigned_url("get_object", Params=wanted, ExpiresIn=HANDED_OUT))

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("A file in the object store is read, or saved whole.")
        return StoredFile(self, name)

    def _save(self, name: str, content: File) -> str:
        if content.file is None:  # it has pieces only
            content = File(cast(IO[bytes], PieceReader(content.chunks())))
        with as_files_do(name):
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with as_files_do(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with as_files_do(name):
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with as_files_do(name):
            return int(super().size(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with as_files_do(name):
            folders, files = super().listdir(name)
            return folders, files

    def get_modified_time(self, name: str) -> Any:
        with as_files_do(name):
            return super().get_modified_time(name)

    def everything(self) -> Iterator[tuple[str, int]]:
        """Name and size of each file, in order."""
        folder = f"{self.location}/"
        with as_files_do(""):
            for one in self.bucket.objects.filter(Prefix=folder):
                yield one.key.removeprefix(folder), one.size


class StoredFile(File):
    """One that is opened again reads from its beginning."""

    def __init__(self, store: ObjectStore, name: str) -> None:
        self.store = store
        super().__init__(opened(store, name), name)

    def open(self, mode: str | None = None, *args: Any, **options: Any) -> "StoredFile":
        if self.closed:
            self.file = opened(self.store, self.name or "")
        self.seek(0)
        return self


def opened(store: ObjectStore, name: str) -> io.BufferedReader:
    return io.BufferedReader(ObjectReader(store, name), BLOCK)


class ObjectReader(io.RawIOBase):
    """Asks the store from where it stands to the end, when the first byte is wanted and not before."""

    def __init__(self, store: ObjectStore, name: str) -> None:
        super().__init__()
        self.object, self.name = store.bucket.Object(store.key_of(name)), name
        with as_files_do(name):
            self.whole = int(self.object.content_length)
        self.place, self.stream = 0, cast(Any, None)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        place = {os.SEEK_SET: 0, os.SEEK_CUR: self.place, os.SEEK_END: self.whole}[whence] + offset
        if place != self.place:
            self.hang_up()
        self.place = place
        return place

    def readinto(self, buffer: Any) -> int:
        if self.place >= self.whole:
            return 0
        with as_files_do(self.name):
            if self.stream is None:
                self.stream = self.object.get(Range=f"bytes={self.place}-")["Body"]
            piece = self.stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self.place += len(piece)
        return len(piece)

    def hang_up(self) -> None:
        if self.stream is not None:
            self.stream.close()
            self.stream = None

    def close(self) -> None:
        if not self.closed:
            self.hang_up()
        super().close()


class PieceReader(io.RawIOBase):
    """The pieces of a file that nobody has whole, to be read one after the other."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self.pieces, self.left = pieces, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self.left) < size:
            piece = next(self.pieces, None)
            if piece is None:
                break
            self.left += piece
        size = len(self.left) if size < 0 else size
        given, self.left = self.left[:size], self.left[size:]
        return given
