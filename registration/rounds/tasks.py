"""Computing and publishing an allocation, done by the worker."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.tasks import TITLES
from conference.tasks import Progress, TaskRefused, handles
from registration.exceptions import Refusal
from registration.models import Allocation, Round
from registration.rounds.exceptions import AlreadyPublished
from registration.services.allocating import compute
from registration.services.publishing_rounds import publish

COMPUTE, PUBLISH = "allocation", "allocation_publishing"
TITLES[COMPUTE] = gettext_lazy("Computing an allocation")
TITLES[PUBLISH] = gettext_lazy("Publishing an allocation")


@handles(COMPUTE)
def compute_allocation(progress: Progress) -> None:
    task = progress.task
    progress.step(0, 1)
    round_ = Round.objects.filter(pk=task.options["round"]).first()
    if round_ is None:
        raise TaskRefused(_("This round is gone."))
    try:
        allocation = compute(round_=round_, by=task.by)
    except Refusal as refusal:
        raise TaskRefused(str(refusal)) from refusal
    progress.step(1, 1)
    progress.say(_("Computed as number %(number)s.") % {"number": allocation.number})


@handles(PUBLISH)
def publish_allocation(progress: Progress) -> None:
    """Asked for twice, it is published once, and both are told that it is."""
    task = progress.task
    allocation = Allocation.objects.select_related("round").filter(pk=task.options["allocation"]).first()
    if allocation is None:
        raise TaskRefused(_("This allocation is gone."))
    try:
        done = publish(allocation=allocation, waits=bool(task.options.get("waits")), by=task.by)
    except AlreadyPublished as refusal:
        if not Allocation.objects.filter(pk=allocation.pk, published_at__isnull=False).exists():
            raise TaskRefused(str(refusal)) from refusal
        progress.say(str(refusal))
    except Refusal as refusal:
        raise TaskRefused(str(refusal)) from refusal
    else:
        text = _("%(booked)s places, %(waiting)s places on waiting lists, %(mails)s mails.")
        lines = [text % {"booked": done.booked, "waiting": done.waiting, "mails": done.mails}]
        if done.cancelled:
            lines.append(
                _("Left out, because they cancelled meanwhile: %(count)s.") % {"count": len(done.cancelled)}
            )
        if done.clashing:
            names = ", ".join(place.registration.user.name for place in done.clashing)
            lines.append(
                _("Left out, because they took a place elsewhere at that time: %(names)s.") % {"names": names}
            )
        progress.say("\n".join(lines))
