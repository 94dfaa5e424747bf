"""A letter as its readers get it: the text of their language, filled for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference.mail.filling import Prepared, places_in, prepare
from conference.models import Edition, Outbox
from registration.letters.audience import Reader
from registration.letters.facts import Facts
from registration.letters.moments import last_moment
from registration.letters.places import ADDRESSES, UNSUBSCRIBE, values_for
from registration.models import Letter

KIND = "letter"


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def language_for(letter: Letter, asked: str) -> str:
    """Theirs; where the letter is not written in it, the first language of the site in which it is."""
    written = [code for code in languages() if letter.texts.get(code)]
    return asked if asked in written else next(iter(written), asked)


def languages_of(letter: Letter) -> list[str]:
    return [code for code in languages() if letter.texts.get(code)]


@dataclass
class Composer:
    """Fills one letter; each of its languages is made ready once."""

    letter: Letter
    readers: Sequence[Reader]
    ready: dict[str, Prepared] = field(default_factory=dict)

    @property
    def edition(self) -> Edition:
        return self.letter.edition

    def prepared(self, language: str) -> Prepared:
        if language not in self.ready:
            text = self.letter.texts.get(language, "")
            with override(language):
                text = f"{text}\n\n{unsubscribing()}" if self.letter.is_news else text
            self.ready[language] = prepare(
                subject=self.letter.subjects.get(language, ""), text=text, language=language,
                addresses=ADDRESSES,
            )  # fmt: skip
        return self.ready[language]

    def mails(self) -> list[Outbox]:
        """One for each reader, in their order, not yet written."""
        facts = Facts(self.edition, self.readers)
        return [self.mail(reader, facts) for reader in self.readers]

    def mail(self, reader: Reader, facts: Facts) -> Outbox:
        language = language_for(self.letter, reader.language)
        words = [self.letter.subjects.get(language, ""), self.letter.texts.get(language, "")]
        with override(language):
            values = values_for(set().union(*map(places_in, words)), facts, reader)
        fields: dict[str, Any] = {
            "unsubscribe_link": values[UNSUBSCRIBE] if self.letter.is_news else "",
            "kind": KIND,
            "edition": self.edition,
            "not_after": last_moment(self.letter),
        }
        return self.prepared(language).mail(reader.email, values, **fields)


def unsubscribing() -> str:
    words = _(
        "No more news by mail? Unsubscribe on this page. The link works as long as you have an account."
    )
    return f"{words}\n\n{{{UNSUBSCRIBE}}}"
