"""What the scenes of a race are made of: people without passwords, who are quick to make, and what became of them."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from conference.models import Outbox, User
from registration.models import Answer, Claim, Registration, RegistrationType
from registration.services.claims import hash_of
from tests.factories import make_edition, make_registration, make_registration_type


def person(name="Ada", **fields):
    """Hashing a password takes longer than a whole race, and nobody logs in here."""
    return User.objects.create(email=f"{uuid4().hex}@example.org", name=name, password="!", **fields)


def kind(edition=None, **fields):
    return make_registration_type(edition or make_edition(), **fields)


def registered(kind, name="Ada", **fields):
    """With number 1 in its queue, unless another one is given."""
    user = fields.pop("user", None) or person(name)
    fields = {"queue_number": 1, **fields}
    return make_registration(user=user, edition=kind.edition, registration_type=kind, **fields)


def claim(registration, **fields):
    """The token of a link that the registration can be taken over with."""
    token = uuid4().hex
    fields = {"offered_by": registration.user, "is_handing_over": True, **fields}
    Claim.objects.create(
        registration=registration,
        name="Ben",
        email=f"{token}@example.org",
        token_hash=hash_of(token),
        expires_at=timezone.now() + timedelta(days=1),
        **fields,
    )
    return token


def statuses(*registrations):
    rows = Registration.objects.filter(pk__in=[one.pk for one in registrations])
    return sorted(rows.values_list("status", flat=True))


def queue(kind: RegistrationType):
    """Everybody who has or waits for a place of this kind, with the number in its queue."""
    rows = kind.registrations.active().order_by("queue_number", "status")
    return list(rows.values_list("status", "queue_number"))


def mails(*users):
    return Outbox.objects.filter(recipient__in=[user.email for user in users]).count()


def chosen(question):
    return Answer.objects.filter(question=question).count()
