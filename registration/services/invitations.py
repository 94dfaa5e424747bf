"""The secret link of a kind of registration: made anew, the former one is worth nothing at once."""

from django.db import transaction

from registration.models import RegistrationType
from registration.models.registration_type import new_invitation_key


@transaction.atomic
def renew_invitation(*, registration_type: RegistrationType) -> RegistrationType:
    locked = RegistrationType.objects.select_for_update(no_key=True).get(pk=registration_type.pk)
    locked.invitation_key = new_invitation_key()
    locked.save(update_fields=["invitation_key"])
    return locked
