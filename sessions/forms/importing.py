"""What an organiser says about a timetable that is to be imported: the file, and what its columns are."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.exchange.reading import COLUMNS, MAX_BYTES, Sheet, is_complete

SAMPLES = 3
MEGABYTE = 1024**2


class ImportForm(forms.Form):
    upload = forms.FileField(
        label=_("File"),
        help_text=_("frab XML or JSON, pretalx's export, or a sheet (XLSX or CSV); at most 20 MB. Nothing is stored before you have seen what would happen."),
    )  # fmt: skip
    publish = forms.BooleanField(
        label=_("Publish the imported sessions"),
        initial=True,
        required=False,
        help_text=_("The public sees their times once the timetable is released. Sessions that exist keep their state."),
    )  # fmt: skip

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload.size > MAX_BYTES:
            words = _("the file is larger than %(limit)s MB.")
            raise forms.ValidationError(words, params={"limit": MAX_BYTES // MEGABYTE})
        return upload


class ColumnsForm(forms.Form):
    """One choice for each column of a sheet."""

    def __init__(
        self, sheet: Sheet, data: Mapping[str, Any] | None = None, *, offer: Mapping[int, str]
    ) -> None:
        super().__init__(data)
        choices = [("", _("(not used)")), *COLUMNS.items()]
        for place, header in enumerate(sheet.headers):
            samples = (
                str(cells[place])[:60]
                for _number, cells in sheet.rows[:50]
                if place < len(cells) and cells[place]
            )
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=header or _("Column %(number)s") % {"number": place + 1},
                choices=choices,
                initial=offer.get(place, ""),
                required=False,
                help_text=" · ".join(sample for sample, _turn in zip(samples, range(SAMPLES), strict=False)),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not is_complete(self.mapping()):
            raise forms.ValidationError(
                _("say which column is the title, and give each meaning to one column only.")
            )
        return cleaned

    def mapping(self) -> dict[int, str]:
        chosen = {int(name.partition("-")[2]): value for name, value in self.cleaned_data.items() if value}
        return dict(sorted(chosen.items()))
