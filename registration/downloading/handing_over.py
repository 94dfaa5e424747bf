"""Who sends the bytes of a private file that somebody may have now: the object store, the proxy, or we ourselves."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect

from sessions.files.names import content_disposition
from sessions.models.presentation_file import private_storage


def is_in_object_store() -> bool:
    return bool(settings.S3_URL)


def others_send() -> bool:
    """They then cut the file into the parts that somebody asks for."""
    return is_in_object_store() or bool(settings.X_ACCEL_PREFIX)


def from_proxy(name: str) -> HttpResponse:
    prefix = settings.X_ACCEL_PREFIX.rstrip("/")
    return HttpResponse(headers={"X-Accel-Redirect": f"{prefix}/{quote(name)}"})


def from_object_store(name: str, *, content_type: str, file_name: str) -> HttpResponse:
    """An address that works for a minute; the store is told what we would say ourselves, as far as it knows how."""
    address = private_storage().address_for_a_minute(  # type: ignore[attr-defined]
        name,
        ResponseContentType=content_type,
        ResponseContentDisposition=content_disposition(file_name),
        ResponseCacheControl="private, no-store",
    )
    response = HttpResponseRedirect(address)
    response["Referrer-Policy"] = "no-referrer"
    return response
