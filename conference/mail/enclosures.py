"""What is attached to a mail: named in its row by kind and key, made only when it leaves, so that it is never outdated."""

from collections.abc import Callable
from typing import NamedTuple

from conference.models import Outbox


class Enclosure(NamedTuple):
    """A file of a mail; nothing, when what it was about is gone meanwhile."""

    name: str
    content: bytes
    content_type: str


Maker = Callable[[str], list[Enclosure]]
MAKERS: dict[str, Maker] = {}


def encloses(kind: str) -> Callable[[Maker], Maker]:
    """Names the function that makes the files of this kind from a key."""

    def register(maker: Maker) -> Maker:
        MAKERS[kind] = maker
        return maker

    return register


def enclosures_of(mail: Outbox) -> list[Enclosure]:
    return [made for kind, key in mail.enclosures for made in MAKERS[kind](key)]
