"""A page of the admin on which two rows that are the same thing are made one."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.asking import asking_page


class MergeForm(forms.Form):
    keep = forms.ModelChoiceField(label=gettext_lazy("The one that stays"), queryset=None)


class MergesTwo(admin.ModelAdmin):
    """For whoever may change and delete: what goes where is said before, and kept as an entry in the log."""

    def merge(self, *, keep: Any, other: Any) -> Model:
        raise NotImplementedError

    def merging_words(self, row: Any) -> list[str]:
        """What becomes of this one's things."""
        raise NotImplementedError

    def likely_same(self, row: Any) -> Model | None:
        """The one that is chosen at first."""
        return None

    def address_of(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.merge_page)
        return [path("<int:pk>/merge/", page, name=self.address_of("merge")), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and self.has_delete_permission(request, row):
            address = reverse(f"admin:{self.address_of('merge')}", args=[row.pk])
            context["row_links"] = [{"address": address, "words": _("Merge with another")}]
        return super().render_change_form(request, context, *args, **kwargs)

    def merge_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says what goes where, and asks which one stays."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_delete_permission(request, row) or not self.has_change_permission(request, row):
            raise PermissionDenied
        form = MergeForm(request.POST or None)
        form.fields["keep"].queryset = self.model.objects.exclude(pk=row.pk)  # type: ignore[attr-defined]
        form.fields["keep"].initial = self.likely_same(row)
        if form.is_valid():
            kept = self.merge(keep=form.cleaned_data["keep"], other=row)
            self.log_change(request, kept, _("Merged with %(name)s.") % {"name": row.name})  # type: ignore[attr-defined]
            self.message_user(request, _("The two are one now."))
            return redirect(f"admin:{self.address_of('change')}", kept.pk)
        return asking_page(request, self, form, title=_("Merge with another"), button=_("Merge"),
                           lines=self.merging_words(row), original=row)  # fmt: skip
