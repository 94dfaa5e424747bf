"""The organiser's hand on one registration: a place on purpose, another kind, a place in a workshop; and a new one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.accounts.services import open_account, owner_of
from conference.admin.asking import asking_page
from conference.admin.base import AnyAdmin, edition_asked, person
from conference.models import Edition, Page, User
from registration.admin.hand_forms import HandForm, NewRegistrationForm, PlaceForm, TypeForm, WorkshopForm
from registration.exceptions import Refusal
from registration.models import Registration
from registration.services.moving import change_type
from registration.services.placing import place_on_purpose
from registration.services.registering import register

PAGE = "registration_registration_{}"
Links = list[dict[str, Any]]


class HandsMixin(AnyAdmin):
    """Pages under /admin/registration/registration/<pk>/."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        views = {"place": self.place_view, "move": self.move_view, "workshop": self.workshop_view}
        own = [path(f"<int:pk>/{name}/", wrap(view), name=PAGE.format(name)) for name, view in views.items()]
        return [*own, *super().get_urls()]

    def hand_links(self, row: Registration) -> Links:
        """What can be done with a registration as it stands."""
        words = {
            "place": (row.is_waiting, _("Give a place on purpose")),
            "move": (row.is_active, _("Change the kind of registration")),
            "workshop": (row.is_confirmed, _("Place in a workshop")),
        }
        return [
            {"address": reverse("admin:" + PAGE.format(name), args=[row.pk]), "words": said}
            for name, (is_possible, said) in words.items()
            if is_possible
        ]

    def place_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Past everybody else who waits, and also where everything is full."""
        return self.hand(request, pk, PlaceForm, _("Give a place on purpose"))

    def move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.hand(request, pk, TypeForm, _("Change the kind of registration"))

    def workshop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.hand(request, pk, WorkshopForm, _("Place in a workshop"))

    def hand(self, request: HttpRequest, pk: int, form_class: type[HandForm], title: Any) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        form = form_class(request.POST if request.method == "POST" else None, registration=row)
        if form.is_valid():
            try:
                self.act(request, row, form)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                self.log_change(request, row, str(title))
                self.message_user(request, _("Done, and the person gets a mail."), messages.SUCCESS)
                return redirect("admin:registration_registration_change", pk)
        lines = [f"{row.user.name}, {row.registration_type}: {row.get_status_display()}", form.says]
        return asking_page(request, self, form, title=title, lines=lines, original=row, button=title)

    def act(self, request: HttpRequest, row: Registration, form: HandForm) -> None:
        by, data = person(request), form.cleaned_data
        if isinstance(form, TypeForm):
            change_type(registration=row, by=by, **data)
        else:
            place_on_purpose(registration=row, by=by, **data)

    # --- By hand --------------------------------------------------------------------------------
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Somebody who asked by letter or telephone; an account is opened for whoever has none."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        edition = edition_asked(request) or Edition.objects.first()
        form = NewRegistrationForm(request.POST if request.method == "POST" else None, edition=edition)
        if form.is_valid():
            try:
                made = add_by_hand(form=form, by=person(request))
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                self.log_addition(request, made, _("Registered by hand."))
                self.message_user(request, _("Done, and the person gets a mail."), messages.SUCCESS)
                return redirect("admin:registration_registration_change", made.pk)
        title = _("Register somebody at %(edition)s") % {"edition": edition}
        lines = [_("Also when registration is closed, for others, or needs approval.")]
        return asking_page(request, self, form, title=title, lines=lines, button=_("Register"))


def place_waiting(model_admin: Any, request: HttpRequest, waiting: Links) -> None:
    """For an action of a list: each gets a place, and who cannot is told why."""
    placed = 0
    for one in waiting:
        try:
            row = place_on_purpose(by=person(request), **one)
        except Refusal as refusal:
            model_admin.message_user(request, str(refusal), messages.WARNING)
            continue
        model_admin.log_change(request, row, _("Placed on purpose."))
        placed += 1
    words = ngettext("%(count)s person has a place now.", "%(count)s people have a place now.", placed)
    model_admin.message_user(request, words % {"count": placed}, messages.SUCCESS)


def cancel_each(
    model_admin: Any, request: HttpRequest, rows: list[Any], cancel: Callable[[Any], None]
) -> int:
    """For an action of a list: how many were cancelled; of the others it is said why not."""
    cancelled = 0
    for row in rows:
        try:
            cancel(row)
        except Refusal as refusal:
            model_admin.message_user(request, f"{row}: {refusal}", messages.WARNING)
            continue
        model_admin.log_change(request, row, _("Cancelled."))
        cancelled += 1
    return cancelled


@transaction.atomic
def add_by_hand(*, form: NewRegistrationForm, by: User) -> Registration:
    """The account stays only if the registration does."""
    data = dict(form.cleaned_data)
    account = {name: data.pop(name) for name in ("name", "email", "language")}
    data.pop("has_agreed")
    user = owner_of(account["email"]) or open_account(country=data["country"], **account)
    return register(
        user=user, by_organiser=True, by=by, consent_version=Page.objects.privacy_version(), **data
    )
