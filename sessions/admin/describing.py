"""Describe many presentations at once in the admin; every change is a service's."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from conference.admin.asking import asking_page
from conference.admin.base import AnyAdmin
from conference.admin.chosen import chosen_address, chosen_keys
from conference.languages import language_choices
from conference.models import Theme
from sessions.forms.availability import moment
from sessions.models import Audience, Competence, Level, Presentation, Subject, Topic
from sessions.services.describing import describe
from sessions.services.presentations import LABELS

NAME = "conference_sessions_presentation_describe"
STAYS = ("", _("as it is"))
NOW, AFTER, MOMENT = "now", "after", "moment"
COLUMNS = ["kind", "language", "licence", "audience", "age_from", "age_to", "country", "theme", "open_pages"]


def rows_of(label: Any, queryset: QuerySet) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(label=label, queryset=queryset, required=False)


class DescribeForm(forms.Form):
    """Everything is optional: what is left open stays as it is in each of them."""

    topics = rows_of(_("topics"), Topic.objects.all())
    for_whom = rows_of(_("for whom"), Audience.objects.all())
    levels = rows_of(_("education levels"), Level.objects.all())
    subjects = rows_of(_("subjects"), Subject.objects.all())
    competences = rows_of(_("competences"), Competence.objects.all())
    replaces = forms.BooleanField(
        label=_("Replace"), required=False,
        help_text=_("Of each list above in which something is chosen; else it is added to what is there."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("kind"), required=False, choices=[STAYS, *Presentation.Kind.choices])
    language = forms.ChoiceField(label=_("language"), required=False)
    licence = forms.ChoiceField(
        label=_("licence"), required=False, choices=[STAYS, *Presentation.Licence.choices]
    )
    audience = forms.ChoiceField(
        label=_("open to"), required=False, choices=[STAYS, *Presentation.Audience.choices]
    )
    opens = forms.ChoiceField(
        label=_("When does the file open?"), required=False,
        choices=[STAYS, (NOW, _("As soon as it is approved")), (AFTER, _("After the session")),
                 (MOMENT, _("From the moment below"))],
    )  # fmt: skip
    opens_at = moment(_("Opens at"), required=False)
    open_pages = forms.IntegerField(
        label=_("pages open to everybody"), required=False, min_value=0, max_value=9999
    )
    age_from = forms.IntegerField(label=_("from age"), required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label=_("to age"), required=False, min_value=0, max_value=120)
    country = forms.ChoiceField(label=_("country"), required=False)
    theme = forms.ModelChoiceField(
        label=_("theme"), queryset=Theme.objects.all(), required=False, empty_label=STAYS[1]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [STAYS, *language_choices()]  # type: ignore[attr-defined]
        self.fields["country"].choices = [STAYS, *countries]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("opens") == MOMENT and not cleaned.get("opens_at") and "opens_at" not in self.errors:
            self.add_error("opens_at", ValidationError(_("Give the day and the time.")))
        if not self.errors and not self.values() and not self.labels():
            raise ValidationError(_("Choose at least one thing to change."))
        return cleaned

    def values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data.get(name) for name in COLUMNS}
        values = {name: value for name, value in given.items() if value not in (None, "")}
        if opens := self.cleaned_data.get("opens"):
            values["opens_after_session"] = opens == AFTER
            values["opens_at"] = self.cleaned_data.get("opens_at") if opens == MOMENT else None
        return values

    def labels(self) -> dict[str, Any]:
        return {name: chosen for name in LABELS if (chosen := self.cleaned_data.get(name))}


class DescribingMixin(AnyAdmin):
    """An action and its page for PresentationAdmin."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.describe_view)
        return [path("describe/", page, name=NAME), *super().get_urls()]

    @admin.action(description=_("Describe…"), permissions=["change"])
    def describe_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        keys = queryset.order_by().values_list("pk", flat=True)
        return redirect(chosen_address(request, f"admin:{NAME}", keys))

    def describe_view(self, request: HttpRequest) -> HttpResponse:
        rows = self._changeable(request, chosen_keys(request))  # type: ignore[attr-defined]
        form = DescribeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():

            def change(request: HttpRequest, row: Presentation) -> Any:
                replaces = form.cleaned_data["replaces"]
                describe(presentation=row, values=form.values(), labels=form.labels(), replaces=replaces)
                return _("Described.")

            self._report(request, rows, change, _("%(count)s described."))  # type: ignore[attr-defined]
            return redirect("admin:conference_sessions_presentation_changelist")
        lines = [_("What you leave open stays as it is in each of them.")]
        return asking_page(
            request, self, form, title=_("Describe"), rows=rows, lines=lines, button=_("Change")
        )
