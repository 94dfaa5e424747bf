"""What the text of a file suggests about it: topics whose words stand in it, its language, a title.

Pure. In: the text of the pages, and the words of the topics. Out: `Suggestions`; what cannot be told is empty.
Nothing here is set by itself: whoever describes the presentation takes a suggestion or leaves it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from sessions.describing.languages import base_language, language_of
from sessions.describing.titles import title_of
from sessions.library.words import STEMMERS, fold, stem, tokens

MOST_TOPICS = 8
LEAST_LETTERS = 3  # "IT" would be found in every "it"
TITLE_COUNTS = 3  # a word in the title of a page counts as so many in its text


@dataclass(frozen=True)
class TopicWord:
    """One way to say a topic; without a language it is the same in all of them."""

    topic: int
    word: str
    language: str = ""


@dataclass(frozen=True)
class PageText:
    text: str
    title: str = ""


@dataclass(frozen=True)
class Suggestions:
    title: str = ""
    language: str = ""
    topics: tuple[int, ...] = ()  # the best first


def suggest(
    pages: Sequence[PageText], words: Iterable[TopicWord], *, said_title: str = "", said_language: str = ""
) -> Suggestions:
    """`said_…` is what the file says of itself; of its language the text knows better when it is sure."""
    first = pages[0] if pages else PageText("")
    language = language_of("\n".join(page.text for page in pages)) or base_language(said_language)
    return Suggestions(
        title=title_of(said_title, first.title, first.text),
        language=language,
        topics=topics_in(pages, words, language),
    )


def topics_in(pages: Sequence[PageText], words: Iterable[TopicWord], language: str = "") -> tuple[int, ...]:
    """The topics whose words stand in the pages, those that stand there most often first."""
    known = list(words)
    languages = {word.language or language for word in known}
    bodies = {one: Forms.of("\n".join(page.text for page in pages), one) for one in languages}
    titles = {one: Forms.of("\n".join(page.title for page in pages), one) for one in languages}
    found: dict[int, int] = {}
    for word in known:
        spoken = word.language or language
        phrase = forms_in(word.word, spoken)
        if len(_line(phrase)) < LEAST_LETTERS + len("  "):
            continue
        count = bodies[spoken].count(phrase) + TITLE_COUNTS * titles[spoken].count(phrase)
        found[word.topic] = found.get(word.topic, 0) + count
    ranked = sorted(
        (topic for topic, count in found.items() if count), key=lambda topic: (-found[topic], topic)
    )
    return tuple(ranked[:MOST_TOPICS])


@dataclass(frozen=True)
class Forms:
    """A text as the forms of its words: as one line, and how often each stands in it."""

    line: str
    counts: Counter[str]

    @classmethod
    def of(cls, text: str, language: str) -> Self:
        forms = forms_in(text, language)
        return cls(_line(forms), Counter(forms))

    def count(self, phrase: Sequence[str]) -> int:
        """The line is gone through only for phrases of which every word stands in it: there may be thousands."""
        if len(phrase) == 1:
            return self.counts[phrase[0]]
        return self.line.count(_line(phrase)) if all(word in self.counts for word in phrase) else 0


def forms_in(text: str, language: str) -> list[str]:
    return [form_of(token.word, language) for token in tokens(text)]


def _line(forms: Sequence[str]) -> str:
    """Each between two spaces, so that a phrase is found as a part of the line.

    The space is doubled: two neighbours that are the same word are then both counted.
    """
    return "".join(f" {form} " for form in forms)


@lru_cache(maxsize=20_000)
def form_of(word: str, language: str) -> str:
    """One form for all forms of a word, as the library has it; where it knows no rules, the word itself."""
    plain = fold(word)
    return stem(plain, language) if language in STEMMERS else plain


def by_topic(words: Mapping[int, Iterable[tuple[str, str]]]) -> list[TopicWord]:
    """From {topic: [(word, language), …]}."""
    return [TopicWord(topic, word, language) for topic, rows in words.items() for word, language in rows]
