"""What the register says of registrations and of everything that hangs on them."""

from registration.personal import answers, day, others, places

__all__ = ["answers", "day", "others", "places"]
