"""What organisers edit in the programme."""

from sessions.admin import labels, presentations, sessions, topics

__all__ = ["labels", "presentations", "sessions", "topics"]
