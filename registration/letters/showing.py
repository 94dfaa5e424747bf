"""What the pages of a letter show: who gets it, how it looks to one of them, and what became of each mail."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, override

from conference.mail import absolute
from conference.mail.filling import places_in
from conference.models import Outbox
from registration.letters.audience import Audience, Found, Reader, people_of
from registration.letters.composing import Composer, language_for, languages_of
from registration.letters.facts import Facts
from registration.letters.places import UNSUBSCRIBE, values_for
from registration.models import Addressee, Letter

MOST_NAMED = 100  # people to choose one from
STATES = {
    "waiting": Q(is_left_out=False) & (Q(written_at=None) | Q(mail__status__in=["waiting", "sending"])),
    "sent": Q(is_left_out=False, written_at__isnull=False) & (Q(mail=None) | Q(mail__status="sent")),
    "failed": Q(mail__status="failed"),
    "held": Q(mail__status="held"),
    "left_out": Q(is_left_out=True),
}


@dataclass(frozen=True)
class Example:
    """The letter in one language, filled for one person."""

    language: str
    language_name: str
    subject: str
    content: SafeString
    is_theirs: bool  # the person gets it in this language


def found_for(letter: Letter) -> Found:
    return people_of(letter.edition, Audience.of(letter.audience), is_news=letter.is_news)


def languages_read(letter: Letter, readers: list[Reader]) -> list[tuple[str, int]]:
    """In how many copies the letter goes in each language, by its name."""
    counts = Counter(language_for(letter, one.language) for one in readers)
    return [(name_of(code), counts[code]) for code, _name in settings.LANGUAGES if counts[code]]


def name_of(code: str) -> str:
    return str(get_language_info(code)["name_translated"])


def to_choose_from(found: Found, query: str) -> list[Reader]:
    """People by name or address."""
    words = query.strip().casefold()
    fitting = (one for one in found.readers if words in one.name.casefold() or words in one.address)
    return [one for one, _number in zip(fitting, range(MOST_NAMED), strict=False)]


def chosen(readers: list[Reader], key: str) -> Reader | None:
    return next((one for one in readers if one.key == key), next(iter(readers), None))


def examples_for(letter: Letter, reader: Reader) -> list[Example]:
    """In every language of the letter."""
    composer, facts, found = Composer(letter, [reader]), Facts(letter.edition, [reader]), []
    theirs = language_for(letter, reader.language)
    for code in languages_of(letter):
        names = places_in(letter.subjects[code]) | places_in(letter.texts[code])
        with override(code):
            values = values_for(names, facts, reader)
        values[UNSUBSCRIBE] = absolute("/…")  # nobody but the reader has theirs
        subject, content = composer.prepared(code).shown(values)
        found.append(Example(code, name_of(code), subject, content, code == theirs))
    return found


def addressees_in(letter: Letter, state: str) -> QuerySet[Addressee]:
    rows = Addressee.objects.filter(letter=letter).select_related("user", "speaker", "mail").order_by("pk")
    return rows.filter(STATES[state]) if state in STATES else rows


def progress_of(letter: Letter) -> dict[str, int]:
    """How many of its people have it, wait for it, were left out, or could not be reached; one query."""
    counts: dict[str, Any] = {name: Count("pk", filter=question) for name, question in STATES.items()}
    return Addressee.objects.filter(letter=letter).aggregate(**counts)


def waits_in_outbox(letter: Letter) -> bool:
    waiting = Outbox.objects.filter(status=Outbox.Status.WAITING, addressee__letter=letter)
    return waiting.exists()
