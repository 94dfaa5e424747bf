"""A pack as an answer: streamed while it is made, of a known length, and in parts when a download goes on."""

from http import HTTPStatus
from typing import BinaryIO, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from conference.limits import is_too_often, was_too_often
from conference.models import Task
from registration.downloading.file_answers import SANDBOX, mark_private, not_modified, partial, whole
from registration.downloading.handing_over import from_object_store, from_proxy, is_in_object_store
from registration.downloading.ranges import ByteRange, NotSatisfiable, asked_range
from registration.packs.contents import Packed
from sessions.files.names import content_disposition

ZIP = "application/zip"


def is_limited(request: HttpRequest) -> bool:
    """Each new pack counts for the person, or for a visitor's address; going on with one has its own limit."""
    return is_too_often(request, limit_of(request))


def was_limited(request: HttpRequest) -> bool:
    """The same before the pack is put together, which is most of its cost; it counts once there is one to send."""
    return was_too_often(request, limit_of(request))


def limit_of(request: HttpRequest) -> str:
    asked = request.headers.get("Range", "").strip()
    if request.method == "HEAD" or not (asked == "" or asked.startswith("bytes=0-")):
        return "pack_part"
    return "pack" if request.user.is_authenticated else "pack_of_visitor"


def answer_pack(request: HttpRequest, packed: Packed) -> HttpResponseBase:
    etag, size = f'"{packed.etag}"', packed.zip.size
    response: HttpResponseBase | None = not_modified(request, etag)
    try:
        response = response or body(request, packed, wanted_part(request, etag, size))
    except NotSatisfiable:
        response = HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{size}"}
        )
    response["ETag"] = etag
    return dress(response, packed.file_name)


def wanted_part(request: HttpRequest, etag: str, size: int) -> ByteRange | None:
    """A part only of the very pack of which the client has the others."""
    known = request.headers.get("If-Range")
    if request.method != "GET" or (known and known != etag):
        return None
    return asked_range(request.headers.get("Range", ""), size)


def body(request: HttpRequest, packed: Packed, part: ByteRange | None) -> HttpResponseBase:
    size = packed.zip.size
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(size)})
    if part is None:
        pieces = packed.zip.pieces()
        return StreamingHttpResponse(pieces, headers={"Content-Length": str(size)})
    pieces = packed.zip.pieces(part.first, part.last)
    headers = {
        "Content-Length": str(part.length),
        "Content-Range": f"bytes {part.first}-{part.last}/{size}",
    }
    return StreamingHttpResponse(pieces, status=HTTPStatus.PARTIAL_CONTENT, headers=headers)


def answer_kept(request: HttpRequest, task: Task, etag: str) -> HttpResponseBase:
    """A pack that was made before, from us or from the proxy; raises OSError when it is not on disk."""
    etag, name = f'"{etag}"', task.file_name
    if is_in_object_store() and request.method == "GET":
        task.file.size  # noqa: B018  whoever comes too late hears it from us
        return mark_private(from_object_store(task.file.name or "", content_type=ZIP, file_name=name))
    file = cast(BinaryIO, task.file.open("rb"))
    response: HttpResponseBase
    try:
        part = wanted_part(request, etag, task.file.size)
    except NotSatisfiable:
        file.close()
        headers = {"Content-Range": f"bytes */{task.file.size}"}
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    if settings.X_ACCEL_PREFIX and not is_in_object_store():
        file.close()
        response = from_proxy(task.file.name or "")
    elif request.method == "HEAD":
        file.close()
        response = HttpResponse(headers={"Content-Length": str(task.file.size)})
    else:
        response = partial(file, part, task.file.size) if part else whole(file)
    response["ETag"] = etag
    return dress(response, name)


def dress(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Type"] = ZIP
    response["Content-Disposition"] = content_disposition(name)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Accept-Ranges"] = "bytes"
    response["Content-Encoding"] = "identity"  # nobody packs it again; taken off at the door
    return mark_private(response)
