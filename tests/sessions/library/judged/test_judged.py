"""Sixty questions to a small library, judged by hand; the same answers on every database."""

import math

import pytest
from django.test import TestCase

from conference.viewer import ANONYMOUS
from sessions.library.asking import Asked
from sessions.library.index import rebuild
from sessions.library.matching import matches
from sessions.library.search import search
from sessions.library.snapshot import current, positions
from sessions.library.words import terms_of, tokens
from sessions.models import Credit, Level, LibraryEntry, Presentation, Publication, Topic, TopicWord
from speakers.models import Speaker
from tests.conftest import MEASURED
from tests.factories import make_appearance, make_edition, make_presentation, make_session, make_speaker
from tests.sessions.library.judged import corpus
from tests.sessions.library.judged.queries import JUDGED
from tests.sessions.library.pages import make_pages

FLOOR = 0.96
MOST = 10


def ndcg(grades, judged):
    """Discounted cumulative gain of the first ten, over the best there can be (Järvelin, Kekäläinen 2002)."""
    best = sorted(judged.values(), reverse=True)[:MOST]
    return gain(grades[:MOST]) / gain(best)


def gain(grades):
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


class JudgedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.keys = {}
        cls.edition = make_edition(title="A conference", starts_on="2024-03-04", ends_on="2024-03-05")
        topics, levels = make_topics(), make_levels()
        for key, (title, names, abstract) in corpus.SESSIONS.items():
            session = make_session(cls.edition, title, abstract=abstract)
            cls.keys[session] = key
            for name in names:
                make_appearance(session, the_speaker(name))
        opening = make_session(cls.edition, "Opening")
        cls.keys[opening] = "s-opening"
        for key, row in corpus.PRESENTATIONS.items():
            cls.keys[make_deck(row, opening, topics, levels)] = key
        for key, (title, subtitle, introduction) in corpus.PUBLICATIONS.items():
            publication = Publication.objects.create(
                title=title, subtitle=subtitle, introduction=introduction, slug=key, is_published=True
            )
            cls.keys[publication] = key
        cls.keys |= {speaker: speaker.name for speaker in Speaker.objects.all()}
        rebuild()

    @pytest.fixture(autouse=True)
    def noted(self, record_property):
        self.note = record_property

    def found(self, q, viewer=ANONYMOUS):
        return [self.keys[hit.object] for hit in search(Asked(q), viewer).hits]

    def test_answers_are_as_good_as_they_were(self):
        scores = {
            q: ndcg([judged.get(key, 0) for key in self.found(q)], judged) for q, judged in JUDGED.items()
        }
        mean = sum(scores.values()) / len(scores)
        worst = sorted(scores, key=lambda q: scores[q])[:12]

        self.note(MEASURED, f"The library answers {len(scores)} judged questions with nDCG@10 {mean:.4f}.")
        print("\n".join(f"{scores[q]:.2f} {q}: {self.found(q)[:6]}" for q in worst))
        self.assertEqual(len(JUDGED), 60)
        self.assertGreater(mean, FLOOR)

    def test_the_database_finds_what_stands_in_the_entries(self):
        """The same on every database, because each is compared with the texts themselves."""
        snapshot = current()
        rows = list(LibraryEntry.objects.order_by("pk"))
        for word in {token.word for q in JUDGED for token in tokens(q)}:
            terms = set(terms_of(word))
            title = [terms & set(row.title.split()) for row in rows]
            about = [terms & set(f"{row.words} {row.description}".split()) for row in rows]
            front = [terms & set(row.front.split()) for row in rows]
            rest = [terms & set(row.rest.split()) for row in rows]
            expected = [[n for n, has in enumerate(field) if has] for field in (title, about, front, rest)]

            self.assertEqual([positions(mask) for mask in matches(snapshot, terms)], expected, word)


def make_topics():
    topics = {}
    for slug, (name, words) in corpus.TOPICS.items():
        topics[slug] = Topic.objects.create(name=name, slug=slug)
        TopicWord.objects.bulk_create(TopicWord(topic=topics[slug], word=word) for word in words)
    return topics


def make_levels():
    return {
        slug: Level.objects.get_or_create(slug=slug, defaults={"name": name})[0]
        for slug, name in corpus.LEVELS.items()
    }


def the_speaker(name):
    known = Speaker.objects.filter(name=name).first()
    return known or make_speaker(name, biography=corpus.BIOGRAPHIES.get(name, ""))


def make_deck(row, opening, topics, levels):
    title, language, topic, level, country, author, description, pages = row
    speaker = the_speaker(author)
    if not speaker.appearances.exists():
        make_appearance(opening, speaker)
    deck = make_presentation(
        None, title, edition=opening.edition, language=language, country=country, description=description,
        audience=Presentation.Audience.EVERYONE,
    )  # fmt: skip
    Credit.objects.create(presentation=deck, speaker=speaker, name=author)
    deck.topics.set([topics[topic]] if topic else [])
    deck.levels.set([levels[level]])
    make_pages(deck, *pages)
    return deck
