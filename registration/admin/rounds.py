"""Rounds in the admin: which workshops are parallel, how their places are given, and when."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from conference.admin.base import EditionFilter, EditionTimesMixin, WholeForm
from conference.admin.translated import TranslationAdmin
from conference.translated_columns import columns
from registration.admin.allocating import AllocatingMixin, may_see_allocation
from registration.models import Round, RoundWorkshop
from registration.models.round import new_seed
from registration.rounds.checks import warnings_of
from sessions.models import Workshop


class ChoiceFormSet(forms.BaseInlineFormSet):
    """Only workshops of the edition, and none that stands in another round."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if self.instance.edition_id and "workshop" in form.fields:
            workshops = Workshop.objects.filter(edition=self.instance.edition_id)
            form.fields["workshop"].queryset = workshops.plannable().in_order()


class ChoiceInline(admin.TabularInline):
    model = RoundWorkshop
    formset = ChoiceFormSet
    fields = ["workshop", "minimum"]
    extra = 3

    def is_fixed(self, obj: Round | None) -> bool:
        return bool(obj and obj.published_at)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not self.is_fixed(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not self.is_fixed(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not self.is_fixed(obj)


class RoundForm(WholeForm):
    class Meta:
        model = Round
        fields = "__all__"  # noqa: DJ007  the admin names them

    def clean_seed(self) -> str:
        """Made when it is left empty, so that nobody forgets it."""
        return self.cleaned_data["seed"].strip() or new_seed()


@admin.register(Round)
class RoundAdmin(AllocatingMixin, EditionTimesMixin, TranslationAdmin):
    form = RoundForm
    inlines = [ChoiceInline]
    list_display = ["name", "edition", "way", "opens_at", "closes_at", "workshops", "published_at", "result"]
    list_filter = [EditionFilter]
    list_select_related = ["edition"]
    search_fields = [*columns("name")]
    autocomplete_fields = ["edition"]
    fields = [
        "edition", "name", "position", "way", "opens_at", "closes_at", "seed", "published_at", "worth_a_look",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Round]:
        return super().get_queryset(request).annotate(workshop_count=Count("choices"))

    def get_readonly_fields(self, request: HttpRequest, obj: Round | None = None) -> Any:
        fixed: list[str] = []
        if obj:
            fixed.append("edition")
            if obj.allocations.exists():  # type: ignore[attr-defined]
                fixed.append("seed")  # whoever knows the result must not choose another seed
            if obj.published_at:
                fixed += ["way", "opens_at", "closes_at"]
        return ["published_at", "worth_a_look", *fixed]

    def get_fields(self, request: HttpRequest, obj: Round | None = None) -> Any:
        return self.fields if obj else self.fields[:-2]

    def get_inlines(self, request: HttpRequest, obj: Round | None) -> Any:
        return self.inlines if obj else []  # the edition decides which workshops there are

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            return
        for words in warnings_of(form.instance):
            self.message_user(request, words, messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Round, post_url_continue: Any = None) -> Any:
        """Straight on to its workshops."""
        if "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(request, _("Now say which workshops are in the round."), messages.SUCCESS)
        return self.to_form(obj)

    @admin.display(description=_("workshops"))
    def workshops(self, row: Any) -> int:
        return row.workshop_count

    @admin.display(description=_("result"))
    def result(self, row: Round) -> str:
        if not row.is_ranked:
            return "–"
        address = reverse("admin:registration_round_allocation", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, _("Choices and allocation"))

    @admin.display(description=_("worth a look"))
    def worth_a_look(self, row: Round) -> str:
        found = warnings_of(row)
        lines = format_html_join("", "<li>{}</li>", ((words,) for words in found))
        return format_html("<ul>{}</ul>", lines) if found else "–"

    def row_links(self, request: HttpRequest, row: Round) -> list[dict[str, Any]]:
        if not row.is_ranked or not may_see_allocation(request):
            return []
        address = reverse("admin:registration_round_allocation", args=[row.pk])
        return [{"address": address, "words": _("Choices and allocation")}]
