"""What is wrong with the draft of a timetable, found by rules that every floor may add to."""

from sessions.conflicts.finding import find_conflicts
from sessions.conflicts.registry import Conflict

__all__ = ["Conflict", "find_conflicts"]
