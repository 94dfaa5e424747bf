"""The shared form of outcomes: a section for each group one leads, a row for each outcome, and an empty row to add one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.groups.access import Leading
from registration.groups.outcomes import FIELDS, OPEN, Status, Typed, digest, values_of
from registration.groups.own import Circle, circles_in
from registration.models import Group, Outcome

ROW = re.compile(r"row-([0-9]{1,18})-problem")
PLACEHOLDERS = {"deadline": _("for example: before the summer of 2027")}


class OutcomeForm(forms.ModelForm):
    """One row; `seen` is the digest of the words that were shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_removed = forms.BooleanField(label=_("Remove this row"), required=False)

    class Meta:
        model = Outcome
        fields = FIELDS
        labels = {
            "problem": _("What is the problem?"),
            "action": _("What will be done?"),
            "who": _("Who does it?"),
            "deadline": _("By when?"),
            "contact": _("Whom can one ask?"),
        }
        help_texts = {"contact": _("It becomes public: only with the agreement of that person.")}
        widgets = {
            "problem": forms.Textarea(attrs={"rows": 2}),
            "action": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        for name, words in PLACEHOLDERS.items():
            self.fields[name].widget.attrs["placeholder"] = words
        self.initial["seen"] = digest(values_of(self.instance)) if self.instance.pk else ""
        if not self.instance.pk:
            del self.fields["is_removed"]

    @property
    def is_blank(self) -> bool:
        """A new row in which nobody typed anything."""
        return not self.instance.pk and not any(self.cleaned_data.get(name) for name in FIELDS)

    def full_clean(self) -> None:
        super().full_clean()
        if (
            self.is_bound
            and not self.instance.pk
            and not any(self.data.get(self.add_prefix(n)) for n in FIELDS)
        ):
            self._errors = forms.utils.ErrorDict()  # an empty row to add something is not an error

    def typed(self, group: int | None) -> Typed:
        return Typed(
            values={name: self.cleaned_data[name] for name in FIELDS},
            key=self.instance.pk,
            group=group,
            seen=self.cleaned_data["seen"],
            is_removed=self.cleaned_data.get("is_removed", False),
        )


@dataclass
class Row:
    """An outcome on the page: a form if it may be changed, and what was typed over somebody else's words."""

    outcome: Outcome
    form: OutcomeForm | None = None
    conflict: Typed | None = None


@dataclass
class Section:
    """The outcomes of one group, or of the session as a whole."""

    circle: Circle | None
    rows: list[Row] = field(default_factory=list)
    new: OutcomeForm | None = None

    @property
    def key(self) -> int:
        return self.circle.group.pk if self.circle else 0

    @property
    def group(self) -> Group | None:
        return self.circle.group if self.circle else None

    @property
    def group_ids(self) -> set[int | None]:
        return {group.pk for group in self.circle.groups} if self.circle else {None}

    @property
    def waits(self) -> bool:
        return any(row.outcome.status == Status.SUBMITTED for row in self.rows)

    @property
    def has_open(self) -> bool:
        return any(row.form for row in self.rows)

    @property
    def forms(self) -> list[OutcomeForm]:
        return [row.form for row in self.rows if row.form] + ([self.new] if self.new else [])


def sections_of(
    leading: Leading, data: Mapping[str, str] | None = None, conflicts: list[Typed] | None = None
) -> list[Section]:
    """As things stand now; with `data` as they were typed, with `conflicts` both beside each other."""
    groups = Group.objects.filter(plan__session=leading.session)
    circles = [circle for circle in circles_in(groups) if leading.includes(circle.group.pk)]
    outcomes = list(leading.session.outcomes.select_related("written_by").order_by("pk"))
    sections = [Section(circle) for circle in circles]
    if leading.group_ids is None and (not circles or any(one.group_id is None for one in outcomes)):
        sections.append(Section(None))
    typed_over = {one.key: one for one in conflicts or []}
    for section in sections:
        own = [one for one in outcomes if one.group_id in section.group_ids]
        section.rows = [row_of(one, data, typed_over.get(one.pk)) for one in own]
        section.new = OutcomeForm(data, prefix=f"new-{section.key}")
    bring_back_removed(sections, conflicts or [])
    return sections


def row_of(outcome: Outcome, data: Mapping[str, str] | None, conflict: Typed | None) -> Row:
    if outcome.status not in OPEN:
        return Row(outcome, conflict=conflict)
    prefix = f"row-{outcome.pk}"
    if data is not None and f"{prefix}-problem" not in data:
        data = None  # it was added since the page was shown
    initial = dict(conflict.values) if conflict and not conflict.is_removed else None
    return Row(outcome, OutcomeForm(data, prefix=prefix, instance=outcome, initial=initial), conflict)


def bring_back_removed(sections: list[Section], conflicts: list[Typed]) -> None:
    """Words typed into a row that somebody else removed meanwhile stand in the empty row."""
    known = {row.outcome.pk for section in sections for row in section.rows}
    lost = [one for one in conflicts if one.key not in known]
    for one, section in zip(lost, sections, strict=False):
        section.new = OutcomeForm(prefix=f"new-{section.key}", initial=dict(one.values))


def typed_in(sections: list[Section], data: Mapping[str, str]) -> list[Typed]:
    """Every row that came back, all of them valid; also those that are gone meanwhile."""
    typed = []
    for section in sections:
        group = section.circle.group.pk if section.circle else None
        typed += [form.typed(group) for form in section.forms if form.is_bound and not form.is_blank]
    known = {row.outcome.pk for section in sections for row in section.rows}
    for name in data:
        found = ROW.fullmatch(name)
        if found and int(found[1]) not in known | {one.key for one in typed}:
            typed.append(gone_row(int(found[1]), data))
    return [*typed, *locked_rows(sections, data)]


def gone_row(key: int, data: Mapping[str, str]) -> Typed:
    prefix = f"row-{key}-"
    return Typed(
        values={name: data.get(prefix + name, "")[:2000] for name in FIELDS},
        key=key,
        seen=data.get(prefix + "seen", ""),
        is_removed=bool(data.get(prefix + "is_removed")),
    )


def locked_rows(sections: list[Section], data: Mapping[str, str]) -> list[Typed]:
    """Rows that were handed in or approved while this page was open."""
    rows = [row for section in sections for row in section.rows if row.form is None]
    return [gone_row(row.outcome.pk, data) for row in rows if f"row-{row.outcome.pk}-problem" in data]
