"""Where things lie: uploads and pictures in DATA_DIR or the object store that S3_URL names; what is kept for a while in
the database, or in the Redis of REDIS_URL."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

HOW = "S3_URL is not understood. It is https://KEY:SECRET@HOST/BUCKET?region=REGION"
ON_DISK = "django.core.files.storage.FileSystemStorage"
IN_STORE = "conference.object_store.ObjectStore"


@dataclass(frozen=True)
class Bucket:
    """What S3_URL says; signs such as / in the secret are written as %2F there."""

    endpoint: str
    name: str
    key: str
    secret: str
    region: str


def bucket_of(url: str) -> Bucket:
    parts = urlsplit(url)
    name = parts.path.strip("/")
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in ("http", "https") or not all((host, name, parts.username, parts.password)):
        raise ImproperlyConfigured(HOW)
    region = parse_qs(parts.query).get("region", ["us-east-1"])[0]
    key, secret = unquote(parts.username or ""), unquote(parts.password or "")
    return Bucket(f"{parts.scheme}://{host}", name, key, secret, region)


def stores(data_dir: Path, url: str, public_url: str = "") -> dict[str, Any]:
    """Two for STORAGES: pictures that everybody may see, and files that leave only by our own rule.

    In a bucket they are called media/ and private/, as the folders of DATA_DIR are: one is copied to the other as it is.
    """
    if not url:
        private = {"location": data_dir / "private", "base_url": None}
        return {"default": {"BACKEND": ON_DISK}, "private": {"BACKEND": ON_DISK, "OPTIONS": private}}
    bucket = bucket_of(url)
    common = {
        "endpoint_url": bucket.endpoint,
        "bucket_name": bucket.name,
        "access_key": bucket.key,
        "secret_key": bucket.secret,
        "region_name": bucket.region,
        "public_url": public_url.rstrip("/"),
    }
    return {
        "default": {"BACKEND": IN_STORE, "OPTIONS": {**common, "location": "media", "is_public": True}},
        "private": {"BACKEND": IN_STORE, "OPTIONS": {**common, "location": "private"}},
    }


def caches(redis_url: str) -> dict[str, Any]:
    """Shared by all processes of all machines, so that a limit counts once for the site and not once per process."""
    if redis_url:
        soon = {"socket_connect_timeout": 2, "socket_timeout": 5}  # seconds
        there = {"LOCATION": redis_url, "KEY_PREFIX": "conference", "OPTIONS": soon}
        return {"default": {"BACKEND": "conference.shared_cache.SharedCache", **there}}
    many = {"MAX_ENTRIES": 100_000}  # so that nobody pushes the counts out by filling it
    return {
        "default": {"BACKEND": "conference.cache.OneStatementCache", "LOCATION": "cache", "OPTIONS": many}
    }
