"""What the programme adds to an edition's form: its tracks, and releasing the timetable."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationTabularInline

from conference.admin.asking import asking_page
from conference.admin.base import person
from conference.admin.editions import EditionAdmin
from conference.models import Edition
from sessions.admin.states import lacking
from sessions.models import Session, Slot, Track
from sessions.services.timetable import release_timetable


class TrackInline(TranslationTabularInline):
    model = Track
    fields = ["name", "slug", "hue", "position"]
    prepopulated_fields = {"slug": ["name"]}
    extra = 0


class ReleaseForm(forms.Form):
    note = forms.CharField(
        label=_("What changed"), max_length=300, required=False, help_text=_("Kept with the release.")
    )


class ProgrammeEditionAdmin(EditionAdmin):
    inlines = [*EditionAdmin.inlines, TrackInline]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.release_view)
        return [path("<int:pk>/release/", view, name="conference_edition_release"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row:
            context["row_links"] = self.row_links(request, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def row_links(self, request: HttpRequest, row: Edition) -> list[dict[str, Any]]:
        """Buttons above the form, as far as this person may follow them; each room adds its own line."""
        links: list[tuple[bool, str, Any]] = [
            (may_release(request), "admin:conference_edition_release", _("Release the timetable")),
        ]
        return [
            {"address": reverse(name, args=[row.pk]), "words": words} for may, name, words in links if may
        ]

    def release_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_release(request):
            raise PermissionDenied
        edition = get_object_or_404(self.get_queryset(request), pk=pk)
        form = ReleaseForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                release = release_timetable(
                    edition=edition, by=person(request), note=form.cleaned_data["note"]
                )
            except ValueError as refusal:
                form.add_error(None, str(refusal))
            else:
                self.log_change(
                    request, edition, _("Timetable released (%(number)s).") % {"number": release.number}
                )
                self.message_user(request, _("The timetable is released."), messages.SUCCESS)
                return redirect("admin:conference_edition_change", edition.pk)
        title, button = _("Release the timetable"), _("Release")
        lines = summary_of(edition)
        return asking_page(request, self, form, title=title, lines=lines, original=edition, button=button)


def may_release(request: HttpRequest) -> bool:
    return request.user.has_perm("conference_sessions.add_release")  # type: ignore[union-attr]


def summary_of(edition: Edition) -> list[Any]:
    """What a release would publish, in sentences."""
    sessions = Session.objects.filter(edition=edition, status=Session.Status.PUBLISHED)
    slots = Slot.objects.draft().filter(session__in=sessions, starts_at__isnull=False).count()
    untimed = lacking(sessions, "time").count()
    last = edition.releases.first()  # type: ignore[attr-defined]
    return [
        ngettext("%(count)s time will be public.", "%(count)s times will be public.", slots)
        % {"count": slots},
        ngettext(
            "%(count)s published session has no time yet; it is listed under “time to be announced”.",
            "%(count)s published sessions have no time yet; they are listed under “time to be announced”.",
            untimed,
        )
        % {"count": untimed},
        _("The last release was number %(number)s.") % {"number": last.number}
        if last
        else _("Nothing was released so far."),
    ]
