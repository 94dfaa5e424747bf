"""What is wrong with the draft of a timetable, found by rules that every floor may add to."""

from sessions.conflicts import contents, times
from sessions.conflicts.finding import find_conflicts
from sessions.conflicts.registry import RULES, Conflict, Finding, rule

__all__ = ["RULES", "Conflict", "Finding", "contents", "find_conflicts", "rule", "times"]
