"""Give a person a secret address for their calendar program, a new one, or none."""

from django.db import transaction

from conference.models import User
from registration.models import CalendarFeed


@transaction.atomic
def new_feed(*, user: User) -> CalendarFeed:
    """A new address; the one before is gone at once."""
    end_feed(user=user)
    return CalendarFeed.objects.create(user=user)


@transaction.atomic
def end_feed(*, user: User) -> None:
    """No address any more."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # of two buttons pressed at once one waits
    CalendarFeed.objects.filter(user=user).delete()
