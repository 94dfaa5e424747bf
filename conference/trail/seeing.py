"""Two people at one form: whoever saves second is told what the other changed, sees both, and chooses.

The form remembers, signed, which state it showed. `Seen` is mixed into a model form, in the admin and outside.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import IntegerField, Max, Value
from django.utils.translation import gettext_lazy as _

from conference.trail.differences import Difference, Names, differences, in_words, plain
from conference.trail.entries import Entry, current, entries, people_of
from conference.trail.records import Tracked, tracked
from conference.trail.sending import put

SALT = "admin.seen"
MINE, THEIRS = "mine", "theirs"
MOST_ROWS = 50  # of what others changed below the object


@dataclass(frozen=True)
class Choice:
    """One field that the other changed: what they made of it, and what stands in this form."""

    name: str
    difference: Difference
    mine: str
    answer: str = ""  # mine or theirs, where it was said already

    @property
    def is_mine(self) -> bool:
        """Whether I typed something here too; else theirs is taken unless I say otherwise."""
        return self.mine != self.difference.before

    @property
    def takes_theirs(self) -> bool:
        return self.answer == THEIRS or not self.answer and not self.is_mine

    @property
    def box(self) -> str:
        return f"take-{self.name}"


@dataclass(frozen=True)
class Collision:
    who: str
    choices: list[Choice] = field(default_factory=list)
    rows: list[Entry] = field(default_factory=list)  # of what belongs to the object


class SeenField(forms.CharField):
    """Nothing that anybody typed, although it is signed at another moment each time the form is shown."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class Seen(forms.ModelForm):
    collision: Collision | None = None
    must_say = False  # whether a form that says nothing of what it showed is refused
    # Kinds of rows that are edited within this form, and the column that leads to the object.
    seen_rows: ClassVar[list[tuple[Tracked, str]]] = []
    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"] = SeenField(required=False, widget=forms.HiddenInput)
        if self.instance.pk:
            self.initial["seen"] = self._signed(())
            if self.is_bound:
                self._take_theirs()

    # --- What was shown ---------------------------------------------------------------------------------------

    def _signed(self, must: tuple[str, ...]) -> str:
        return signing.dumps([state_of(self.instance, self.seen_rows), must, None], salt=SALT)

    def _shown(self) -> tuple[list[Any] | None, list[str], list[Any] | None]:
        """The state in which the form was shown, the fields for which a choice is due, and the state before both."""
        try:
            state, must, before = signing.loads(self.data.get(self.add_prefix("seen"), ""), salt=SALT)
        except (signing.BadSignature, ValueError):
            return None, [], None
        return state, must, before

    def _take_theirs(self) -> None:
        """Where somebody chose what the other wrote, that stands in the form from now on."""
        chosen = [name for name in self.fields if self.data.get(f"take-{name}") == THEIRS]
        if chosen:
            self.data = self.data.copy()
        for name in chosen:
            bound = self[name]
            for key in [
                key for key in self.data if key == bound.html_name or key.startswith(f"{bound.html_name}_")
            ]:
                if key == bound.html_name or key.removeprefix(f"{bound.html_name}_").isdecimal():
                    del self.data[key]
            value = bound.field.prepare_value(self.get_initial_for_field(bound.field, name))
            put(self.data, bound.field.widget, bound.html_name, value)

    # --- What is saved ----------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.instance.pk:
            return cleaned
        # Saved in one transaction: the lock makes a second save wait and then see the first.
        rows = type(self.instance)._base_manager.select_for_update(no_key=True, of=("self",))
        row = rows.filter(pk=self.instance.pk).first()
        shown, must, before = self._shown()
        if row is None or not (self.must_say or self.add_prefix("seen") in self.data):
            return cleaned
        if shown != state_of(row, self.seen_rows):
            raise self._refused(row, shown)
        if undecided := [name for name in must if self.data.get(f"take-{name}") not in (MINE, THEIRS)]:
            self.collision = self._found(row, before)
            self._ask_again(row, undecided, before)
            raise ValidationError(_("Say for each field which text is to stay."), code="changed_meanwhile")
        return cleaned

    def _refused(self, row: models.Model, shown: list[Any] | None) -> ValidationError:
        self.collision = self._found(row, shown)
        self._ask_again(row, [one.name for one in self.collision.choices if one.is_mine], shown)
        words = _(
            "“%(name)s” was changed meanwhile by somebody else (%(who)s). What you typed is still here and not "
            "saved. Choose what is to stay, then save again."
        )
        return ValidationError(
            words, params={"name": row, "who": self.collision.who}, code="changed_meanwhile"
        )

    def _ask_again(self, row: models.Model, must: list[str], before: list[Any] | None) -> None:
        self.data = self.data.copy()
        said = [state_of(row, self.seen_rows), must, before]
        self.data[self.add_prefix("seen")] = signing.dumps(said, salt=SALT)

    def _found(self, row: models.Model, shown: list[Any] | None) -> Collision:
        kind = tracked(type(row))
        since = dict(shown[3]) if shown and shown[:2] == state_of(row, [])[:2] else None
        if kind is None or since is None:
            return Collision("–")
        base = kind.history._base_manager.filter(pk=since.get(kind.label, 0)).first()
        latest = kind.records.latest(row)
        now, names = current(kind, row), Names()
        names.want(kind, [base, now])
        names.ask()
        changed = differences(kind, base, now, names) if base else []
        choices = [
            Choice(one.name, one, self._typed(one.name), self.data.get(f"take-{one.name}", ""))
            for one in changed
            if one.name in self.fields and one.name not in kind.files
        ]
        choices = [one for one in choices if one.mine != one.difference.after]
        rows = self._rows_since(row, since)
        who = people_of([latest]) if latest else {}
        name = who.get(latest.history_user_id, "–") if latest else "–"
        if rows and not changed:
            name = rows[0].who
        return Collision(name, choices, rows)

    def _rows_since(self, row: models.Model, since: dict[str, int]) -> list[Entry]:
        found = [
            (kind, key)
            for kind, column in self.seen_rows
            for key in kind.history._base_manager.filter(
                **{column: row.pk}, history_id__gt=since.get(kind.label, 0)
            )
            .order_by("-history_id")
            .values_list("history_id", flat=True)[:MOST_ROWS]
        ]
        return entries(found)

    def _typed(self, name: str) -> str:
        """What stands in this form, in the words of a difference."""
        value = self.cleaned_data.get(name)
        if value is None or value == "":
            return ""
        if isinstance(value, models.QuerySet | list | tuple):
            return ", ".join(str(one) for one in value)
        line = self.instance._meta.get_field(name)
        return in_words(line, value) if hasattr(line, "flatchoices") else plain(value)


def state_of(row: models.Model, rows: list[tuple[Tracked, str]]) -> list[Any]:
    """Which object, when it was saved, and the last written state of it and of each kind that belongs to it."""
    kind = tracked(type(row))
    kinds = ([(kind, kind.records.key)] if kind else []) + rows
    parts = [
        one.history._base_manager.filter(**{column: row.pk})
        .order_by()
        .values(column)
        .annotate(which=Value(number, IntegerField()), last=Max("history_id"))
        .values_list("which", "last")
        for number, (one, column) in enumerate(kinds)
    ]
    found = list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else list(parts[0]) if parts else []
    last = sorted([kinds[number][0].label, key] for number, key in found)
    changed_at = getattr(row, "updated_at", None)
    return [row._meta.label_lower, row.pk, changed_at.isoformat() if changed_at else "", last]
