"""What organisers edit in the programme."""

from sessions.admin import competences, labels, presentations, sessions, topics

__all__ = ["competences", "labels", "presentations", "sessions", "topics"]
