"""Every list of the admin as CSV or XLSX: choose columns, get a file; who took what is written down."""

from typing import Any, cast
from urllib.parse import unquote_plus

from allauth.core.ratelimit import respond_429
from django import forms
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conference.admin_kinds import AnyAdmin
from conference.limits import is_too_often
from conference.models import User
from conference.sheets.lists import Column, columns_of, lines, rows_of
from conference.sheets.writing import FORMS, written

MOST_LINES = 20_000
# By label of a model or an app: what is needed beside the right to look. Filled in AppConfig.ready().
NEEDED: dict[str, str] = {}


class TakeOutForm(forms.Form):
    form = forms.ChoiceField(
        label=gettext_lazy("Form"), choices=[(key, one.words) for key, one in FORMS.items()], initial="xlsx",
        widget=forms.RadioSelect,
    )  # fmt: skip
    columns = forms.MultipleChoiceField(label=gettext_lazy("Columns"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, known: list[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["columns"]
        field.choices = [(one.key, one.heading) for one in known]
        field.initial = [one.key for one in known if one.is_usual]


class ListOutMixin(AnyAdmin):
    """For every admin."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.sheet_view))
        return [path("list/", page, name=self._sheet_name()), *super().get_urls()]

    def _sheet_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_sheet"

    def may_take_out(self, request: HttpRequest) -> bool:
        needed = NEEDED.get(self.opts.label_lower) or NEEDED.get(self.opts.app_label)
        return self.has_view_permission(request) and (not needed or request.user.has_perm(needed))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = dict(extra_context or {})
        if self.may_take_out(request):
            context["sheet_address"] = reverse(f"admin:{self._sheet_name()}")
        return super().changelist_view(request, context)

    @method_decorator(never_cache)
    def sheet_view(self, request: HttpRequest) -> HttpResponse:
        if not self.may_take_out(request):
            raise PermissionDenied
        rows = rows_of(self, request)
        count = rows.count()
        known = columns_of(self, request, rows.first())
        form = TakeOutForm(request.POST or None, known=known)
        if request.method == "POST" and form.is_valid() and count <= MOST_LINES:
            if is_too_often(request, "export"):
                return respond_429(request)
            return self._sheet_file(request, rows, [one for one in known if one.key in form.cleaned_data["columns"]],
                              form.cleaned_data["form"])  # fmt: skip
        words = ngettext("%(count)s line.", "%(count)s lines.", count) % {"count": count}
        if count > MOST_LINES:
            words += " " + _("A list holds at most %(limit)s: choose filters first.") % {"limit": MOST_LINES}
        return TemplateResponse(request, "admin/asking.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "form": form, "media": self.media + form.media,
            "title": _("Take this list out"), "button": _("Make the file"),
            "lines": [words, _("With the filters and the words that were chosen in the list. It is written down who took what.")],
        })  # fmt: skip

    def _sheet_file(self, request: HttpRequest, rows: Any, columns: list[Column], form: str) -> HttpResponse:
        headings, count = [one.heading for one in columns], 0

        def counted() -> Any:
            nonlocal count
            for line in lines(self, rows, [one.key for one in columns]):
                count += 1
                yield line

        content = written(form, headings, counted())
        note_taken(request, self.model, form, headings, count)
        name = f"{self.opts.model_name}-{timezone.localdate():%Y-%m-%d}.{form}"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store, private",
        }
        return HttpResponse(content, content_type=FORMS[form].content_type, headers=headers)


def note_taken(request: HttpRequest, model: Any, form: str, headings: list[str], count: int) -> None:
    """A line in the log of the admin: who, when, how much, which columns, and with which filters."""
    message = _("Took out %(count)s lines as %(form)s: %(columns)s.") % {
        "count": count, "form": form.upper(), "columns": ", ".join(headings),
    }  # fmt: skip
    # As people write it, so that a name or an address is found in it when its account is closed.
    if asked := unquote_plus(request.GET.urlencode()):
        message += " " + _("Filters: %(filters)s") % {"filters": asked[:300]}
    LogEntry.objects.create(
        user=cast(User, request.user),
        content_type=ContentType.objects.get_for_model(model),
        object_id=None,
        object_repr=f"{capfirst(str(model._meta.verbose_name_plural))} ({form.upper()}: {count})"[:200],
        action_flag=CHANGE,
        change_message=message,
    )
