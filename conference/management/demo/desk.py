"""The door of the 1st conference: half of its people were scanned by two devices, one of them by mistake."""

from datetime import datetime, timedelta

from django.utils import timezone

from conference.models import Edition, User
from registration.models import CheckIn

OPENS = datetime(2024, 3, 15, 8, 41)  # noqa: DTZ001 - made aware below


def load(accounts: dict[str, User], mechelen: Edition) -> None:
    people = list(mechelen.registrations.confirmed().order_by("pk"))  # type: ignore[attr-defined]
    helper, opens = accounts["desk helper"], timezone.make_aware(OPENS)
    CheckIn.objects.bulk_create(
        CheckIn(
            registration=person,
            by=helper,
            device=f"Desk {1 + number % 2}",
            at=opens + timedelta(minutes=4 * number),
        )
        for number, person in enumerate(people[: (len(people) + 1) // 2])
    )
    mistake = opens + timedelta(minutes=3)
    CheckIn.objects.create(
        registration=people[-1], by=helper, device="Desk 2", at=mistake,
        undone_at=mistake + timedelta(minutes=1), undone_by=helper,
    )  # fmt: skip
