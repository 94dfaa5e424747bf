"""What organisers and the desk see of attendees; and editions and workshops with all that hangs on them."""

from registration.admin import bookings, editions, place_changes, registration_types, registrations, workshops

__all__ = ["bookings", "editions", "place_changes", "registration_types", "registrations", "workshops"]
