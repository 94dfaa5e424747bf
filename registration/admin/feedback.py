"""What is asked after sessions and after the edition; and on one page of the edition all that came back."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin, EditionTimesMixin, SeenForm
from conference.admin.edition_pages import EditionPage, Stage
from conference.admin.positions import AddedLast
from conference.admin.translated import TranslationStackedInline
from conference.models import Edition
from conference.sheets.writing import FORMS, written
from registration.feedback.asking import plan_of
from registration.feedback.results import of_edition
from registration.feedback.sheets import HEADER, lines_of
from registration.models import FeedbackPlan, FeedbackQuestion

NAME = "conference_edition_feedback"


class QuestionInline(AddedLast, TranslationStackedInline):
    model = FeedbackQuestion
    fields = ["about", "kind", "label", "options", "position"]
    extra = 0


@admin.register(FeedbackPlan)
class FeedbackPlanAdmin(EditionTimesMixin, admin.ModelAdmin):
    form = SeenForm
    inlines = [QuestionInline]
    list_display = ["edition", "closes_at"]
    list_select_related = ["edition"]
    autocomplete_fields = ["edition"]
    fields = ["edition", "closes_at"]

    def get_fields(self, request: HttpRequest, obj: FeedbackPlan | None = None) -> list[str]:
        return [*self.fields, "answers"] if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: FeedbackPlan | None = None) -> list[str]:
        return ["edition", "answers"] if obj else []

    @admin.display(description=_("answers"))
    def answers(self, plan: FeedbackPlan) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse(f"admin:{NAME}", args=[plan.edition_id]), _("What people said")
        )


class FeedbackMixin(AnyAdmin):
    """The page under /admin/conference/edition/<pk>/feedback/ for the edition's admin."""

    def feedback_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_see_feedback(request):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        if form := request.GET.get("form"):
            return as_file(edition, form)
        plan = plan_of(edition)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Feedback"),
            "edition": edition,
            "plan": plan,
            "plan_url": plan_url(edition, plan),
            "rows": [{"session": one.session, "results": one.results} for one in of_edition(edition)],
        }
        return TemplateResponse(request, "admin/feedback.html", context)


def plan_url(edition: Edition, plan: FeedbackPlan | None) -> str:
    if plan:
        return reverse("admin:registration_feedbackplan_change", args=[plan.pk])
    return f"{reverse('admin:registration_feedbackplan_add')}?edition={edition.pk}"


def as_file(edition: Edition, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="feedback-{edition.slug}.{form}"'}
    content = written(form, [str(words) for words in HEADER], lines_of(edition))
    return HttpResponse(content, content_type=FORMS[form].content_type, headers=headers)


def may_see_feedback(request: HttpRequest) -> bool:
    return request.user.has_perm("registration.view_feedbackplan")


PAGES = [
    EditionPage(
        name=NAME,
        path="feedback/",
        view=FeedbackMixin.feedback_view,
        stage=Stage.AFTERWARDS,
        words=_("Feedback"),
        may=may_see_feedback,
    )
]
