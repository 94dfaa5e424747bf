"""What is too long for a page comes in by the worker: whole or not at all, and once, however often it is begun."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from conference.models import Edition, Task, User
from conference.tasks import Progress, TaskRefused, ask_for
from sessions.services.importing.keeping import Waiting, waiting_again

MOST_AT_ONCE = 300  # lines or sessions; more are the worker's
Store = Callable[[Edition, User, Waiting, bytes], str]  # stores, and says what it did


@transaction.atomic
def ask_once(kind: str, kept: Waiting, *, by: User, edition: Edition, **options: Any) -> Task:
    """One task for one file; two clicks at once take turns."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    asked = Task.objects.kept().filter(by=by, kind=kind, options__kept__file=kept.file).first()
    language = translation.get_language() or "en"  # of what was shown, and so of what is compared
    return asked or ask_for(kind, by=by, edition=edition, kept=asdict(kept), language=language, **options)


def take_in_once(progress: Progress, store: Store) -> None:
    """What it said is written down with what it did: begun anew after its end, it only says it again."""
    task = progress.task
    edition, by, kept = task.edition, task.by, waiting_again(task.options["kept"])
    if edition is None or by is None:
        raise TaskRefused(_("This edition is gone."))
    with translation.override(task.options["language"]):
        try:
            words = done_in_one(task, edition, by, kept, store)
        except FileNotFoundError as gone:
            raise refused(_("This file is no longer here. Upload it again.")) from gone
        except Exception:
            kept.forget()
            raise
        kept.forget()
        progress.say(words)


@transaction.atomic
def done_in_one(task: Task, edition: Edition, by: User, kept: Waiting, store: Store) -> str:
    """The locked row keeps every other worker away until all of it stands."""
    row = Task.objects.select_for_update(no_key=True).get(pk=task.pk)
    if "said" in row.options:
        return str(row.options["said"])
    words = store(edition, by, kept, kept.read())
    LogEntry.objects.log_actions(by.pk, [edition], CHANGE, f"{kept.name}: {words}", single_object=True)
    row.options |= {"said": words}
    row.save(update_fields=["options"])
    return words


def refused(why: str) -> TaskRefused:
    return TaskRefused(_("Nothing was imported. %(why)s") % {"why": why[:1].upper() + why[1:]})
