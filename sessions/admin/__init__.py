"""What organisers edit in the programme."""

from sessions.admin import (
    competences,
    files,
    labels,
    presentations,
    publications,
    sessions,
    topics,
    vocabularies,
)

__all__ = [
    "competences",
    "files",
    "labels",
    "presentations",
    "publications",
    "sessions",
    "topics",
    "vocabularies",
]
