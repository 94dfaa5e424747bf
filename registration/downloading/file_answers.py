"""The bytes of one version as an answer: a safe attachment, whole or in part, from us or from the proxy."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import BinaryIO, cast

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from registration.downloading.handing_over import (
    from_object_store,
    from_proxy,
    is_in_object_store,
    others_send,
)
from registration.downloading.ranges import ByteRange, NotSatisfiable, asked_range
from sessions.files.names import content_disposition
from sessions.models import PresentationFile
from sessions.services.checking import is_sound

BLOCK = 64 * 1024
ANY_TYPE = "application/octet-stream"
LOOKS = ("bytes=0-0", "bytes=0-1")  # by which programs find out whether a file comes in parts
# Nothing inside an uploaded file may run on our origin, whatever a browser takes it for.
SANDBOX = "default-src 'none'; sandbox"


def answer_link(version: PresentationFile) -> HttpResponse:
    response = HttpResponseRedirect(version.link)
    response["Referrer-Policy"] = "no-referrer"
    return mark_private(response)


def answer_file(request: HttpRequest, version: PresentationFile, *, for_everyone: bool) -> HttpResponseBase:
    """Raises OSError when the file is not on disk, or not as it came: nobody has looked at what it is now."""
    if not is_sound(version):
        raise FileNotFoundError(version.file.name)
    if is_in_object_store():
        return answer_from_store(request, version)
    etag = f'"{version.sha256}"' if for_everyone and version.sha256 else ""
    response = not_modified(request, etag) or body(request, version, etag)
    if etag:
        response["ETag"] = etag
    if for_everyone:
        response["Cache-Control"] = "public, max-age=60"
        return response
    return mark_private(response)


def answer_from_store(request: HttpRequest, version: PresentationFile) -> HttpResponseBase:
    """The way to it, which is nobody else's and soon leads nowhere: it is kept by nobody, whatever the file is."""
    if request.method == "HEAD":  # the address is for taking the file only
        return mark_private(dress(HttpResponse(headers={"Content-Length": str(version.size)}), version))
    return mark_private(
        from_object_store(
            version.file.name or "",
            content_type=version.content_type or ANY_TYPE,
            file_name=version.original_name,
        )
    )


def mark_private(response):
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response


def not_modified(request: HttpRequest, etag: str) -> HttpResponse | None:
    known = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    return HttpResponseNotModified() if etag and (etag in known or "*" in known) else None


def body(request: HttpRequest, version: PresentationFile, etag: str) -> HttpResponseBase:
    file = cast(BinaryIO, version.file.open("rb"))
    try:
        size = version.file.size
        part = wanted_part(request, size, etag)
    except NotSatisfiable:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if others_send():
        file.close()
        response: HttpResponseBase = from_proxy(version.file.name or "")
    elif request.method == "HEAD":
        file.close()
        response = HttpResponse(headers={"Content-Length": str(size)})
    else:
        response = partial(file, part, size) if part else whole(file)
    return dress(response, version)


def wanted_part(request: HttpRequest, size: int, etag: str) -> ByteRange | None:
    """A part only when the client's other parts are of this very file."""
    known = request.headers.get("If-Range")
    if request.method != "GET" or others_send() or (known and known != etag):
        return None
    return asked_range(request.headers.get("Range", ""), size)


def whole(file: BinaryIO) -> FileResponse:
    response = FileResponse(file)
    response.block_size = BLOCK
    return response


def partial(file: BinaryIO, part: ByteRange, size: int) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces(file, part), status=206)
    response["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    response["Content-Length"] = str(part.length)
    # As FileResponse does with its file.
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    return response


def pieces(file: BinaryIO, part: ByteRange) -> Iterator[bytes]:
    file.seek(part.first)
    left = part.length
    while left and (piece := file.read(min(BLOCK, left))):
        left -= len(piece)
        yield piece


def dress(response: HttpResponseBase, version: PresentationFile) -> HttpResponseBase:
    """The name and type we found out ourselves, and no way to run."""
    response["Content-Type"] = version.content_type or ANY_TYPE
    response["Content-Disposition"] = content_disposition(version.original_name)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Encoding"] = (
        "identity"  # keeps the compressing middleware from it; taken off at the door
    )
    if not others_send():
        response["Accept-Ranges"] = "bytes"
    return response


def counts_as_download(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether somebody takes the file: not by a look at its headers or its first bytes, nor by its later parts."""
    if request.method != "GET" or response.status_code not in (200, 206, 302):
        return False
    asked = request.headers.get("Range", "").replace(" ", "")
    if response.status_code == HTTPStatus.PARTIAL_CONTENT:
        return response["Content-Range"].startswith("bytes 0-") and asked not in LOOKS
    if others_send() and asked.startswith("bytes="):  # and cut the file, so only the question tells
        return asked.startswith("bytes=0-") and asked not in LOOKS
    return True
