"""Questions in the admin, each with its options; other words of a consent make a new version of it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import CountedProtection, EditionFilter, EditionTimesMixin, edition_asked
from conference.admin.positions import AddedLast
from conference.admin.translated import TranslationAdmin, TranslationTabularInline
from conference.translated_columns import columns
from registration.admin.question_forms import OptionFormSet, QuestionForm
from registration.models import Place, Question, QuestionOption
from registration.questions.asking import words_in
from registration.services.questions import carry_conditions, note_new_words

HELD = ~Q(answers__registration__status=Place.Status.CANCELLED) & Q(answers__isnull=False)


class OptionInline(AddedLast, TranslationTabularInline):
    model = QuestionOption
    formset = OptionFormSet
    fields = ["label", "capacity", "position", "chosen"]
    readonly_fields = ["chosen"]
    extra = 0
    verbose_name_plural = _("options to choose")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(held=Count("answers", filter=HELD, distinct=True))

    @admin.display(description=_("chosen by"))
    def chosen(self, row: Any) -> Any:
        return row.held if row.pk else "–"


@admin.register(Question)
class QuestionAdmin(CountedProtection, EditionTimesMixin, TranslationAdmin):
    form = QuestionForm
    inlines = [OptionInline]
    list_display = [
        "label",
        "edition",
        "kind",
        "is_required",
        "after",
        "is_sensitive",
        "is_retired",
        "position",
    ]
    list_filter = [EditionFilter, "kind", "is_sensitive", "is_retired"]
    list_select_related = ["edition", "after"]
    search_fields = [*columns("label")]
    autocomplete_fields = ["edition"]
    fieldsets = [
        (
            None,
            {"fields": ["edition", "kind", "label", "help_text", "is_required", "position", "is_retired"]},
        ),
        (_("Asked only of some"), {"fields": ["types", "after", "after_answer"]}),
        (
            _("Privacy"),
            {"fields": ["is_sensitive", "concerns_room", "purpose", "delete_on", "version"]},
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Question | None = None) -> Any:
        """What answers depend on stays as it is once there are some."""
        fixed = ["edition"] if obj else []
        fixed += ["kind"] if obj and obj.answers.exists() else []
        return [*super().get_readonly_fields(request, obj), "version", *fixed]

    def get_form(self, request: HttpRequest, obj: Question | None = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"edition_shown": None if obj else edition_asked(request)})

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """There are few types, so all stand there to be ticked."""
        return super().formfield_for_manytomany(
            db_field, request, **{"widget": forms.CheckboxSelectMultiple, **kwargs}
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """The edition that was asked for, and a place after all others."""
        edition = edition_asked(request)
        last = Question.objects.filter(edition=edition).aggregate(last=Max("position"))["last"]
        suggested = {"edition": edition and edition.pk, "position": (last or 0) + 1}
        return {**suggested, **super().get_changeform_initial_data(request)}

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row:
            address = reverse("admin:conference_edition_questions", args=[row.edition_id])
            context["row_links"] = [{"address": address, "words": _("The whole form")}]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Question) -> HttpResponse:
        """Back to the whole form, where the question now stands among the others."""
        return redirect("admin:conference_edition_questions", obj.edition_id)

    def response_post_save_change(self, request: HttpRequest, obj: Question) -> HttpResponse:
        return self.response_post_save_add(request, obj)

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and note_new_words(question=obj, fields=form.changed_data):
            words = _(
                "The words changed: from now on people agree to version %(version)s. Who agreed to former words still did."
            )
            self.message_user(request, words % {"version": obj.version}, messages.WARNING)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        former = {one.pk: words_in(one) for one in QuestionOption.objects.filter(question=form.instance.pk)}
        super().save_formset(request, form, formset, change)
        for option, _fields in formset.changed_objects:
            carry_conditions(option=option, former=former.get(option.pk, set()))
