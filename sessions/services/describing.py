"""Describe many presentations at once: what is given replaces or is added, what is left open stays as it is."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from conference.content import touch
from sessions.exceptions import PresentationRefused
from sessions.library.index import reindex
from sessions.models import Presentation
from sessions.services.allowing import refuse_what_is_not_allowed
from sessions.services.presentations import LABELS


@transaction.atomic
def describe(
    *,
    presentation: Presentation,
    values: dict[str, Any],
    labels: dict[str, Iterable[Any]],
    replaces: bool = False,
    is_by_speaker: bool = False,
) -> Presentation:
    """`values` are columns, `labels` rows of lists, which are added to those there are, or replace them.

    Speakers choose within what the organisers allow.
    """
    rows = Presentation.objects.select_for_update(of=("self",)).select_related("edition")
    row = rows.get(pk=presentation.pk)
    before = (row.audience, row.opens_at, row.opens_after_session)
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in values])
        row.validate_constraints()
    except ValidationError as error:
        raise PresentationRefused(" ".join(error.messages)) from error
    if is_by_speaker:
        refuse_what_is_not_allowed(row, before=before)
    row.save(update_fields=[*values, "updated_at"])
    for name, chosen in labels.items():
        if name not in LABELS:
            raise LookupError(name)
        rows = getattr(row, name)
        rows.set(chosen) if replaces else rows.add(*chosen)
    reindex(row)
    touch(row.edition_id)
    return row
