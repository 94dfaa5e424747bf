"""An object store on this machine, for a test: moto, over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
from django.apps import apps
from django.core.files.storage import default_storage, storages
from django.db.models import FileField
from moto.server import ThreadedMotoServer

from conference.object_store import ObjectStore
from conference.stores import stores

BUCKET = "conference"


@contextmanager
def object_store() -> Iterator[str]:
    """Yields an S3_URL with an empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        address = f"http://{host}:{port}"
        client = boto3.client(
            "s3",
            endpoint_url=address,
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )
        client.create_bucket(Bucket=BUCKET)
        yield f"http://key:secret@{host}:{port}/{BUCKET}"
    finally:
        server.stop()


@contextmanager
def lying_in(url: str, settings) -> Iterator[ObjectStore]:
    """The site of this process with its files in the bucket, which is empty before; yields its private part."""
    settings.S3_URL = url
    settings.STORAGES = {**settings.STORAGES, **stores(Path(settings.DATA_DIR), url)}
    private = storages["private"]
    private.bucket.objects.delete()
    fields = [
        field for model in apps.get_models() for field in model._meta.fields if has_private_files(field)
    ]
    before = {
        field: field.storage for field in fields
    }  # each has asked for its store when its model was made
    for field in fields:
        field.storage = private
    try:
        yield private
    finally:
        for field, storage in before.items():
            field.storage = storage


def has_private_files(field) -> bool:
    return isinstance(field, FileField) and field.storage is not default_storage
