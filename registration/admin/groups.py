"""Sessions that split into groups: by what, into which groups, with whom and where."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from conference.admin.base import EditionFilter, EditionTimesMixin, WholeForm
from conference.admin.language_choice import LanguageChoice
from conference.admin.positions import AddedLast
from conference.admin.translated import TranslationStackedInline
from conference.models import Edition, Room
from conference.translated_columns import columns
from registration.admin.group_people import GroupPeopleMixin
from registration.models import Group, GroupPlan, Question, Registration

SplitBy = GroupPlan.SplitBy
Kind = Question.Kind
SPLITTING = (Kind.CHOICE, Kind.CHOICES, Kind.COUNTRY, Kind.YES_NO)  # kinds whose answers can make groups
ROLES = [(value, capfirst(label)) for value, label in Registration.Role.choices]


class SessionEditionFilter(EditionFilter):
    path = "session__edition"


class PlanForm(WholeForm):
    observer_roles = forms.MultipleChoiceField(
        label=_("Roles that observe"), required=False, choices=ROLES, widget=forms.CheckboxSelectMultiple,
        help_text=_("They go to the group of observers."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        session = self.cleaned_data.get("session") or getattr(self.instance, "session", None)
        question = self.cleaned_data.get("question")
        if question and session and question.edition_id != session.edition_id:
            raise ValidationError({"question": _("Choose a question of the same edition.")})
        return cleaned


class GroupForm(WholeForm):
    values = forms.MultipleChoiceField(
        label=_("People who said"),
        required=False,
        widget=FilteredSelectMultiple(_("values"), is_stacked=False),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if given.get("home") == Group.Home.VALUES and not given.get("values"):
            self.add_error("values", _("Say whom this group is for, or make it one for everyone else."))
        return cleaned


class GroupInline(AddedLast, LanguageChoice, TranslationStackedInline):
    model = Group
    form = GroupForm
    fields = [
        "name", "home", "values", "language", "room", "minimum", "maximum", "facilitators", "position",
    ]  # fmt: skip
    autocomplete_fields = ["facilitators"]
    extra = 0

    def get_formset(self, request: HttpRequest, obj: GroupPlan | None = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        fields = formset.form.base_fields
        if obj and "values" in fields:  # absent for who may only look
            cast(forms.MultipleChoiceField, fields["values"]).choices = values_of(obj)
        if obj and "room" in fields:
            rooms = Room.objects.filter(venue__edition=obj.session.edition_id).select_related("venue")
            cast("forms.ModelChoiceField[Room]", fields["room"]).queryset = rooms
        return formset


def values_of(plan: GroupPlan) -> list[tuple[str, str]]:
    """Everything that people of this plan can have said, as value and words."""
    if plan.split_by == SplitBy.ROLE:
        return ROLES
    question = plan.question if plan.split_by == SplitBy.ANSWER else None
    if question and question.kind in Question.WITH_OPTIONS:
        return [(str(option.pk), str(option)) for option in question.options.all()]
    if question and question.kind == Kind.YES_NO:
        return [("yes", str(_("yes"))), ("no", str(_("no")))]
    return list(countries)


@admin.register(GroupPlan)
class GroupPlanAdmin(GroupPeopleMixin, EditionTimesMixin, admin.ModelAdmin):
    form = PlanForm
    inlines = [GroupInline]
    list_display = ["session", "edition", "split_by", "how_many", "dealt_at", "is_published"]
    list_filter = [SessionEditionFilter, "is_published"]
    list_select_related = ["session__edition"]
    search_fields = [*columns("session__title")]
    autocomplete_fields = ["session"]
    fields = ["session", "split_by", "question", "observer_roles", "dealt_at", "is_published"]
    readonly_fields = ["dealt_at", "is_published"]  # services change these

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["css/groups-admin.css"]}

    def edition_of(self, row: GroupPlan) -> Edition:
        return row.session.edition

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(group_count=Count("groups"))

    def get_readonly_fields(self, request: HttpRequest, obj: GroupPlan | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "session"] if obj else fields

    def get_inlines(self, request: HttpRequest, obj: GroupPlan | None) -> list[Any]:
        return list(self.inlines) if obj else []  # first what they are made by, then the groups

    def response_post_save_add(self, request: HttpRequest, obj: GroupPlan) -> HttpResponse:
        """A plan without groups is only half of it."""
        self.message_user(request, _("Now add its groups; then deal the people out."), messages.INFO)
        return redirect("admin:registration_groupplan_change", obj.pk)

    def get_form(self, request: HttpRequest, obj: GroupPlan | None = None, **kwargs: Any) -> Any:  # type: ignore[override]
        form = super().get_form(request, obj, **kwargs)
        if "question" in form.base_fields:
            questions = Question.objects.filter(kind__in=SPLITTING)
            if obj:
                questions = questions.filter(edition=obj.session.edition_id)
            form.base_fields["question"].queryset = questions.select_related("edition")  # type: ignore[attr-defined]
        return form

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.may_see_people(request):
            address = reverse("admin:registration_groupplan_people", args=[row.pk])
            context["row_links"] = [{"address": address, "words": _("People and groups")}]
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("edition"), ordering="session__edition")
    def edition(self, row: GroupPlan) -> str:
        return str(row.session.edition)

    @admin.display(description=_("groups"))
    def how_many(self, row: Any) -> int:
        return row.group_count
