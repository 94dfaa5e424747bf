"""References to take along: BibTeX, RIS and CSL-JSON of a presentation or a publication."""

import json
from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sessions.library import citing
from sessions.library.works import work_of, work_of_publication
from sessions.models import Presentation
from sessions.publications.source import visible_to

Write = Callable[[citing.Work], str]
# By the end of the address: the type, as registered or as programs know it, and who writes it.
FORMATS: dict[str, tuple[str, Write]] = {
    "bib": ("application/x-bibtex; charset=utf-8", citing.bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", citing.ris),
    "json": (
        "application/vnd.citationstyles.csl+json",
        lambda work: json.dumps([citing.csl(work)], ensure_ascii=False, indent=1),
    ),
}


@require_safe
def cite(request: HttpRequest, guid: UUID, ending: str) -> HttpResponse:
    """Of a presentation that this viewer finds listed; the file itself is another question."""
    listed = Presentation.objects.listed_to(request.viewer)  # type: ignore[attr-defined]
    found = get_object_or_404(listed.for_page().prefetch_related("topics"), guid=guid)
    return reference(work_of(found), ending)


@require_safe
def cite_publication(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    found = get_object_or_404(visible_to(request.viewer), slug=slug)  # type: ignore[attr-defined]
    return reference(work_of_publication(found), ending)


def reference(work: citing.Work, ending: str) -> HttpResponse:
    if ending not in FORMATS:
        raise Http404
    content_type, write = FORMATS[ending]
    name = f"{citing.cite_key(work)}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(work), content_type=content_type, headers=headers)
