"""The only way by which the file of a presentation leaves the site."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from conference.once import asker
from conference.viewer import ANONYMOUS
from registration.downloading.file_answers import answer_file, answer_link, counts_as_download, mark_private
from registration.services.downloads import country_of, record_downloads, report_missing
from sessions.models import Presentation, PresentationFile


@require_safe
def download(request: HttpRequest, guid: UUID) -> HttpResponseBase:
    """The public version, to whoever the one rule allows; others who may know of it go to its page."""
    viewer = request.viewer  # type: ignore[attr-defined]
    presentations = Presentation.objects.select_related("current_file", "edition")
    presentation = presentations.downloadable_by(viewer).filter(guid=guid).first()
    if presentation and presentation.current_file:
        presentation.current_file.presentation = presentation
        for_everyone = viewer.user_id is None or is_for_everyone(presentation)
        return give(request, presentation.current_file, for_everyone=for_everyone)
    listed = get_object_or_404(Presentation.objects.listed_to(viewer), guid=guid)
    return mark_private(redirect(listed))


@require_safe
def download_version(request: HttpRequest, guid: UUID, version: UUID) -> HttpResponseBase:
    """Any version, to those who manage the presentation."""
    readable = PresentationFile.objects.readable_by(request.viewer)  # type: ignore[attr-defined]
    found = readable.select_related("presentation__edition").filter(guid=version, presentation__guid=guid)
    return give(request, get_object_or_404(found), for_everyone=False)


def is_for_everyone(presentation: Presentation) -> bool:
    """What a visitor may have too; asked of the one rule, unless the audience says no already."""
    if presentation.audience != Presentation.Audience.EVERYONE:
        return False
    return Presentation.objects.downloadable_by(ANONYMOUS).filter(pk=presentation.pk).exists()


def give(request: HttpRequest, version: PresentationFile, *, for_everyone: bool) -> HttpResponseBase:
    try:
        response = (
            answer_link(version) if version.link else answer_file(request, version, for_everyone=for_everyone)
        )
    except OSError:
        report_missing(version)
        context = {"presentation": version.presentation}
        return render(request, "registration/downloads/missing.html", context, status=404)
    if counts_as_download(request, response):
        record_downloads([version], country_of(request.user), asker(request))
    return response
