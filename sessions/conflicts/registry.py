"""The rules that look for conflicts: adding one is writing one function."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Conflict:
    """One finding: which rule, whether it forbids a release, the words for it, what it is about and where to cure it."""

    rule: str
    is_blocking: bool
    words: str
    slot_guids: tuple[str, ...]
    session_pks: tuple[int, ...]
    cure_url: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Finding:
    """What a rule says: the words, the draft slots and sessions concerned, and the session whose form cures it."""

    words: str
    slots: tuple[Any, ...] = ()
    sessions: tuple[Any, ...] = ()
    cure_url: str = ""


@dataclass(frozen=True)
class Rule:
    key: str
    name: str | Promise
    is_blocking: bool
    find: Callable[[Any], Iterable[Finding]]


RULES: dict[str, Rule] = {}


def rule(key: str, name: str | Promise, *, is_blocking: bool = False) -> Callable[[Callable], Callable]:
    """Register a function from a loaded draft to findings. The key names the rule for scripts, the name for people."""

    def register(find: Callable[[Any], Iterable[Finding]]) -> Callable[[Any], Iterable[Finding]]:
        RULES[key] = Rule(key, name, is_blocking, find)
        return find

    return register
