"""Building a publication in the admin: from themes, part by part, in an order, for everybody; every step is a service's."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.asking import asking_page
from conference.admin.base import AnyAdmin
from sessions.admin.publication_forms import FIELDS, FromThemesForm, PartForm, ThemesForm, seen_in
from sessions.exceptions import PublicationChanged, PublicationRefused
from sessions.models import Publication, PublicationPart
from sessions.publications import building
from sessions.publications.lines import lines_of

NAME = "conference_sessions_publication_"
ACTS: dict[str, Any] = {
    "up": lambda part, seen: building.move_part(part=part, up=True, seen=seen),
    "down": lambda part, seen: building.move_part(part=part, up=False, seen=seen),
    "remove": lambda part, seen: building.remove_part(part=part, seen=seen),
}
DONE = {"up": gettext_lazy("moved up"), "down": gettext_lazy("moved down"), "remove": gettext_lazy("removed")}


class BuildingMixin(AnyAdmin):
    """Pages below /admin/conference_sessions/publication/."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("from-themes/", wrap(self.from_themes_view), name=f"{NAME}from_themes"),
            path("<int:pk>/contents/", wrap(self.contents_view), name=f"{NAME}contents"),
            path("<int:pk>/contents/themes/", wrap(self.themes_view), name=f"{NAME}themes"),
            path("<int:pk>/contents/new/<slug:kind>/", wrap(self.new_part_view), name=f"{NAME}new_part"),
            path("<int:pk>/contents/<int:part>/", wrap(self.part_view), name=f"{NAME}part"),
        ]
        return own + super().get_urls()

    def contents_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        publication = self.changeable(request, pk)
        if request.method == "POST":
            return self.answer_to_press(request, publication)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Contents"),
            "original": publication,
            "seen": building.state_of(publication),
            "lines": lines_of(publication),
            "kinds": [(value, capfirst(str(label))) for value, label in PublicationPart.Kind.choices],
        }
        return TemplateResponse(request, "admin/publications/contents.html", context)

    def answer_to_press(self, request: HttpRequest, publication: Publication) -> HttpResponse:
        """The page anew, which says if somebody else was there before; a dragged order is answered to the script."""
        is_dragged = "order" in request.POST
        try:
            self.pressed(request, publication, request.POST.get("seen", ""))
        except PublicationChanged as told:
            self.message_user(request, str(told), messages.WARNING)
            return HttpResponse(status=409) if is_dragged else redirect(contents_address(publication))
        publication.refresh_from_db()
        seen = {"seen": building.state_of(publication)}
        return JsonResponse(seen) if is_dragged else redirect(contents_address(publication))

    def pressed(self, request: HttpRequest, publication: Publication, seen: str) -> None:
        """One button: its name says what to do, its value with which part."""
        for name, act in ACTS.items():
            if part := self.part_named(request.POST.get(name, ""), publication):
                words = f"{part}: {DONE[name]}"
                act(part, seen)
                self.log_change(request, publication, words)
        order = request.POST.get("order", "").split(",")
        if keys := [int(key) for key in order if key.isdecimal() and len(key) < 19]:
            building.order_parts(publication=publication, keys=keys, seen=seen)
        if "publish" in request.POST:
            self.publish(request, publication, seen)
        if "unpublish" in request.POST:
            building.unpublish(publication=publication)
            self.log_change(request, publication, _("A draft again."))
            self.message_user(request, _("Only organisers see it now."), messages.SUCCESS)

    def part_named(self, key: str, publication: Publication) -> PublicationPart | None:
        """None if no part is named; one that is not there was removed by somebody else."""
        if not key.isdecimal() or len(key) > 18:
            return None
        part = PublicationPart.objects.filter(pk=key, publication=publication).first()
        if part is None:
            raise PublicationChanged(_("Somebody else removed this part meanwhile."))
        return part

    def publish(self, request: HttpRequest, publication: Publication, seen: str) -> None:
        try:
            building.publish(publication=publication, seen=seen)
        except PublicationRefused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
        else:
            self.log_change(request, publication, _("Published."))
            self.message_user(request, _("It is public now."), messages.SUCCESS)

    def from_themes_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = FromThemesForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            return redirect(contents_address(self.made_from_themes(request, form)))
        title, button = _("A publication from themes"), _("Make it")
        return asking_page(request, self, form, title=title, button=button)

    def made_from_themes(self, request: HttpRequest, form: FromThemesForm) -> Publication:
        """Of two clicks at once the second leads to what the first has made."""
        given, slug = form.cleaned_data, form.slug()
        try:
            made = building.make_publication(
                themes=list(given["themes"]),
                title=given["title"],
                slug=slug,
                language=given["language"],
            )
        except IntegrityError:
            return get_object_or_404(Publication, slug=slug)
        self.log_addition(request, made, _("Made from themes."))
        return made

    def themes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        publication = self.changeable(request, pk)
        form = ThemesForm(
            request.POST if request.method == "POST" else None, initial={"themes": publication.themes.all()}
        )
        if form.is_valid():
            count = building.add_themes(publication=publication, themes=form.cleaned_data["themes"])
            self.log_change(request, publication, _("%(count)s parts added.") % {"count": count})
            self.message_user(request, _("%(count)s parts added.") % {"count": count}, messages.SUCCESS)
            return redirect(contents_address(publication))
        title, button = _("Add all of these themes"), _("Add what is missing")
        return asking_page(request, self, form, title=title, button=button, original=publication)

    def new_part_view(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        if kind not in FIELDS:
            raise Http404
        part = PublicationPart(publication=self.changeable(request, pk), kind=kind)
        return self.part_form(request, part, _("Add a part"))

    def part_view(self, request: HttpRequest, pk: int, part: int) -> HttpResponse:
        publication = self.changeable(request, pk)
        found = publication.parts.select_related("publication").filter(pk=part).first()  # type: ignore[attr-defined]
        if found:
            return self.part_form(request, found, _("Change a part"))
        shown = seen_in(request.POST.get("seen", ""))
        if shown[:1] != [part]:
            raise Http404
        removed = PublicationPart(publication=publication, kind=shown[1])
        return self.part_form(request, removed, _("Add a part"))

    @transaction.atomic
    def part_form(self, request: HttpRequest, part: PublicationPart, title: str) -> HttpResponse:
        publication = part.publication
        form = PartForm(*((request.POST, request.FILES) if request.method == "POST" else ()), instance=part)
        if form.is_valid():
            save = building.change_part if part.pk else building.add_part
            saved = save(part=form.save(commit=False))
            self.log_change(request, publication, f"{saved}: {_('saved')}")
            return redirect(contents_address(publication))
        title = f"{title}: {part.get_kind_display()}"
        return asking_page(request, self, form, title=title, button=_("Save"), original=publication)

    def changeable(self, request: HttpRequest, pk: int) -> Publication:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Publication, pk=pk)


def contents_address(publication: Publication) -> str:
    return reverse(f"admin:{NAME}contents", args=[publication.pk])
