"""Whatever is typed is answered, and what one may not see is in no answer: hits, counts, facets, suggestions."""

from datetime import timedelta
from html import unescape
from urllib.parse import quote_plus

from django.core.cache import cache
from django.test import TestCase, override_settings
from django.utils import timezone

from conference.viewer import ANONYMOUS, Viewer
from sessions.library.asking import FACETS, Asked
from sessions.library.index import rebuild
from sessions.library.search import search
from sessions.models import Credit, Presentation, Publication, PublicationPart, Topic
from tests.factories import (
    make_appearance,
    make_edition,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
)
from tests.sessions.library.pages import make_pages

Audience = Presentation.Audience
STRANGE = [
    "%", "_", "\\", "'", '"', "''", '""', "')", "'; DROP TABLE x; --", "\x00", "\x00zebra", "\ufeff", "\u202e", "🦓", "ﬁ",
    "NEAR", "NEAR(", "NEAR(a b, 5)", "a NEAR b", "AND", "OR", "NOT", "NOT a", "a*", "*", '"a', '"a"*', "^a", "title:a",
    "{title rest}:a", "-a", "+a", "a + b", "(a", "a)", "a & b", "a | !b", "a <-> b", "a:*", "!a", "&", "|", "<->", "%s",
    "%(a)s", "{}", "${a}", "../../etc/passwd", "<script>alert(1)</script>", "ß" * 200, "a" * 10_000, "a " * 5_000,
    "é" * 10_000, "'" * 10_000, "\u0301" * 300, "1e309", "٣٤", "²", "İstanbul", "ǆ", "ﷺ",
]  # fmt: skip


@override_settings(ACCOUNT_RATE_LIMITS={})
class StrangeQuestionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        deck = make_presentation(make_session(make_edition(), "A zebra"), "A zebra")
        make_pages(deck, "A zebra.")
        rebuild()

    def setUp(self):
        cache.clear()

    def test_every_text_is_answered(self):
        for text in STRANGE:
            with self.subTest(text[:30]):
                everywhere = {"q": text, **dict.fromkeys(FACETS, text)}
                self.assertIn(self.client.get("/library/", {"q": text}).status_code, (200, 400))
                self.assertIn(self.client.get("/library/", everywhere).status_code, (200, 400))

    def test_thousands_of_parameters_are_answered(self):
        many = "&".join(f"topic={n}" for n in range(1000))
        for query in (many, "&".join(f"p{n}=1" for n in range(1000)), "q=" * 1000, "q[]=a&q[$ne]=1", "q=%ff%fe&=&&=a", "page=%00"):  # fmt: skip
            with self.subTest(query[:20]):
                self.assertIn(self.client.get(f"/library/?{query}").status_code, (200, 400))

    def test_unknown_values_find_nothing_and_are_no_error(self):
        for name in FACETS:
            found = search(Asked("zebra", {name: ("speaker__user__password",)}), ANONYMOUS)
            self.assertEqual((found.total, found.hits), (0, []), name)


