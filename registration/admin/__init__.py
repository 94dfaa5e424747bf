"""What organisers and the desk see of attendees; and editions and workshops with all that hangs on them."""

from registration.admin import (
    bookings,
    certificates,
    editions,
    groups,
    outcomes,
    place_changes,
    questions,
    registration_types,
    registrations,
    rounds,
    workshops,
)

__all__ = [
    "bookings",
    "certificates",
    "editions",
    "groups",
    "outcomes",
    "place_changes",
    "questions",
    "registration_types",
    "registrations",
    "rounds",
    "workshops",
]
