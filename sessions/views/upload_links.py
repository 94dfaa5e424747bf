"""The page behind a personal upload link: one session, no log-in, and nothing else of the site."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conference.limits import is_too_often
from sessions.collecting.links import given_by, link_of, note_use, whom_to_write_to
from sessions.exceptions import PresentationRefused
from sessions.forms import NewPresentationForm, VersionForm
from sessions.forms.promise import PromiseForm
from sessions.models import Presentation, UploadLink
from sessions.services import presentations as service
from sessions.views.desk import attempt, thanks
from sessions.views.desk_pages import wanted_status, with_progress

SPENT, PAGE = "sessions/collecting/spent.html", "sessions/collecting/upload.html"


@require_http_methods(["GET", "HEAD", "POST"])
def upload_by_link(request: HttpRequest, token: str) -> HttpResponse:
    response = answer_to(request, token)
    if not response.has_header("Cache-Control"):
        add_never_cache_headers(response)
    # Never the token; but "no-referrer" would also take away the Origin, without which the form is refused.
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def answer_to(request: HttpRequest, token: str) -> HttpResponse:
    if is_too_often(request, "upload_link"):
        response = render(request, SPENT, {"is_too_often": True}, status=429)
        response["Retry-After"] = "3600"
        return response
    link = link_of(token)
    if not link:
        return render(request, SPENT, {"contact": whom_to_write_to(token)}, status=410)
    request.edition = link.session.edition  # type: ignore[attr-defined]
    with timezone.override(link.session.edition.zone):
        return Sent(request, link, token).answer()


class Sent:
    """What came to the page of a link, and the forms with which it answers."""

    def __init__(self, request: HttpRequest, link: UploadLink, token: str) -> None:
        self.request, self.link, self.token = request, link, token
        self.form = request.POST.get("form", "new") or "new" if request.method == "POST" else ""
        self.replaced = self.own().filter(guid=guid).first() if (guid := self.asked_guid()) else None

    def asked_guid(self) -> UUID | None:
        try:
            return UUID(self.request.POST.get("presentation") or self.request.GET.get("presentation", ""))
        except ValueError:
            return None

    def own(self) -> Any:
        return given_by(self.link)

    def answer(self) -> HttpResponse:
        forms = self.forms()
        status = self.step(forms) if self.form else 200
        if not status:
            note_use(link=self.link)
            return redirect(self.request.path)
        return self.show(forms, status)

    def forms(self) -> dict[str, Any]:
        """Bound is only the one that was sent."""
        session, sent = self.link.session, (self.request.POST, self.request.FILES)
        blank = Presentation(
            session=session, edition=session.edition, language=session.language or get_language()
        )
        return {
            "new": NewPresentationForm(*sent if self.form == "new" else (), instance=blank),
            "version": VersionForm(*sent if self.form == "version" else ()),
            "promise": PromiseForm(self.request.POST if self.form == "promise" else None, session=session),
        }

    def step(self, forms: dict[str, Any]) -> int:
        """The status of the page that shows what is wrong; 0 when all is well."""
        if self.form == "promise":
            return self.promised(forms["promise"])
        if self.form == "submit":
            return self.submitted()
        if self.form == "version" and not self.replaced:
            return self.refused()
        wanted = forms["version" if self.form == "version" else "new"]
        limit = {"limit": "upload_by_link", "key": self.link.digest}
        return attempt(self.request, wanted, lambda: self.store(wanted), **limit)

    def refused(self) -> int:
        """While the form was open it was withdrawn, or it was never one of theirs."""
        refusal = _("This presentation is withdrawn. Ask the organisers to bring it back.")
        messages.error(self.request, refusal)
        return 0

    def store(self, form: Any) -> None:
        status = wanted_status(self.request)
        shared: dict[str, Any] = {"by": None, "upload_link": self.link, "status": status, **form.source()}
        if self.replaced and self.form == "version":
            service.add_version(presentation=self.replaced, **shared)
        else:
            service.add_presentation(session=self.link.session, **shared, **form.details())
        messages.success(self.request, thanks(status))

    def submitted(self) -> int:
        version = self.replaced.versions.order_by("-number").first() if self.replaced else None
        try:
            if version:
                service.submit_version(version=version)
                messages.success(self.request, thanks("submitted"))
        except PresentationRefused as refusal:
            messages.error(self.request, str(refusal))
        return 0

    def promised(self, form: PromiseForm) -> int:
        if not form.keep():
            return 422
        messages.success(self.request, _("Thank you. The organisers know it now."))
        return 0

    def show(self, forms: dict[str, Any], status: int) -> HttpResponse:
        context = {
            "link": self.link,
            "token": self.token,
            "session": self.link.session,
            "replaced": self.replaced if self.form in ("", "version") else None,
            "given": with_progress(self.own().prefetch_related("versions__preview")),
            **forms,
        }
        response = render(self.request, PAGE, context, status=status)
        if status == 429:
            response["Retry-After"] = "3600"
        return response