class HiddenTests(TestCase):
    """Each hidden thing says one word that stands nowhere else, and carries a topic of its own."""

    @classmethod
    def setUpTestData(cls):
        now = timezone.now()
        cls.edition = make_edition("Conference", open_pages=1)
        cls.session = make_session(cls.edition, "Session")
        cls.owner, cls.presenter = make_user("Owner"), make_user("Presenter")
        make_appearance(cls.session, make_speaker("Somebody", user=cls.presenter))
        hidden_edition = make_edition("Unknown", is_published=False)
        draft = make_session(cls.edition, "Draft canaryaddax", status="draft")
        cls.deck("canarybadger", withdrawn_at=now)
        cls.deck("canarycoati", status="submitted")
        cls.deck("canarydingo", session=draft)
        cls.deck("canaryermine", session=make_session(hidden_edition, "Hidden"))
        cls.deck("canaryfossa", audience=Audience.ORGANISERS)
        cls.gated = cls.deck("", pages=["Open page", "Behind canarygecko"], audience=Audience.MEMBERS)
        cls.deck("", pages=["Open page", "Behind canaryhyrax"], audience=Audience.ATTENDEES)
        cls.deck("", pages=["Not before canaryibex"], opens_at=now + timedelta(days=1))
        make_session(cls.edition, "Withdrawn canaryjackal", status="withdrawn")
        make_session(hidden_edition, "Hidden canarykudu")
        make_speaker("Canarylemur Alone")
        Publication.objects.create(title="Unpublished canarymarten", slug="unpublished", is_published=False)
        book = Publication.objects.create(title="Book", slug="book", is_published=True)
        PublicationPart.objects.create(
            publication=book, title="Part", body="Members read canarynumbat.", open_to=PublicationPart.OpenTo.MEMBERS,
            kind=PublicationPart.Kind.TEXT, position=1,
        )  # fmt: skip
        minor = make_speaker("Young Canaryocelot", is_minor=True)  # the first name is public
        make_appearance(cls.session, minor)
        Credit.objects.create(presentation=cls.gated, speaker=minor, name=minor.name)
        rebuild()

    @classmethod
    def deck(cls, word, session=None, pages=(), **fields):
        fields.setdefault("audience", Audience.EVERYONE)
        fields.setdefault("uploaded_by", cls.owner)
        deck = make_presentation(session or cls.session, f"Deck {word}", **fields)
        if pages:
            make_pages(deck, *pages)
        if word:
            deck.topics.add(Topic.objects.create(name=f"Topic {word}", slug=word))
        return deck

    CANARIES = [
        "canaryaddax", "canarybadger", "canarycoati", "canarydingo", "canaryermine", "canaryfossa", "canarygecko",
        "canaryhyrax", "canaryibex", "canaryjackal", "canarykudu", "canarylemur", "canarymarten", "canarynumbat",
        "canaryocelot",
    ]  # fmt: skip
    OF_MEMBERS = ["canarygecko", "canarynumbat"]

    def viewers(self):
        """Who looks, and which of the words they may find."""
        own = ["canaryaddax", "canarybadger", "canarycoati", "canarydingo", "canaryermine", "canaryfossa", "canarygecko", "canaryhyrax", "canaryibex"]  # fmt: skip
        attendee = Viewer(user_id=10**6, editions_confirmed=frozenset([self.edition.pk]))
        return {
            "anonymous": (ANONYMOUS, []),
            "member": (Viewer(user_id=10**6), self.OF_MEMBERS),
            "attendee": (attendee, [*self.OF_MEMBERS, "canaryhyrax"]),
            "uploader": (Viewer(user_id=self.owner.pk), [*own, "canarynumbat"]),
            "speaker": (
                Viewer(user_id=self.presenter.pk),
                ["canarybadger", "canarycoati", "canaryfossa", *self.OF_MEMBERS, "canaryhyrax", "canaryibex"],
            ),
        }

    def test_each_finds_only_what_they_may(self):
        for name, (viewer, allowed) in self.viewers().items():
            finds = [word for word in self.CANARIES if search(Asked(word), viewer).total]
            self.assertEqual(sorted(finds), sorted(allowed), name)

    def test_nothing_of_it_is_said_by_counts_facets_or_suggestions(self):
        for name, (viewer, allowed) in self.viewers().items():
            secret = [word for word in self.CANARIES if word not in allowed]
            for word in secret:
                for asked in (word[:-1], f"{word} deck", word[6:]):
                    found = search(Asked(asked), viewer)
                    said = repr(
                        [found.facets, found.suggestions, found.corrections, *self.texts(found)]
                    ).lower()
                    for own in (asked, quote_plus(asked)):  # one's own question stands there
                        said = said.replace(own, "")
                    self.assertEqual([one for one in secret if one in said], [], (name, asked))

    def texts(self, found):
        return ["".join(piece.text for piece in (*hit.title, *hit.sentence)) for hit in found.hits]

    def test_facets_of_everything_name_and_count_only_what_is_seen(self):
        for name, (viewer, allowed) in self.viewers().items():
            found = search(Asked(), viewer)
            topics = {v.value for facet in found.facets if facet.name == "topic" for v in facet.values}
            counted = sum(v.count for facet in found.facets if facet.name == "what" for v in facet.values)

            self.assertEqual(topics - set(allowed), set(), name)
            self.assertEqual(counted, found.total, name)

    def test_a_hidden_value_in_the_address_has_no_name_and_no_count(self):
        for word in ("canarybadger", "canaryfossa"):
            page = unescape(self.client.get("/library/", {"topic": word}).content.decode())
            self.assertNotIn(f"Topic {word}", page)

    def test_pages_for_visitors_say_none_of_it(self):
        queries = [
            "",
            "?q=deck",
            "?q=topic",
            "?q=session",
            "?q=behind",
            "?q=canaryfoss",
            "?what=presentation",
        ]
        for query in queries:
            page = self.client.get(f"/library/{query}").content.decode().lower().replace('canaryfoss"', "")
            self.assertEqual([word for word in self.CANARIES if word in page], [], query)

    def test_a_hidden_thing_leaves_hits_the_moment_it_is_hidden(self):
        self.assertEqual(search(Asked("canarygecko"), Viewer(user_id=10**6)).total, 1)
        Presentation.objects.filter(pk=self.gated.pk).update(withdrawn_at=timezone.now())

        self.assertEqual(search(Asked("canarygecko"), Viewer(user_id=10**6)).total, 0)
