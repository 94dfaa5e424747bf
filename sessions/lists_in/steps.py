"""The page on which a list comes in: upload, say what the columns are, look, confirm."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from conference.admin.base import person
from conference.admin.tasks import TITLES, page_of
from conference.models import Edition
from sessions.exchange.reading import MAX_BYTES, SHEETS, RefusedSchedule, Remarks, Sheet, format_of, sheet_in
from sessions.lists_in.planning import CHANGED, NEW, SAME, Line, ListIn, Table, table_of
from sessions.lists_in.taking_in import KIND, take_in
from sessions.services.importing import ChangedMeanwhile
from sessions.services.importing.columns import offered
from sessions.services.importing.keeping import Waiting, keep, waiting
from sessions.services.importing.later import MOST_AT_ONCE, ask_once

MEGABYTE = 1024**2
MOST_SHOWN = 200
SAMPLES = 3
TITLES[KIND] = gettext_lazy("Import")


class UploadForm(forms.Form):
    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A sheet (XLSX or CSV), at most 20 MB. Nothing is stored before you have seen what would happen."),
    )  # fmt: skip

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload.size > MAX_BYTES:
            words = _("the file is larger than %(limit)s MB.")
            raise forms.ValidationError(words, params={"limit": MAX_BYTES // MEGABYTE})
        return upload


class ColumnsForm(forms.Form):
    """One choice for each column, guessed from its heading."""

    def __init__(
        self, kind: ListIn, sheet: Sheet, data: Mapping[str, Any] | None = None, *, offer: Mapping[int, str]
    ) -> None:
        super().__init__(data)
        self.kind = kind
        for place, header in enumerate(sheet.headers):
            filled = (
                str(cells[place])[:60]
                for _number, cells in sheet.rows[:50]
                if place < len(cells) and cells[place]
            )
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=header or _("Column %(number)s") % {"number": place + 1},
                choices=[("", _("(not used)")), *kind.columns.items()],
                initial=offer.get(place, ""),
                required=False,
                help_text=" · ".join(one for one, _turn in zip(filled, range(SAMPLES), strict=False)),
            )

    def mapping(self) -> dict[int, str]:
        chosen = {
            name: value for name, value in self.cleaned_data.items() if name.startswith("column-") and value
        }
        return {int(name.partition("-")[2]): value for name, value in sorted(chosen.items())}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        meanings = list(self.mapping().values())
        lacking = [str(self.kind.columns[name]) for name in self.kind.needed if name not in meanings]
        if lacking:
            raise forms.ValidationError(
                _("Say which column is: %(names)s."), params={"names": ", ".join(lacking)}
            )
        if len(set(meanings)) != len(meanings):
            raise forms.ValidationError(_("Give each meaning to one column only."))
        return cleaned


class Steps:
    """One visit to the page, for one kind of list."""

    def __init__(self, model_admin: Any, request: HttpRequest, kind: ListIn, pk: int) -> None:
        if not request.user.has_perms(kind.permissions):
            raise PermissionDenied
        self.admin, self.request, self.kind = model_admin, request, kind
        self.edition = get_object_or_404(Edition, pk=pk)

    def answer(self) -> HttpResponse:
        token = self.request.POST.get("token", "") if self.request.method == "POST" else ""
        if not token:
            return self._upload()
        kept = waiting(token, edition=self.edition, user=person(self.request))
        try:
            data = kept.read() if kept else b""
        except FileNotFoundError:
            kept = None
        if not kept:
            return self._ask_again(_("This file is no longer here. Upload it again."))
        if "forget" in self.request.POST:
            kept.forget()
            return redirect("admin:conference_edition_change", self.edition.pk)
        return self._guarded(kept, data)

    def _upload(self) -> HttpResponse:
        sent = self.request.method == "POST"
        form = UploadForm(self.request.POST, self.request.FILES) if sent else UploadForm()
        if not form.is_valid():
            return self._page("upload", form=form)
        upload = form.cleaned_data["upload"]
        data = upload.read()
        kept = keep(data, name=upload.name, edition=self.edition, user=person(self.request))
        return self._guarded(kept, data, is_first=True)

    def _guarded(self, kept: Waiting, data: bytes, *, is_first: bool = False) -> HttpResponse:
        """A file that is refused, or breaks something, is deleted at once."""
        try:
            if format_of(data) not in SHEETS:
                raise RefusedSchedule(_("this is no sheet (XLSX or CSV)."))
            remarks = Remarks()
            sheet = sheet_in(data, remarks)
            if not is_first and "confirm" in self.request.POST:
                return self._confirm(kept, sheet)
            return self._columns(kept, sheet, [str(one) for one in remarks.kept], is_first=is_first)
        except RefusedSchedule as refusal:
            kept.forget()
            return self._ask_again(str(refusal))
        except BaseException:
            kept.forget()
            raise

    def _columns(self, kept: Waiting, sheet: Sheet, remarks: list[str], *, is_first: bool) -> HttpResponse:
        data = None if is_first else self.request.POST
        guess = self.kind.guessed(sheet.headers)
        offer = offered(self.edition, self.kind.key, sheet.headers, guess, self.kind.columns)
        form, choices = ColumnsForm(self.kind, sheet, data, offer=offer), self._choices(data)
        if is_first or not form.is_valid() or (choices and not choices.is_valid()):
            return self._asked(kept, sheet, form, choices, remarks)
        kept = kept.with_(mapping=tuple(form.mapping().items()))
        return self._preview(kept, sheet, choices)

    def _asked(
        self, kept: Waiting, sheet: Sheet, form: ColumnsForm, choices: Any, remarks: list[str]
    ) -> HttpResponse:
        return self._page(
            "columns", form=form, choices=choices, token=kept.token(), rows=len(sheet.rows), file=kept.name,
            remarks=remarks,
        )  # fmt: skip

    def _choices(self, data: Any) -> Any:
        return self.kind.choices(data, edition=self.edition) if self.kind.choices else None  # type: ignore[call-arg]

    def _table(self, kept: Waiting, sheet: Sheet) -> Table:
        return table_of(self.kind, sheet, dict(kept.mapping))

    def _preview(self, kept: Waiting, sheet: Sheet, choices: Any, notice: str = "") -> HttpResponse:
        chosen = choices.cleaned_data if choices else {}
        plan = self.kind.plan(self.edition, self._table(kept, sheet), chosen)
        token = kept.with_(seen=plan.fingerprint(), size=len(plan.lines)).token()
        found = {what: plan.of(what) for what in (NEW, CHANGED, SAME)}
        shown = {f"{what}_lines": lines[:MOST_SHOWN] for what, lines in found.items()}
        counts = {f"{what}_count": len(lines) for what, lines in found.items()}
        return self._page(
            "preview",
            token=token,
            plan=plan,
            file=kept.name,
            notice=notice,
            choices=choices,
            again=UploadForm(),
            changes=[(line, self._named(line)) for line in shown[f"{CHANGED}_lines"]],
            **shown,
            **counts,
        )

    def _named(self, line: Line) -> list[tuple[str, Any]]:
        """What changes, by the words of the columns."""
        words = {"country": countries.name}  # kept as a code
        return [
            (capfirst(str(self.kind.columns.get(name, name))), words.get(name, str)(value))
            for name, value in line.changes.items()
        ]

    def _confirm(self, kept: Waiting, sheet: Sheet) -> HttpResponse:
        choices = self._choices(self.request.POST)
        if choices and not choices.is_valid():
            return self._asked(
                kept, sheet, ColumnsForm(self.kind, sheet, offer=dict(kept.mapping)), choices, []
            )
        if kept.size > MOST_AT_ONCE:
            return self._by_worker(kept, choices)
        chosen = choices.cleaned_data if choices else {}
        try:
            words = take_in(self.kind, self.edition, person(self.request), kept, sheet, chosen)
        except ChangedMeanwhile as refusal:
            return self._preview(kept, sheet, choices, str(refusal))
        kept.forget()
        self.admin.log_change(self.request, self.edition, f"{kept.name}: {words}")
        self.admin.message_user(self.request, words, messages.SUCCESS)
        return redirect("admin:conference_edition_change", self.edition.pk)

    def _by_worker(self, kept: Waiting, choices: Any) -> HttpResponse:
        names = choices.fields if choices else ()
        said = {name: self.request.POST[name] for name in names if name in self.request.POST}
        task = ask_once(
            KIND, kept, by=person(self.request), edition=self.edition, list=self.kind.key, choices=said
        )
        return page_of(task, back=reverse("admin:conference_edition_change", args=[self.edition.pk]))

    def _ask_again(self, words: str) -> HttpResponse:
        form = UploadForm(self.request.POST, MultiValueDict())
        form.errors.clear()
        form.add_error(
            "upload",
            forms.ValidationError(_("Nothing was imported. %(why)s"), params={"why": capfirst(words)}),
        )
        return self._page("upload", form=form)

    def _page(self, name: str, **context: Any) -> TemplateResponse:
        shared = {
            **self.admin.admin_site.each_context(self.request), "opts": self.admin.opts, "original": self.edition,
            "title": self.kind.title, "kind": self.kind, "media": self.admin.media,
        }  # fmt: skip
        return TemplateResponse(self.request, f"admin/lists_in/{name}.html", {**shared, **context})
