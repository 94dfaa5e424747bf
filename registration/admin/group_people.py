"""The page on which an organiser deals people out, moves them, merges small groups, and publishes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import AnyAdmin
from registration.exceptions import Refusal
from registration.groups import services
from registration.groups.overview import overview_of
from registration.models import Group, GroupPlan

TEMPLATE = "admin/groups/people.html"


class GroupPeopleMixin(AnyAdmin):
    """Adds the page to the admin of plans; names of people stand on it, so it asks for more than the plan does."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.people_view)
        return [path("<int:pk>/people/", view, name="registration_groupplan_people"), *super().get_urls()]

    def may_see_people(self, request: HttpRequest) -> bool:
        return request.user.has_perm("registration.change_groupplace")

    def people_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.may_see_people(request):
            raise PermissionDenied
        plan = get_object_or_404(GroupPlan.objects.select_related("session__edition"), pk=pk)
        if request.method == "POST":
            self.people_step(request, plan)
            return redirect("admin:registration_groupplan_people", plan.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("People and groups"),
            "original": plan,
            "overview": overview_of(plan),
        }
        return TemplateResponse(request, TEMPLATE, context)

    def people_step(self, request: HttpRequest, plan: GroupPlan) -> None:
        """The button names the step, and of some steps the group: merge-7."""
        name, _dash, key = request.POST.get("step", "").partition("-")
        if name not in STEPS:
            raise Http404
        try:
            words = STEPS[name](request, plan, key)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return
        self.log_change(request, plan, str(words))
        self.message_user(request, words, messages.SUCCESS)


def group_of(plan: GroupPlan, key: str | None) -> Group:
    """One of this plan's groups, or nothing is there."""
    asked = int(key) if key and key.isdecimal() and len(key) < 19 else 0
    return get_object_or_404(plan.groups.all(), pk=asked)


def deal_anew(request: HttpRequest, plan: GroupPlan, key: str) -> Any:
    services.deal_out(plan=plan, anew=True)
    return _("Everybody is dealt out, but for those you placed by hand.")


def deal_latecomers(request: HttpRequest, plan: GroupPlan, key: str) -> Any:
    services.deal_out(plan=plan)
    return _("Whoever came since has a group, and whoever left has none.")


def publish(request: HttpRequest, plan: GroupPlan, key: str) -> Any:
    count = services.publish(plan=plan)
    words = ngettext(
        "The groups are published: people see theirs. %(count)s mail is on its way.",
        "The groups are published: people see theirs. %(count)s mails are on their way.",
        count,
    )
    return words % {"count": count}


def tell_moved(request: HttpRequest, plan: GroupPlan, key: str) -> Any:
    count = services.tell_moved(plan=plan)
    words = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", count)
    return words % {"count": count}


def take_back(request: HttpRequest, plan: GroupPlan, key: str) -> Any:
    services.take_back(plan=plan)
    return _("Nobody sees the groups any more.")


def merge(request: HttpRequest, plan: GroupPlan, key: str) -> Any:
    group, into = group_of(plan, key), group_of(plan, request.POST.get(f"into-{key}"))
    services.merge(group=group, into=into)
    return _("“%(group)s” now sits with “%(into)s”.") % {"group": group, "into": into}


def undo(request: HttpRequest, plan: GroupPlan, key: str) -> Any:
    group = group_of(plan, key)
    services.undo_merge(group=group)
    return _("“%(group)s” sits by itself again.") % {"group": group}


def move(request: HttpRequest, plan: GroupPlan, key: str) -> Any:
    to = request.POST.get("to")
    group = None if to == "answer" else group_of(plan, to)
    asked = [int(pk) for pk in request.POST.getlist("people") if pk.isdecimal() and len(pk) < 19]
    count = services.move(plan=plan, registrations=asked, group=group)
    words = ngettext("%(count)s person moved.", "%(count)s people moved.", count)
    return words % {"count": count}


STEPS = {
    "deal": deal_anew,
    "late": deal_latecomers,
    "publish": publish,
    "tell": tell_moved,
    "hide": take_back,
    "merge": merge,
    "undo": undo,
    "move": move,
}
