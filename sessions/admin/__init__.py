"""What organisers edit in the programme."""

from sessions.admin import labels, presentations, sessions

__all__ = ["labels", "presentations", "sessions"]
