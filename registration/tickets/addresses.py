"""Where a ticket is shown."""

from django.urls import reverse

from registration.models import Registration


def ticket_address(registration: Registration) -> str:
    return reverse("registration:ticket", args=[registration.edition.slug])
