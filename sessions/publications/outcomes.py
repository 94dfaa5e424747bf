"""What sessions decided, for publications: the app above says it, because outcomes are its rows."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """One approved outcome; `circle` is the group or workshop that agreed on it, in the language of the page."""

    circle: str
    problem: str
    action: str = ""
    who: str = ""
    deadline: str = ""
    contact: str = ""


Ask = Callable[[Collection[int]], dict[int, list[Decision]]]
SOURCES: list[Ask] = []  # filled in AppConfig.ready(); each asks in a fixed number of queries


def decisions_of(sessions: Collection[int]) -> dict[int, list[Decision]]:
    """By the key of a session what it and its parts decided, as far as everybody may read it."""
    found: dict[int, list[Decision]] = {}
    for ask in SOURCES if sessions else []:
        for session, decisions in ask(sessions).items():
            found.setdefault(session, []).extend(decisions)
    return found
