"""Which objects keep their former states, and how such a state is written down.

The library listens to every save and deletion of a tracked model. Ours adds what it lacks: links to many others,
proxies, no row when nothing changed, and one row for what is saved in one go. Whoever writes many rows with one
statement says so with `note`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from conference import clock

MADE, CHANGED, DELETED = "+", "~", "-"
AT_ONCE = timedelta(seconds=2)  # a form saves its object and then its links: one state
# What says nothing to a person, or says it twice.
NEVER = {"created_at", "updated_at", "guid", "origin"}


class FormerState(models.Model):
    """What stands in every history table beside the fields of its objects."""

    # By field: the keys of what the object is linked with; fields with many links have no column.
    linked = models.JSONField(_("links"), default=dict)

    class Meta:
        abstract = True


@dataclass(frozen=True, kw_only=True, eq=False)
class Tracked:
    """One kind of object whose states are kept."""

    model: type[models.Model]
    history: type[models.Model]
    records: "Records"
    edition: str = ""  # the way from the object to its edition
    linked: list[str] = field(default_factory=list)
    person: str = ""  # the field that says whose object it is; their states go with their account
    files: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def fields(self) -> list[models.Field]:
        """Of the object, in the order of its model, those that a state holds."""
        kept = {one.name for one in self.history._meta.concrete_fields}
        return [one for one in self.model._meta.concrete_fields if one.name in kept and not one.primary_key]


TRACKED: dict[type[models.Model], Tracked] = {}


class Records(HistoricalRecords):
    def __init__(
        self, *, linked: Iterable[str], skip: Callable[[Any], bool] | None, unheard: set[str], **options: Any
    ) -> None:
        super().__init__(
            bases=[FormerState],
            history_id_field=models.BigAutoField(),
            history_user_id_field=models.BigIntegerField(_("by"), null=True, db_index=True),
            **options,
        )
        self.linked, self.skip, self.unheard = list(linked), skip, unheard
        self.history_model: Any = None

    def create_history_model(self, model: Any, inherited: bool) -> Any:
        self.history_model = super().create_history_model(model, inherited)
        return self.history_model

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        return {**super().get_meta_options(model), "default_permissions": ()}

    def post_save(
        self, instance: Any, created: bool, using: str | None = None, update_fields: Any = None, **more: Any
    ) -> None:
        """A save of nothing but what no state holds, such as the last log-in, costs no question."""
        if update_fields is None or not set(update_fields) <= self.unheard:
            super().post_save(instance, created, using=using, update_fields=update_fields, **more)

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        """Nothing when nothing changed; links that follow a save belong to it."""
        if self.skip and self.skip(instance):
            return
        state, who, now = self.state_of(instance), who_acts(instance), clock.now()
        latest = None if history_type == MADE else self.latest(instance)
        links = self.links_of(instance, history_type, latest)
        if latest and history_type == CHANGED and self.is_same(latest, state):
            if {**dict.fromkeys(self.linked, []), **latest.linked} == links:
                return
            if latest.history_user_id == who and now - latest.history_date < AT_ONCE:
                latest.linked = links
                latest.save(update_fields=["linked"])
                return
        self.history_model(
            **state, linked=links, history_type=history_type, history_date=now, history_user_id=who,
            history_change_reason=getattr(instance, "_change_reason", None),
        ).save()  # fmt: skip

    def latest(self, instance: Any) -> Any:
        return self.history_model.objects.filter(**{self.key: instance.pk}).order_by("-history_id").first()

    @property
    def key(self) -> str:
        return self.cls._meta.pk.attname

    def state_of(self, instance: Any) -> dict[str, Any]:
        """The values of the columns; what the database was asked to compute is read back first."""
        names = [one.attname for one in self.fields_included(instance)]
        computed = [name for name in names if hasattr(instance.__dict__.get(name), "resolve_expression")]
        if computed:
            instance.refresh_from_db(fields=computed)
        return {name: getattr(instance, name) for name in names}

    def is_same(self, former: Any, state: dict[str, Any]) -> bool:
        columns = {one.attname: one for one in former._meta.concrete_fields}
        return all(
            columns[name].get_prep_value(getattr(former, name)) == columns[name].get_prep_value(value)
            for name, value in state.items()
        )

    def links_of(self, instance: Any, history_type: str, latest: Any) -> dict[str, list[int]]:
        if history_type == MADE:
            return {}
        if history_type == DELETED:  # the links went before
            return latest.linked if latest else {}
        return {
            name: sorted(getattr(instance, name).order_by().values_list("pk", flat=True))
            for name in self.linked
        }

    def links_changed(self, sender: Any, instance: Any, action: str, reverse: bool, **_more: Any) -> None:
        if action in ("post_add", "post_remove", "post_clear") and not reverse:
            self.post_save(instance, False)


def track(
    model: type[models.Model], *, edition: str = "", linked: Iterable[str] = (), left_out: Iterable[str] = (),
    person: str = "", skip: Callable[[Any], bool] | None = None, proxies: Iterable[type[models.Model]] = (),
) -> None:  # fmt: skip
    """Keep the states of this model from now on; call it after its translated columns are there."""
    if model in TRACKED:
        return
    there = {one.name for one in model._meta.get_fields()}
    originals = {name for name in there if f"{name}_{settings.LANGUAGE_CODE}" in there}
    left_out = {*left_out, *(f"{name}_{code}" for name in left_out for code, _words in settings.LANGUAGES)}
    records = Records(
        linked=linked,
        skip=skip,
        unheard=NEVER | left_out,
        excluded_fields=sorted((NEVER | originals | set(left_out)) & there),
    )
    records.manager_name, records.table_name = "history", None
    records.module, records.cls = model.__module__, model
    records.finalize(model)
    for proxy in proxies:  # a save of a proxy says so under its own name
        post_save.connect(records.post_save, sender=proxy, weak=False)
        pre_delete.connect(records.pre_delete, sender=proxy, weak=False)
        post_delete.connect(records.post_delete, sender=proxy, weak=False)
    for name in linked:
        through: Any = model._meta.get_field(name).remote_field.through  # type: ignore[union-attr]
        m2m_changed.connect(records.links_changed, sender=through, weak=False)
    files = [one.name for one in model._meta.concrete_fields if isinstance(one, models.FileField)]
    TRACKED[model] = Tracked(
        model=model, history=records.history_model, records=records, edition=edition, linked=list(linked),
        person=person, files=files,
    )  # fmt: skip


def tracked(model: type[models.Model]) -> Tracked | None:
    return TRACKED.get(model._meta.concrete_model or model)


def who_acts(instance: Any = None) -> int | None:
    """The key of whoever is logged in while this is done; None is the site itself."""
    request = getattr(HistoricalRecords.context, "request", None)
    user = getattr(instance, "_history_user", None) or getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else None


@contextmanager
def acting(user: Any) -> Iterator[None]:
    """What is done within is done by this person, also where no request is: in a task they asked for."""
    before = getattr(HistoricalRecords.context, "request", None)
    HistoricalRecords.context.request = SimpleNamespace(user=user)
    try:
        yield
    finally:
        HistoricalRecords.context.request = before


def note(rows: Iterable[models.Model], history_type: str = CHANGED) -> None:
    """Write down the states of rows that one statement wrote, which the library does not hear of."""
    kinds: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        kinds.setdefault(row._meta.concrete_model or type(row), []).append(row)
    for model, some in kinds.items():
        if (kind := TRACKED.get(model)) and getattr(settings, "SIMPLE_HISTORY_ENABLED", True):
            _note(kind, some, history_type)


def _note(kind: Tracked, rows: list[Any], history_type: str) -> None:
    records, now, who = kind.records, clock.now(), who_acts()
    rows = [row for row in rows if not (records.skip and records.skip(row))]
    links = _links_of_all(kind, rows) if history_type == CHANGED else {}
    kind.history._base_manager.bulk_create(
        [
            kind.history(
                **records.state_of(row), linked=links.get(row.pk, {}), history_type=history_type,
                history_date=now, history_user_id=who,
            )
            for row in rows
        ],
        batch_size=500,
    )  # fmt: skip


def _links_of_all(kind: Tracked, rows: list[Any]) -> dict[int, dict[str, list[int]]]:
    found: dict[int, dict[str, list[int]]] = {row.pk: {name: [] for name in kind.linked} for row in rows}
    for name in kind.linked:
        line: Any = kind.model._meta.get_field(name)
        own, other = line.m2m_column_name(), line.m2m_reverse_name()
        through = line.remote_field.through._base_manager.filter(**{f"{own}__in": list(found)})
        for key, linked in through.order_by(other).values_list(own, other):
            found[key][name].append(linked)
    return found
