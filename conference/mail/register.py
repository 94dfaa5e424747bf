"""Every mail that the site sends by itself: what it is called, when it goes, and the places its words may have.

Each room names its mails in its `automatic_mails.py`. The value of a place is written as a template of ours and rendered
from what the mail is about; organisers write only the names of places.
"""

from dataclasses import dataclass, field
from typing import Any

ADDRESS = "http"  # what every example of an address begins with


@dataclass(frozen=True)
class Slot:
    """A place in the words of a mail."""

    words: Any
    source: str  # a template, rendered without escaping
    example: str
    is_required: bool = False

    @property
    def is_address(self) -> bool:
        return self.example.startswith(ADDRESS)

    def required(self) -> "Slot":
        return Slot(self.words, self.source, self.example, is_required=True)


@dataclass(frozen=True)
class AutomaticMail:
    name: str  # templates/mail/<name>.txt, or what starts the names of allauth's templates
    title: Any
    when: Any
    slots: dict[str, Slot] = field(default_factory=dict)
    fixed_because: Any = ""  # why nobody changes its words

    @property
    def required(self) -> set[str]:
        return {name for name, slot in self.slots.items() if slot.is_required}

    @property
    def is_about_an_edition(self) -> bool:
        return "edition" in self.slots

    @property
    def addresses(self) -> set[str]:
        return {name for name, slot in self.slots.items() if slot.is_address}


REGISTER: dict[str, AutomaticMail] = {}


def register(*mails: AutomaticMail) -> None:
    REGISTER.update({mail.name: mail for mail in mails})


def changeable() -> list[AutomaticMail]:
    return [mail for mail in REGISTER.values() if not mail.fixed_because]


def changeable_for_editions() -> list[AutomaticMail]:
    return [mail for mail in changeable() if mail.is_about_an_edition]


def title_of(kind: str) -> str:
    """How a kind of mail is called; one that is not known here keeps its name."""
    return str(REGISTER[kind].title) if kind in REGISTER else kind
