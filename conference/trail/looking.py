"""What somebody looks for in the trail, as one query over all kinds of objects."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db import models
from django.db.models import IntegerField, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from conference.models import Edition, User
from conference.trail.records import TRACKED, Tracked

Line = tuple[datetime, int, int]  # when, which of the kinds, the key of the state
MOST_PEOPLE = 200


def kinds_for(request: HttpRequest) -> list[Tracked]:
    """The former states of what this person may change."""
    found = [kind for kind in TRACKED.values() if may_look(request, kind.model)]
    return sorted(found, key=lambda kind: str(kind.model._meta.verbose_name).casefold())


def may_look(request: HttpRequest, model: type[models.Model]) -> bool:
    opts = model._meta
    return request.user.has_perm(f"{opts.app_label}.change_{opts.model_name}")


class TrailForm(forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    who = forms.CharField(
        label=_("Who"), required=False, max_length=100, help_text=_("A part of the name or address.")
    )
    site = forms.BooleanField(label=_("By the site itself"), required=False)
    kind = forms.ChoiceField(label=_("What"), required=False)
    edition = forms.ModelChoiceField(
        Edition.objects.none(), label=_("Edition"), required=False, empty_label=_("All")
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, kinds: list[Tracked]) -> None:
        super().__init__(data)
        self.kinds = kinds
        fields: Any = self.fields
        words = [(kind.label, capfirst(str(kind.model._meta.verbose_name))) for kind in kinds]
        fields["kind"].choices = [("", _("All")), *words]
        fields["edition"].queryset = Edition.objects.order_by("-starts_on")

    def lines(self) -> QuerySet[Any]:
        """Newest first; nothing as long as what is asked makes no sense."""
        asked = self.cleaned_data if self.is_valid() else {}
        numbered = [(number, kind) for number, kind in enumerate(self.kinds) if fits(kind, asked)]
        people = people_like(asked.get("who", ""))
        parts = [part(number, kind, asked, people) for number, kind in numbered] if self.is_valid() else []
        if not parts:
            return User.objects.none()
        first, *others = parts
        found = first.union(*others, all=True) if others else first
        return found.order_by("-history_date", "-history_id", "which_kind")


def fits(kind: Tracked, asked: dict[str, Any]) -> bool:
    if asked.get("kind") and asked["kind"] != kind.label:
        return False
    return bool(kind.edition) or not asked.get("edition")


def part(number: int, kind: Tracked, asked: dict[str, Any], people: list[int] | None) -> QuerySet[Any]:
    rows = kind.history._base_manager.order_by()
    if people is not None:
        rows = rows.filter(history_user_id__in=people)
    if asked.get("site"):
        rows = rows.filter(history_user_id=None)
    if edition := asked.get("edition"):
        rows = rows.filter(**{"id" if kind.edition == "pk" else kind.edition: edition.pk})
    if since := asked.get("since"):
        rows = rows.filter(history_date__gte=midnight(since))
    if until := asked.get("until"):
        rows = rows.filter(history_date__lt=midnight(until + timedelta(days=1)))
    if words := asked.get("q"):
        rows = rows.filter(holding(kind, words))
    line = rows.annotate(which_kind=Value(number, IntegerField()))
    return line.values_list("history_date", "which_kind", "history_id")


def people_like(words: str) -> list[int] | None:
    if not words:
        return None
    found = User.objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return list(found.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])


def holding(kind: Tracked, words: str) -> Q:
    found = Q(history_change_reason__icontains=words)
    for column in text_columns(kind):
        found |= Q(**{f"{column}__icontains": words})
    return found


def text_columns(kind: Tracked) -> Iterable[str]:
    """The fields of its states that hold words; a country is a code."""
    for one in kind.history._meta.concrete_fields:
        is_text = isinstance(one, models.CharField | models.TextField) and not isinstance(one, CountryField)
        if is_text and not one.name.startswith("history_"):
            yield one.name


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
