"""The task that makes a file of badges."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conference.models import Task
from conference.tasks import Progress, TaskRefused, handles
from registration.badges.people import Bearer, Choice, bearers_of, digest_of
from registration.badges.sheets import pdf_of

KIND = "badges"
LACKING = gettext_lazy("Some letters have no shape in the fonts of this site: look for □ in the file.")
NEXT = gettext_lazy("Print it, and then say on the page of the badges that it is printed.")


@handles(KIND)
def make_badges(progress: Progress) -> None:
    """Begun anew after a crash it makes the same file of whoever is registered then."""
    edition = progress.task.edition
    if edition is None:
        raise TaskRefused(_("This edition is gone."))
    choice = Choice(**progress.task.options["choice"])
    bearers = bearers_of(edition, choice)
    if not bearers:
        raise TaskRefused(_("Nobody needs a badge by this choice."))
    pdf, is_lacking = pdf_of(edition, choice, bearers, progress.step)
    remember(progress.task, bearers)
    name = f"badges-{edition.slug}-{timezone.localdate(timezone=edition.zone):%Y-%m-%d}.pdf"
    progress.keep(pdf, name=name, content_type="application/pdf")
    progress.say("\n".join([counted(len(bearers)), *([str(LACKING)] if is_lacking else []), str(NEXT)]))


def counted(count: int) -> str:
    return ngettext("%(count)s badge.", "%(count)s badges.", count) % {"count": count}


def remember(task: Task, bearers: list[Bearer]) -> None:
    """Whose badges are in the file, and what they say, for when they are confirmed as printed."""
    made = {
        str(one.registration): digest_of(one.code, one.name, one.organisation)
        for one in bearers
        if one.registration
    }
    with transaction.atomic():
        row = Task.objects.select_for_update().get(pk=task.pk)
        row.options |= {"made": made, "count": len(bearers)}
        row.save(update_fields=["options"])
    task.options = row.options
