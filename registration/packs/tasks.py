"""The task that makes a large pack, and whether what it made is still what its owner may have."""

import logging
from collections.abc import Callable, Iterator
from time import sleep
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.mail import absolute, queue_mail
from conference.models import Task, User
from conference.tasks import Progress, TaskRefused, ask_for, handles
from registration.packs.contents import Pack, Packed, pack_of, packed
from registration.packs.holder import Holder, NoLongerYours
from registration.packs.wanted import wanted
from registration.packs.zipping import FileChanged
from sessions.booklet.shelf import ComeBackLater

KIND = "pack"
TRIES = 3  # what somebody may have can change while a large pack is made; it is then begun anew
MEGABYTE = 1024**2
MOST = 20 * 1024 * MEGABYTE  # on disk for a day
STEP = 32 * MEGABYTE
Status = Task.Status
log = logging.getLogger(__name__)


@transaction.atomic
def ask_for_pack(pack: Pack, by: User) -> Task:
    """The one that waits or was made already for this very wish, else a new task; two clicks at once take turns."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    wish = {"of": pack.wanted.kind, "key": pack.wanted.key, "query": pack.wanted.query}
    options: dict[str, Any] = {
        **wish,
        "language": get_language() or "en",
        "is_organiser": pack.holder.is_organiser,
    }
    open_ = Task.objects.kept().filter(by=by, kind=KIND).exclude(status__in=[Status.DONE, Status.FAILED])
    known = next(
        (task for task in open_ if all(task.options[name] == value for name, value in options.items())), None
    )
    return known or ask_for(KIND, by=by, edition=None, title=pack.wanted.title, **options)


@handles(KIND)
def make_pack(progress: Progress) -> None:
    """Asked again for each file; begun anew, it makes the pack of what its owner may have then."""
    task = progress.task
    with translation.override(task.options["language"]):
        for _try in range(TRIES):
            try:
                made = store(progress)
            except NoLongerYours:
                continue
            except ComeBackLater as wait:  # the PDF of a publication is being made
                sleep(wait.seconds)
                continue
            except FileChanged as broken:
                log.error("A file of a pack is not what it was: %s", broken)
                raise TaskRefused(
                    _("One of the files is damaged. The organisers can bring it back.")
                ) from broken
            except OSError as problem:
                log.error("A pack could not be stored: %s", problem)
                raise TaskRefused(_("The pack could not be stored. Please tell the organisers.")) from problem
            announce(task, made)
            return
    raise TaskRefused(_("What you may have changed while the pack was made. Ask for it again."))


def store(progress: Progress) -> Packed:
    task = progress.task
    holder = Holder(task.by_id, task.options["is_organiser"])
    made = pack_for(task, holder, lambda done: progress.step(0, 0))
    if made is None or made.pack.is_empty:
        raise TaskRefused(_("Nothing of this is open to you any more."))
    if made.zip.size > MOST:
        raise TaskRefused(_("That is more than one pack can hold. Take it in smaller parts."))
    pieces = watched(made, progress)
    progress.keep_pieces(pieces, name=made.file_name, content_type="application/zip")
    return made


def pack_for(task: Task, holder: Holder, step: Callable[[int], None] = lambda done: None) -> Packed | None:
    """The pack that the task is of, as it is now."""
    viewer, options = holder.viewer(), task.options
    asked = wanted(options["of"], options["key"], viewer, options["query"])
    found = pack_of(asked, holder, viewer) if asked else None
    return packed(found, records=False, step=step) if found else None


def watched(made: Packed, progress: Progress) -> Iterator[bytes]:
    """The pieces, with a sign of life now and then, in megabytes."""
    done = said = 0
    total = made.zip.size // MEGABYTE
    progress.step(0, total)
    for piece in made.zip.pieces():
        yield piece
        done += len(piece)
        if done - said >= STEP:
            said = done
            progress.step(done // MEGABYTE, total)


@transaction.atomic
def announce(task: Task, made: Packed) -> None:
    """The mail and what the pack is known by, together or not at all; one mail, also if the worker died right after."""
    is_known = "etag" in task.options
    task.options = {**task.options, "etag": made.etag}
    task.save(update_fields=["options"])
    if task.by and not is_known:
        url = absolute(reverse("registration:my_pack", args=[task.guid]))
        context = {"title": made.pack.wanted.title, "url": url, "expires_at": task.expires_at}
        queue_mail(
            to=task.by.email, template="pack_ready", context=context, language=task.options["language"]
        )


def still_yours(task: Task, holder: Holder) -> Packed | None:
    """What was made, if it is still exactly what its owner may have."""
    if "etag" not in task.options:
        return None
    with translation.override(task.options["language"]):
        now = pack_for(task, holder)
    return now if now and now.etag == task.options["etag"] else None
