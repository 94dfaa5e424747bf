"""Badges of an edition: choose, see the first ones, have the file made, and say that it is printed."""

import logging
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from conference.admin.base import AnyAdmin, person
from conference.admin.edition_pages import EditionPage, Stage
from conference.admin.tasks import TITLES
from conference.models import Edition, Task
from conference.tasks import ask_for
from conference.typesetting import TypesettingFailed
from registration.badges.forms import BadgeForm, first_choice
from registration.badges.people import Bearer, bearers_of
from registration.badges.printing import KIND
from registration.badges.sheets import preview_of
from registration.services.badges import confirm_printed

TITLES[KIND] = gettext_lazy("Badges")
NAME = "conference_edition_badges"
MOST_SHOWN = 10
log = logging.getLogger(__name__)


class BadgesMixin(AnyAdmin):
    """Pages under /admin/conference/edition/<pk>/badges/."""

    def badges_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The choice stands in the address, so that the preview and the button speak of the same."""
        edition = self.badges_edition(request, pk)
        if request.method == "POST" and "printed" in request.POST:
            return self.badges_printed(request, edition, request.POST["printed"])
        form = form_of(request, edition)
        changed = changed_since(request, edition, form)
        if changed and changed.is_valid():
            return self.badges_shown(request)
        form = changed or form
        bearers = bearers_of(edition, form.choice()) if form.is_valid() else []
        if request.method == "POST" and bearers:
            return self.badges_asked(request, edition, form, len(bearers))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Badges"),
            "opts": self.opts,
            "original": edition,
            "media": self.media,
            "form": form,
            "bearers": bearers,
            "query": query_of(request),
            "made": made_by(request, edition),
        }
        return TemplateResponse(request, "admin/badges.html", context)

    def badges_shown(self, request: HttpRequest) -> HttpResponse:
        if "make" in request.POST:  # what nobody has looked at is not made
            self.message_user(request, _("This is what you chose last. Look at it, then make the file."))
        chosen = request.POST.copy()
        for name in ("csrfmiddlewaretoken", "make", "show"):
            chosen.pop(name, None)
        return redirect(f"{request.path}?{chosen.urlencode()}")

    def badges_asked(
        self, request: HttpRequest, edition: Edition, form: BadgeForm, count: int
    ) -> HttpResponse:
        choice = form.choice()
        task = ask_for(KIND, by=person(request), edition=edition, choice=choice.as_options())
        words = ngettext(
            "A file of %(count)s badge was asked for.", "A file of %(count)s badges was asked for.", count
        )
        self.log_change(request, edition, words % {"count": count})
        back = f"{reverse(f'admin:{NAME}', args=[edition.pk])}?{query_of(request)}"
        return redirect(f"{reverse('admin:task_page', args=[task.guid])}?{urlencode({'back': back})}")

    def badges_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        return badges_picture(request, self.badges_edition(request, pk))

    def badges_printed(self, request: HttpRequest, edition: Edition, guid: str) -> HttpResponse:
        task = next((one for one in made_by(request, edition) if str(one.guid) == guid), None)
        if task is None:
            raise Http404
        count = confirm_printed(task=task, by=person(request))
        words = ngettext("%(count)s badge is printed.", "%(count)s badges are printed.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
        self.log_change(request, edition, words % {"count": count})
        return redirect(f"admin:{NAME}", edition.pk)

    def badges_edition(self, request: HttpRequest, pk: int) -> Edition:
        if not may_print(request):
            raise PermissionDenied
        return get_object_or_404(Edition, pk=pk)


def may_print(request: HttpRequest) -> bool:
    """A file with so many names is an export."""
    return request.user.has_perm("registration.export_registration")


def form_of(request: HttpRequest, edition: Edition) -> BadgeForm:
    """What stands in the address; without anything there, what most will want."""
    return BadgeForm(request.GET if "design" in request.GET else first_choice(), edition=edition)


def changed_since(request: HttpRequest, edition: Edition, shown: BadgeForm) -> BadgeForm | None:
    """What was chosen in the form and is not what the address shows."""
    if "design" not in request.POST:
        return None
    form = BadgeForm(request.POST, edition=edition)
    is_same = form.is_valid() and shown.is_valid() and form.choice() == shown.choice()
    return None if is_same and "make" in request.POST else form


def query_of(request: HttpRequest) -> str:
    return request.GET.urlencode() if "design" in request.GET else urlencode(first_choice())


@never_cache
def badges_picture(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Invented people, as long as nobody is chosen."""
    form = form_of(request, edition)
    if not form.is_valid():
        raise Http404
    choice = form.choice()
    try:
        picture = preview_of(edition, choice, bearers_of(edition, choice) or samples())
    except TypesettingFailed as failed:
        log.error("The preview of badges failed: %s", failed)
        raise Http404 from failed
    return HttpResponse(picture, content_type="image/png")


def samples() -> list[Bearer]:
    long = "Maximiliane-Charlotte von Hohenstaufen-Wittelsbach"
    return [
        Bearer("Ada Lovelace", "", capfirst(_("speaker")), "University of London", "", "A" * 32),
        Bearer(long, "", "", "Sint-Lievenscollege", "", "B" * 32),
        Bearer("محمد عبد الرحمن الأنصاري", "", "", "", "", "C" * 32),
        Bearer("王小明", "", capfirst(_("helper"))),
    ]


def made_by(request: HttpRequest, edition: Edition) -> list[Task]:
    """The files of the last day, for whoever asked for them."""
    tasks = Task.objects.kept().filter(by=person(request), kind=KIND, edition=edition).order_by("-pk")
    return list(tasks[:MOST_SHOWN])


PAGES = [
    EditionPage(
        name=NAME,
        path="badges/",
        view=BadgesMixin.badges_view,
        stage=Stage.ON_THE_DAY,
        words=gettext_lazy("Badges"),
        may=may_print,
    ),
    EditionPage(name=f"{NAME}_preview", path="badges/preview.png", view=BadgesMixin.badges_preview),
]
