"""Releasing the timetable from the admin: what it changes, what forbids it, what to think of; and all conflicts."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import AnyAdmin, person
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition
from sessions.changes import KINDS, words_of
from sessions.conflicts import RULES, Conflict, find_conflicts
from sessions.exceptions import ReleaseRefused
from sessions.services.timetable import NextRelease, next_release, release_seen

MANY = 40  # lines; more are folded away under how many they are
RELEASE, CONFLICTS = "conference_edition_release", "conference_edition_conflicts"


class ReleaseForm(forms.Form):
    note = forms.CharField(
        label=_("What changed"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("One sentence for the public: it stands above the list of changes, in the feed and in mails."),
    )  # fmt: skip
    is_wanted = forms.BooleanField(
        label=_("Release although nothing changed"), required=False,
        help_text=_("The public gets a new number and no other timetable."),
    )  # fmt: skip

    def __init__(self, *args: Any, next_one: NextRelease, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_same = next_one.is_same
        if not self.is_same:
            del self.fields["is_wanted"]

    def clean_is_wanted(self) -> bool:
        if not self.cleaned_data["is_wanted"]:
            raise forms.ValidationError(
                _("Nothing changed since the last release. Tick this if you want one anyway.")
            )
        return True


@dataclass(frozen=True)
class Group:
    """The conflicts of one rule, as a page lists them."""

    name: Any
    conflicts: list[Conflict]
    is_long: bool


class ReleasingMixin(AnyAdmin):
    """Pages under /admin/conference/edition/<pk>/ for the edition's admin."""

    def release_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self._edition_if(may_release(request), request, pk)
        next_one = next_release(edition)
        form = ReleaseForm(request.POST or None, next_one=next_one)
        if form.is_valid():
            try:
                return self._released(request, edition, form.cleaned_data["note"])
            except ReleaseRefused as refusal:
                form.add_error(None, str(refusal))
                next_one = next_release(edition)  # it may be another one than a moment ago
        context = {**release_context(edition, next_one), "button": _("Release")}
        return self._show(request, "release", edition, _("Release the timetable"), form=form, **context)

    def _released(self, request: HttpRequest, edition: Edition, note: str) -> HttpResponse:
        seen = request.POST.get("seen", "")
        release = release_seen(edition=edition, by=person(request), seen=seen, note=note)
        self.log_change(request, edition, _("Timetable released (%(number)s).") % {"number": release.number})
        self.message_user(request, _("The timetable is released."), messages.SUCCESS)
        return redirect("admin:conference_edition_change", edition.pk)

    def conflicts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self._edition_if(may_see_conflicts(request), request, pk)
        context = {**groups_of(find_conflicts(edition)), "may_release": may_release(request)}
        return self._show(request, "conflicts", edition, _("Conflicts of the draft"), **context)

    def _edition_if(self, is_allowed: bool, request: HttpRequest, pk: int) -> Edition:
        if not is_allowed:
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _show(
        self, request: HttpRequest, name: str, edition: Edition, title: Any, **context: Any
    ) -> TemplateResponse:
        shared = {"opts": self.opts, "original": edition, "title": title, "media": self.media}
        return TemplateResponse(
            request,
            f"admin/releasing/{name}.html",
            {**self.admin_site.each_context(request), **shared, **context},
        )


def may_release(request: HttpRequest) -> bool:
    return request.user.has_perm("conference_sessions.add_release")


def may_see_conflicts(request: HttpRequest) -> bool:
    return request.user.has_perm("conference_sessions.change_slot")


def release_context(edition: Edition, next_one: NextRelease) -> dict[str, Any]:
    lines = [words_of(change, edition.zone) for change in next_one.changes]
    return {
        "seen": next_one.seen,
        "is_same": next_one.is_same,
        "last": next_one.last,
        "summary": summary_of(next_one),
        "lines": lines,
        "is_long": len(lines) > MANY,
        **groups_of(find_conflicts(edition)),
    }


def summary_of(next_one: NextRelease) -> list[str]:
    """How much of each kind changes, in words."""
    kinds = [change.kind for change in next_one.changes]
    found = {kind: kinds.count(kind) for kind in KINDS} | {"names": next_one.other_names}
    return [counted(kind, count) for kind, count in found.items() if count]


def counted(kind: str, count: int) -> str:
    words: dict[str, str] = {
        "added": ngettext("%(count)s time is added", "%(count)s times are added", count),
        "moved": ngettext("%(count)s is moved", "%(count)s are moved", count),
        "renamed": ngettext("%(count)s is renamed", "%(count)s are renamed", count),
        "cancelled": ngettext("%(count)s is cancelled", "%(count)s are cancelled", count),
        "names": ngettext("%(count)s has other speakers", "%(count)s have other speakers", count),
    }
    return words[kind] % {"count": count}


def groups_of(conflicts: list[Conflict]) -> dict[str, list[Group]]:
    """By rule, apart for those that forbid a release and those that only warn."""
    found: dict[bool, dict[str, list[Conflict]]] = {True: {}, False: {}}
    for conflict in conflicts:
        found[conflict.is_blocking].setdefault(conflict.rule, []).append(conflict)
    blocking, warnings = (
        [Group(RULES[rule].name, some, len(some) > MANY) for rule, some in found[is_blocking].items()]
        for is_blocking in (True, False)
    )
    return {"blocking": blocking, "warnings": warnings}


PAGES = [
    EditionPage(
        name=CONFLICTS,
        path="conflicts/",
        view=ReleasingMixin.conflicts_view,
        stage=Stage.PROGRAMME,
        words=_("Conflicts"),
        may=may_see_conflicts,
    ),
    EditionPage(
        name=RELEASE,
        path="release/",
        view=ReleasingMixin.release_view,
        stage=Stage.PROGRAMME,
        words=_("Release the timetable"),
        may=may_release,
    ),
]
