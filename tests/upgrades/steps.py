"""Which steps of migrations the former version of the program can live with, while it still runs beside the new one.

It reads columns and tables by the names it knows, and writes rows without the columns it does not know.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.migrations import operations as steps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED, Field, ManyToManyField

# The last migrations of the version that served before; put on when a version is given out.
FORMER = {
    "conference": "0016_bounces",
    "speakers": "0002_availability_and_origin",
    "conference_sessions": "0014_public_file_goes_with_its_presentation",
    "registration": "0019_badge_said",
}
GONE = (steps.RemoveField, steps.DeleteModel, steps.RenameField, steps.RenameModel, steps.AlterModelTable)


@dataclass(frozen=True)
class Step:
    app: str
    migration: str
    operation: Operation

    def __str__(self) -> str:
        return f"{self.app}.{self.migration}: {self.operation.describe()}"


def new_steps(loader: MigrationLoader) -> Iterator[Step]:
    """Of every migration of ours that the former version does not have, in the order in which they run."""
    known = set().union(*(loader.graph.forwards_plan(last) for last in FORMER.items()))
    plan: list[tuple[str, str]] = []
    for leaf in loader.graph.leaf_nodes():
        plan += [key for key in loader.graph.forwards_plan(leaf) if key not in plan]
    for app, name in plan:
        if app in FORMER and (app, name) not in known:
            yield from (Step(app, name, one) for one in loader.get_migration(app, name).operations)


def dangers(found: list[Step], before: dict[tuple[str, str], dict[str, Field]]) -> Iterator[tuple[Step, str]]:
    """`before` are the fields of the former version, by app and model; what it does not know cannot break it."""
    for step in found:
        operation = step.operation
        model = getattr(operation, "model_name_lower", None) or getattr(operation, "name_lower", "")
        fields = before.get((step.app, model))
        if isinstance(operation, steps.SeparateDatabaseAndState):
            inner = [Step(step.app, step.migration, one) for one in operation.database_operations]
            yield from dangers(inner, before)
        elif isinstance(operation, steps.RunSQL):
            yield step, "nobody can tell what it does"
        elif isinstance(operation, steps.RenameModel) and (step.app, operation.old_name_lower) in before:
            yield step, "the former version asks for it"
        elif fields is not None and (why := danger(operation, fields)):
            yield step, why


def danger(operation: Operation, fields: dict[str, Field]) -> str:
    if isinstance(operation, GONE):
        name = getattr(operation, "old_name", None) or getattr(operation, "name", "")
        concerns_a_field = isinstance(operation, steps.RemoveField | steps.RenameField)
        return "the former version asks for it" if not concerns_a_field or name in fields else ""
    if isinstance(operation, steps.AddField):
        return danger_of_field(operation.field)
    if isinstance(operation, steps.AlterField) and operation.name in fields:
        return danger_of_change(fields[operation.name], operation.field)
    if isinstance(operation, steps.AddConstraint | steps.AlterUniqueTogether):
        return "it may refuse what the former version writes"
    return ""


def danger_of_field(field: Field) -> str:
    if isinstance(field, ManyToManyField) or field.null or field.db_default is not NOT_PROVIDED:
        return ""
    return "the former version writes rows without it: null=True or db_default"


def danger_of_change(before: Field, after: Field) -> str:
    if isinstance(before, ManyToManyField):
        return ""
    if before.null and not after.null and after.db_default is NOT_PROVIDED:
        return "the former version may write nothing into it"
    if after.unique and not before.unique:
        return "it may refuse what the former version writes"
    if type(before) is not type(after) and before.get_internal_type() != after.get_internal_type():
        return "it is of another kind"
    shorter = (after.max_length or 10**9) < (before.max_length or 10**9)
    return "it is shorter than before" if shorter else ""
