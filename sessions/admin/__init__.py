"""What organisers edit in the programme."""

from sessions.admin import competences, labels, presentations, sessions, topics, vocabularies

__all__ = ["competences", "labels", "presentations", "sessions", "topics", "vocabularies"]
