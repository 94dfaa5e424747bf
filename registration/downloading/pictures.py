"""The picture of a page as an answer: a harmless WebP, from us or from the proxy."""

import hashlib
from typing import BinaryIO, cast

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from registration.downloading.file_answers import SANDBOX, mark_private, not_modified
from registration.downloading.handing_over import from_proxy, is_in_object_store
from sessions.models import Preview
from sessions.models.presentation_file import private_storage
from sessions.previews.pictures import picture_name

TYPE = "image/webp"


def answer_picture(
    request: HttpRequest, preview: Preview, number: int, size: int, *, for_everyone: bool
) -> HttpResponseBase:
    """Raises FileNotFoundError when this page has no picture."""
    name = picture_name(preview, number, size)
    etag = tag_of(preview, name) if for_everyone else ""
    response = not_modified(request, etag) or body(request, name)
    if not for_everyone:
        return mark_private(response)
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=60"
    return response


def tag_of(preview: Preview, name: str) -> str:
    """Another one when the picture is made anew; it tells nothing of the file."""
    said = f"{name} {preview.made_at}"
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def body(request: HttpRequest, name: str) -> HttpResponseBase:
    file = cast(BinaryIO, private_storage().open(name, "rb"))
    # A picture stands on a page, which may ask nobody but us for it: it leaves an object store through us.
    by_proxy = bool(settings.X_ACCEL_PREFIX) and not is_in_object_store()
    if by_proxy or request.method == "HEAD":
        size = file.seek(0, 2)
        file.close()
        response: HttpResponseBase = (
            from_proxy(name) if by_proxy else HttpResponse(headers={"Content-Length": str(size)})
        )
    else:
        response = FileResponse(file)
    response["Content-Type"] = TYPE
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Encoding"] = "identity"  # it is packed already; taken off at the door
    return response
