"""A person's answers on the page of their registration; sensitive ones only for those who may read needs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.base import ReadOnlyMixin
from conference.dates import date_format
from registration.models import Answer
from registration.questions.answers import words_of
from registration.questions.asking import Kind


class AnswerInline(ReadOnlyMixin, admin.TabularInline):
    model = Answer
    fields = ["question", "words", "consent_to", "answered_at"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("question")
        if not request.user.has_perm("registration.view_needs"):
            rows = rows.filter(question__is_sensitive=False)
        return rows.prefetch_related("options", "question__options")

    @admin.display(description=gettext_lazy("answer"))
    def words(self, row: Answer) -> str:
        if row.deleted_at:
            return _("deleted on %(day)s") % {"day": date_format(row.deleted_at, "DATE_FORMAT")}
        return words_of(row.question, row.text, {option.pk for option in row.options.all()})

    @admin.display(description=gettext_lazy("version of the wording"))
    def consent_to(self, row: Answer) -> Any:
        return row.version if row.question.kind == Kind.CONSENT else "–"
