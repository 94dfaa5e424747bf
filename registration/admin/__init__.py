"""What organisers and the desk see of attendees; and editions and workshops with all that hangs on them."""

from registration.admin import (
    bookings,
    certificates,
    check_ins,
    claims,
    editions,
    feedback,
    groups,
    invoices,
    outcomes,
    place_changes,
    questions,
    registration_types,
    registrations,
    report,
    rounds,
    workshops,
)

__all__ = [
    "bookings",
    "certificates",
    "claims",
    "check_ins",
    "editions",
    "feedback",
    "groups",
    "invoices",
    "outcomes",
    "place_changes",
    "questions",
    "registration_types",
    "registrations",
    "report",
    "rounds",
    "workshops",
]
