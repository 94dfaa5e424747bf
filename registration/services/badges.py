"""Say that a file of badges is printed; only then do its people count as having one."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from conference.models import Task, User
from registration.badges.people import digest_of
from registration.models import Registration


@transaction.atomic
def confirm_printed(*, task: Task, by: User, at: datetime | None = None) -> int:
    """How many were marked; not who got a new code meanwhile, because the code on their badge opens nothing."""
    at = at or timezone.now()
    locked = Task.objects.select_for_update().get(pk=task.pk)
    if locked.status != Task.Status.DONE or locked.options.get("printed_at"):
        return 0
    made = locked.options.get("made", {})
    rows = Registration.objects.confirmed().filter(edition=locked.edition, pk__in=[int(pk) for pk in made])
    same = [
        row.pk
        for row in rows.select_for_update(no_key=True, of=("self",)).order_by("pk")
        if digest_of(row.ticket_code) == made[str(row.pk)]
    ]
    Registration.objects.filter(pk__in=same).update(badge_printed_at=at)
    locked.options |= {"printed_at": at.isoformat(), "printed_by": by.pk}
    locked.save(update_fields=["options"])
    return len(same)
