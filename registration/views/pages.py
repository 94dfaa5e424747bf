"""The only way by which the picture of a page leaves the site."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from registration.downloading.pictures import answer_picture
from registration.services.downloads import report_missing_picture
from sessions.models import Presentation, PresentationFile
from sessions.previews.access import is_open, is_open_to_everyone, with_pages_open
from sessions.previews.pages import COVER, SIZES
from sessions.previews.viewing import made_preview


@require_safe
def page_picture(request: HttpRequest, guid: UUID, number: int, size: int) -> HttpResponseBase:
    """Of the public version, to whoever sees that page; a cover shows what the first page shows."""
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = Presentation.objects.filter(guid=guid).select_related("current_file__preview")
    found = with_pages_open(rows, viewer).first()
    preview = found and made_preview(found)
    page = 1 if number == COVER else number
    if not found or not preview or size not in SIZES or page > preview.page_count:
        raise Http404
    if not is_open(page, found.pages_open):  # type: ignore[attr-defined]
        raise Http404
    for_everyone = viewer.user_id is None or is_open_to_everyone(found, page)
    try:
        return answer_picture(request, preview, number, size, for_everyone=for_everyone)
    except OSError as missing:
        report_missing_picture(found.current_file, number)
        raise Http404 from missing


@require_safe
def version_picture(
    request: HttpRequest, guid: UUID, version: UUID, number: int, size: int
) -> HttpResponseBase:
    """Of any version, to those who may have that version whole."""
    readable = PresentationFile.objects.readable_by(request.viewer)  # type: ignore[attr-defined]
    rows = readable.select_related("preview").filter(guid=version, presentation__guid=guid)
    wanted = get_object_or_404(rows)
    preview = wanted.preview
    if not preview or size not in SIZES or number > preview.page_count:
        raise Http404
    try:
        return answer_picture(request, preview, number, size, for_everyone=False)
    except OSError as missing:
        report_missing_picture(wanted, number)
        raise Http404 from missing
