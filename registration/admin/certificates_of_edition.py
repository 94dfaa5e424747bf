"""The certificates of an edition: who would get one and why the others would not, and the button that issues them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin, person
from conference.admin.edition_pages import EditionPage, Stage
from conference.admin.tasks import TITLES
from conference.models import Edition
from conference.tasks import ask_for
from registration.admin.certificates import may_issue
from registration.certificates.candidates import candidates, rule_of
from registration.certificates.tasks import FILES, ISSUE

PAGE = "conference_edition_certificates"
TITLES[ISSUE] = _("Issue certificates")
TITLES[FILES] = _("Certificates as files")


class CertificatesMixin(AnyAdmin):
    """The page under /admin/conference/edition/<pk>/certificates/ for the edition's admin."""

    def certificates_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_issue(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        if request.method == "POST":
            return self._certificates_asked(request, edition)
        found = candidates(edition)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Certificates"),
            "edition": edition,
            "rule": rule_of(edition),
            "due": [one for one in found if one.is_due],
            "others": [one for one in found if not one.is_due],
            "is_over": edition.phase() == "after",
            "valid": sum(1 for one in found if one.certificate and not one.certificate.revoked_at),
        }
        return TemplateResponse(request, "admin/certificates/edition.html", context)

    def _certificates_asked(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        """Both are long: the worker does them, and its page says how far it is."""
        back = reverse(f"admin:{PAGE}", args=[edition.pk])
        kind = request.POST.get("action")
        if kind not in (ISSUE, FILES):
            self.message_user(request, _("Nothing was asked for."), messages.WARNING)
            return redirect(back)
        task = ask_for(kind, by=person(request), edition=edition)
        if kind == ISSUE:
            self.log_change(request, edition, str(TITLES[ISSUE]))
        return redirect(f"{reverse('admin:task_page', args=[task.guid])}?back={back}")


PAGES = [
    EditionPage(
        name=PAGE,
        path="certificates/",
        view=CertificatesMixin.certificates_view,
        stage=Stage.AFTERWARDS,
        words=_("Certificates"),
        may=may_issue,
    )
]
