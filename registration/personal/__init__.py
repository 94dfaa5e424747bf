"""What the register says of registrations and of everything that hangs on them."""

from registration.personal import letters, others, places, said, visits

__all__ = ["letters", "others", "places", "said", "visits"]
