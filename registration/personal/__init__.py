"""What the register says of registrations and of everything that hangs on them."""

from registration.personal import others, places, said, visits

__all__ = ["others", "places", "said", "visits"]
