"""The board of missing presentations: who still owes some, who is asked for them and when, by which links they come."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import AnyAdmin, person
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition
from sessions.admin.slides_steps import STEPS, take_link_step
from sessions.collecting.board import board_of, row_for
from sessions.collecting.mails import example
from sessions.collecting.people import round_of
from sessions.collecting.reminding import remind
from sessions.collecting.states import Asked
from sessions.exceptions import LinkRefused, PromiseRefused
from sessions.forms.slides import BulkForm, ReminderForm
from sessions.models import Session

BOARD, REMIND, ITEM = (
    "conference_edition_slides",
    "conference_edition_slides_remind",
    "conference_edition_slides_item",
)


class SlidesMixin(AnyAdmin):
    """Pages under /admin/conference/edition/<pk>/slides/ for the edition's admin."""

    def slides_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.slides_edition(request, pk)
        with timezone.override(edition.zone):
            forms = {"bulk": BulkForm(), "reminder": ReminderForm(edition=edition)}
            if request.method == "POST":
                step = STEPS.get(request.POST.get("form", ""), STEPS["bulk"])
                refused = step(self, request, edition)
                if not refused:
                    return redirect(request.get_full_path())
                forms |= refused
            asked = Asked.from_query(request.GET)
            context = {
                "board": board_of(edition, asked),
                "reminders": edition.slides_reminders.all(),  # type: ignore[attr-defined]
                "owing": len(round_of(edition).asked),
                **forms,
            }
            return self.slides_page(request, "board", edition, _("Missing presentations"), **context)

    def slides_remind_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says first whom it would reach, and with which words."""
        edition = self.slides_edition(request, pk)
        if request.method == "POST":
            count = len(remind(edition=edition, by=person(request)).asked)
            words = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count)
            self.log_change(
                request, edition, _("Speakers were asked for presentations (%(count)s).") % {"count": count}
            )
            self.message_user(request, words % {"count": count}, messages.SUCCESS)
            return redirect(f"admin:{BOARD}", edition.pk)
        with timezone.override(edition.zone):
            found = round_of(edition)
            sample = example(found.asked[0], edition) if found.asked else ""
            context = {"found": found, "sample": sample}
            return self.slides_page(request, "remind", edition, _("Remind those who have not"), **context)

    def slides_item_view(self, request: HttpRequest, pk: int, session: UUID) -> HttpResponse:
        """One session: who brings its presentations, and their upload links."""
        edition = self.slides_edition(request, pk)
        found = get_object_or_404(Session.objects.filter(edition=edition), guid=session)
        if request.method == "POST":
            self.slides_link_pressed(request, found)
            return redirect(request.get_full_path())
        with timezone.override(edition.zone):
            context = {"session": found, "row": row_for(found)}
            return self.slides_page(request, "item", edition, found.title, **context)

    def slides_link_pressed(self, request: HttpRequest, session: Session) -> None:
        try:
            words = take_link_step(request, session)
        except (LinkRefused, PromiseRefused) as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            self.log_change(request, session.edition, f"{session}: {words}")
            self.message_user(request, words, messages.SUCCESS)

    def slides_edition(self, request: HttpRequest, pk: int) -> Edition:
        if not may_collect(request):
            raise PermissionDenied
        return get_object_or_404(Edition, pk=pk)

    def slides_page(
        self, request: HttpRequest, name: str, edition: Edition, title: Any, **context: Any
    ) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "edition": edition,
            "title": title,
        }
        return TemplateResponse(request, f"admin/slides/{name}.html", {**shared, **context}).render()


def may_collect(request: HttpRequest) -> bool:
    return request.user.has_perm("conference_sessions.change_presentation")


PAGES = [
    EditionPage(
        name=BOARD,
        path="slides/",
        view=SlidesMixin.slides_view,
        stage=Stage.PROGRAMME,
        words=_("Missing presentations"),
        may=may_collect,
    ),
    EditionPage(name=REMIND, path="slides/remind/", view=SlidesMixin.slides_remind_view),
    EditionPage(name=ITEM, path="slides/<uuid:session>/", view=SlidesMixin.slides_item_view),
]
