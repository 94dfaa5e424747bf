"""Public pictures (portraits, logos), all re-encoded by us; a proxy may take this over."""

import mimetypes

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

PICTURES = {"image/jpeg", "image/png", "image/webp"}


def serve(request: HttpRequest, name: str) -> HttpResponseBase:
    content_type = mimetypes.guess_type(name)[0]
    try:
        if content_type not in PICTURES:
            raise Http404
        response = FileResponse(default_storage.open(name), content_type=content_type)
    except (SuspiciousFileOperation, OSError, ValueError) as problem:
        raise Http404 from problem
    response["Cache-Control"] = "public, max-age=86400"
    response["X-Content-Type-Options"] = "nosniff"
    return response
