"""The task that makes a large export."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.models import Task, User
from conference.tasks import Progress, TaskRefused, handles
from registration.exporting.lists import lists_for
from registration.exporting.making import (
    NotYours,
    content_type_of,
    count_of,
    file_of,
    name_of,
    rows_of,
)
from registration.exporting.noting import log_export
from registration.exporting.wishes import Wish

KIND = "export"


@handles(KIND)
def make_export(progress: Progress) -> None:
    """What whoever asked may see now, should that have changed since; begun anew, it makes the same again."""
    edition, by = progress.task.edition, progress.task.by
    if edition is None or by is None:
        raise TaskRefused(_("This edition is gone."))
    wish = Wish(**progress.task.options["wish"])
    try:
        rows = rows_of(wish, edition, by)
    except NotYours as refusal:
        raise TaskRefused(_("You may no longer export this list.")) from refusal
    total = count_of(rows)
    content, headings, count = file_of(
        wish, edition, by, rows, lambda done: progress.step(done, max(done, total))
    )
    with transaction.atomic():  # no file without its line in the log
        log_export(
            by=by, edition=edition, listing=wish.listing, form=wish.form, headings=headings, count=count
        )
        progress.keep(content, name=name_of(wish, edition), content_type=content_type_of(wish))
    progress.say(ngettext("%(count)s line.", "%(count)s lines.", count) % {"count": count})


def may_fetch(user: User, task: Task) -> bool:
    """Whoever lost the right to export, or to read needs, also lost what was made before."""
    return task.options["wish"]["listing"] in lists_for(user) and (
        not task.options.get("has_needs") or user.has_perm("registration.view_needs")
    )
