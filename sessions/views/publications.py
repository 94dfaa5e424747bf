"""Publications on the web: the contents for everybody, a page for each chapter, and its pictures."""

from itertools import pairwise
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from conference import errors
from conference.limits import is_too_often, was_too_often
from conference.viewer import ANONYMOUS
from sessions.booklet.shelf import ComeBackLater, opened
from sessions.files.names import content_disposition
from sessions.models import Publication, PublicationPart
from sessions.previews.covers import Told, address_of
from sessions.publications.pdf import pdf_of
from sessions.publications.source import Book, Chapter, book_of, is_open_to, visible_to


@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    found = visible_to(request.viewer).select_related("series")  # type: ignore[attr-defined]
    return render(request, "sessions/publications/list.html", {"publications": found})


@require_safe
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Title, introduction and contents; what an account opens says so."""
    book = book_asked(request, slug, covers_by=address_of)
    return render(request, "sessions/publications/publication.html", {**around(request, book)})


@require_safe
def chapter(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    book = book_asked(request, slug, covers_by=address_of)
    found = next((one for one in book.chapters if one.part and one.part.pk == pk), None)
    if found is None:
        raise Http404
    context = {**around(request, book), "chapter": found, **neighbours(book, found)}
    return render(request, "sessions/publications/chapter.html", context)


@require_safe
def picture(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """To whoever may read the part it belongs to; it has no address of its own."""
    viewer = request.viewer  # type: ignore[attr-defined]
    parts = PublicationPart.objects.filter(publication__in=visible_to(viewer).filter(slug=slug))
    part = get_object_or_404(parts.select_related("publication"), pk=pk, kind=PublicationPart.Kind.PICTURE)
    if not is_open_to(part, viewer):
        raise Http404
    try:
        response = FileResponse(part.picture.open("rb"))
    except OSError as missing:
        raise Http404 from missing
    if part.publication.is_published and is_open_to(part, ANONYMOUS):
        response["Cache-Control"] = "public, max-age=300"
    else:
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Cookie"])
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def book_asked(request: HttpRequest, slug: str, *, covers_by: Told | None = None) -> Book:
    viewer = request.viewer  # type: ignore[attr-defined]
    found = get_object_or_404(
        visible_to(viewer).select_related("series").prefetch_related("themes"), slug=slug
    )
    return book_of(found, viewer, covers_by=covers_by)


def around(request: HttpRequest, book: Book) -> dict[str, Any]:
    """What every page of a publication needs."""
    return {
        "book": book,
        "publication": book.publication,
        "contents": [{"chapter": one, "url": book.address_of(one)} for one in book.chapters],
        "preview": not book.publication.is_published,
        "is_logged_in": bool(request.viewer.user_id),  # type: ignore[attr-defined]
    }


def neighbours(book: Book, chapter: Chapter) -> dict[str, Any]:
    pairs = list(pairwise(book.chapters))
    before = next((one for one, other in pairs if other is chapter), None)
    after = next((other for one, other in pairs if one is chapter), None)
    return {
        "before": before and {"chapter": before, "url": book.address_of(before)},
        "after": after and {"chapter": after, "url": book.address_of(after)},
    }


@require_safe
def publication_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What everybody may read; with an account, what an account opens."""
    viewer = request.viewer  # type: ignore[attr-defined]
    found = get_object_or_404(visible_to(viewer).select_related("series"), slug=slug)
    limit = "publication_pdf_of_visitor" if viewer.user_id is None else "publication_pdf"
    if was_too_often(request, limit):
        return errors.too_many_requests(request)
    try:
        file = opened(pdf_of(found, viewer))
    except ComeBackLater as wait:  # which counts for nobody
        return come_back(request, found, wait)
    if is_too_often(request, limit):
        file.close()
        return errors.too_many_requests(request)
    answer = FileResponse(file, content_type="application/pdf")
    name = content_disposition(f"{found.slug}.pdf").replace("attachment", "inline", 1)
    answer["Content-Disposition"] = name
    answer["Content-Encoding"] = "identity"  # compressed inside; taken off at the door
    if viewer.user_id is None:
        answer["Cache-Control"] = "public, max-age=0, s-maxage=60"
    else:
        answer["Cache-Control"] = "private, no-store"
    patch_vary_headers(answer, ["Cookie"])
    return answer


def come_back(request: HttpRequest, found: Publication, wait: ComeBackLater) -> HttpResponse:
    """It is being made, or could not be: the page asks again by itself, without a script."""
    context = {"publication": found, "has_failed": wait.has_failed}
    answer = render(request, "sessions/publications/waiting.html", context, status=503)
    answer["Retry-After"] = answer["Refresh"] = str(wait.seconds)
    answer["Cache-Control"] = "no-store"
    return answer
