"""The rules that look for conflicts. Adding one is writing one function:

    @rule("too_early", _("too early"))
    def too_early(draft: Draft) -> Iterator[Finding]:
        for slot in draft.slots:
            if slot.starts_at.astimezone(draft.edition.zone).hour < 8:
                yield Finding(words.of_slot(_("%(item)s begins before eight."), slot), slots=[slot])

A rule only looks at the draft it is given. It should go through it once, for a draft may hold a thousand sessions. An app
above this one puts its rules into a module that its AppConfig.ready() imports; what such a rule reads beyond the
draft it asks in a fixed number of queries.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from sessions.conflicts.draft import Draft
from sessions.models import Session, Slot


@dataclass(frozen=True)
class Conflict:
    """What is wrong, whether it forbids a release, the slots and sessions concerned, and where it is cured."""

    rule: str
    is_blocking: bool
    words: str
    slot_guids: tuple[str, ...]
    session_pks: tuple[int, ...]
    cure_url: str


@dataclass(frozen=True)
class Finding:
    """What a rule says of some sessions, or of slots and thereby of their sessions."""

    words: str
    slots: Sequence[Slot] = ()
    sessions: Sequence[Session] = ()
    may_block: bool = True  # only where the rule forbids a release at all
    cure_url: str = ""  # else where the rule says, of the last session


Find = Callable[[Draft], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    key: str
    name: str | Promise
    is_blocking: bool
    cure: str  # the part of the session's form where it is cured; empty: its times and rooms
    find: Find


RULES: dict[str, Rule] = {}


def rule(
    key: str, name: str | Promise, *, is_blocking: bool = False, cure: str = ""
) -> Callable[[Find], Find]:
    """Register a function from a draft to findings. The key is for programs, the name for people."""

    def register(find: Find) -> Find:
        RULES[key] = Rule(key, name, is_blocking, cure, find)
        return find

    return register
