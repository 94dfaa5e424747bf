"""Say that a file of badges is printed; only then do its people count as having one."""

from datetime import datetime

from django.db import transaction

from conference import clock
from conference.models import Task, User
from registration.badges.people import said_now
from registration.models import Registration


@transaction.atomic
def confirm_printed(*, task: Task, by: User, at: datetime | None = None) -> int:
    """How many were marked; not whose code or name is another by now, because their badge is wrong."""
    at = at or clock.now()
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if locked.status != Task.Status.DONE or locked.options.get("printed_at"):
        return 0
    made = locked.options.get("made", {})
    rows = Registration.objects.confirmed().filter(edition=locked.edition, pk__in=[int(pk) for pk in made])
    known = rows.select_related("user", "organisation").order_by("pk")
    same = [
        row
        for row in known.select_for_update(no_key=True, of=("self",))
        if said_now(row) == made[str(row.pk)]
    ]
    for row in same:
        row.badge_printed_at, row.badge_said = at, made[str(row.pk)]
    Registration.objects.bulk_update(same, ["badge_printed_at", "badge_said"], batch_size=200)
    locked.options |= {"printed_at": at.isoformat(), "printed_by": by.pk}
    locked.save(update_fields=["options"])
    return len(same)
