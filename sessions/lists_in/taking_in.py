"""Takes a list in that was looked at: in the page, or by the worker when it is long."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.content import touch
from conference.models import Edition, User
from conference.tasks import Progress, handles
from sessions.exchange.reading import RefusedSchedule, Sheet, sheet_in
from sessions.lists_in.planning import ListIn, table_of
from sessions.services.importing import ChangedMeanwhile
from sessions.services.importing.columns import remember
from sessions.services.importing.keeping import Waiting
from sessions.services.importing.later import refused, take_in_once

KIND = "list_in"
KINDS: dict[str, ListIn] = {}  # each room names its own


@transaction.atomic
def take_in(
    kind: ListIn, edition: Edition, by: User, kept: Waiting, sheet: Sheet, chosen: Mapping[str, Any]
) -> str:
    """All of it, as it was shown, or nothing, and nothing twice when two people do it at once. What came in, in words."""
    kind.lock(edition)
    plan = kind.plan(edition, table_of(kind, sheet, dict(kept.mapping)), chosen)
    if plan.errors or plan.fingerprint() != kept.seen:
        raise ChangedMeanwhile(_("Something changed meanwhile; look once more."))
    count = kind.store(edition, plan, chosen, by)
    touch()  # the worker answers no request, after which pages would be new by themselves
    remember(edition, kind.key, sheet.headers, dict(kept.mapping))
    return ngettext("%(count)s line came in.", "%(count)s lines came in.", count) % {"count": count}


@handles(KIND)
def take_in_long(progress: Progress) -> None:
    """Asks again whether whoever confirmed it may, and whether it would still do what was shown."""
    options = progress.task.options
    kind = KINDS[options["list"]]

    def store(edition: Edition, by: User, kept: Waiting, data: bytes) -> str:
        if not by.is_active or not by.has_perms(kind.permissions):
            raise refused(_("You may no longer do this."))
        choices = kind.choices(options["choices"], edition=edition) if kind.choices else None  # type: ignore[call-arg]
        if choices and not choices.is_valid():
            raise refused(_("Something changed meanwhile; look once more."))
        try:
            sheet = sheet_in(data)
            return take_in(kind, edition, by, kept, sheet, choices.cleaned_data if choices else {})
        except (ChangedMeanwhile, RefusedSchedule) as refusal:
            raise refused(str(refusal)) from refusal

    take_in_once(progress, store)
