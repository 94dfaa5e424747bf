"""A file or a link, for a new presentation or as its next version."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.files.formats import FORMATS
from sessions.forms.details import DetailsForm
from sessions.services.sharing import LONGEST_MARK


class UploadFields(forms.Form):
    # Made with the page: what is sent twice because the first answer never came is then known to be the same.
    mark = forms.CharField(required=False, max_length=LONGEST_MARK, widget=forms.HiddenInput, initial=uuid4)
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,  # so that our own check says what to do about it
        widget=forms.FileInput(attrs={"accept": ",".join(kind.extension for kind in FORMATS.values())}),
    )
    link = forms.URLField(
        label=gettext_lazy("Or a link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=gettext_lazy("For what lies elsewhere, such as a film."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("file", "link"):
            self.fields[name].is_needed = True  # type: ignore[attr-defined]  # one of the two
        self.fields["file"].help_text = _("%(formats)s, at most %(limit)s MB.") % {
            "formats": ", ".join(kind.name.upper() for kind in FORMATS.values()),
            "limit": settings.PRESENTATION_MAX_MB,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_file, has_link = bool(self.files.get("file")), bool(cleaned.get("link"))
        if has_file and len(self.files.getlist("file")) > 1:
            self.add_error("file", ValidationError(_("Choose one file; the others can follow one by one.")))
        elif has_file and has_link:
            self.add_error("link", ValidationError(_("Give a file or a link, not both.")))
        elif not has_file and not has_link and "link" not in self.errors:
            self.add_error("file", ValidationError(_("Choose a file, or give a link.")))
        return cleaned

    def source(self) -> dict[str, Any]:
        """The upload and the link, one of them empty, and the mark of this sending."""
        given = self.cleaned_data
        return {"upload": given.get("file"), "link": given.get("link") or "", "mark": given.get("mark") or ""}


class VersionForm(UploadFields):
    """The next version of a presentation."""


class NewPresentationForm(UploadFields, DetailsForm):
    """A presentation with its first version; the file comes first, because its name proposes a title."""

    class Meta(DetailsForm.Meta):
        field_order = ["file", "link", *DetailsForm.Meta.field_order]
