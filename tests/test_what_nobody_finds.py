"""What somebody may not know of is in no way of finding things: lists, feeds, sitemap, citations, packs, page data.

Each hidden thing carries a word of its own in its title, on its pages and as its topic.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client, TestCase, override_settings
from django.utils import timezone

from conference.models import Theme
from sessions.library.index import rebuild
from sessions.models import Presentation, Publication, PublicationPart, Topic
from tests.factories import (
    make_appearance,
    make_edition,
    make_organisation,
    make_presentation,
    make_registration,
    make_session,
    make_speaker,
    make_track,
    make_user,
)
from tests.sessions.library.pages import make_pages

pytestmark = pytest.mark.once

Audience = Presentation.Audience
HIDDEN = [
    "canarybadger", "canarycoati", "canarydingo", "canaryermine", "canaryfossa", "canarygibbon", "canaryhyrax",
]  # fmt: skip
BEHIND = {"canarymole": Audience.MEMBERS, "canarynewt": Audience.ATTENDEES, "canaryotter": Audience.ATTENDEES}


@override_settings(STAFF_SECOND_FACTOR=False, ACCOUNT_RATE_LIMITS={})
class FoundByNobodyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme = Theme.objects.create(title="Theme", slug="theme", start_year=2024, end_year=2024)
        cls.edition = make_edition("Shown", theme=cls.theme, open_pages=1)
        cls.other = make_edition("Otheryear", open_pages=1)
        unknown = make_edition("Unknown", theme=cls.theme, is_published=False)
        cls.track = make_track(cls.edition, "Track")
        cls.session = make_session(cls.edition, "Session", track=cls.track)
        cls.person, cls.school = make_speaker("Somebody"), make_organisation("School")
        make_appearance(cls.session, cls.person, organisation=cls.school)
        cls.book = Publication.objects.create(title="Book", slug="book", is_published=True)
        cls.hidden = [
            cls.deck("canarybadger", withdrawn_at=timezone.now()),
            cls.deck("canarycoati", status="submitted"),
            cls.deck("canarydingo", make_session(cls.edition, "Draft", status="draft")),
            cls.deck("canaryermine", make_session(unknown, "Hidden")),
            cls.deck("canaryfossa", audience=Audience.ORGANISERS),
            cls.deck("canarygibbon", make_session(cls.edition, "Gone", status="withdrawn")),
            cls.practice("canaryhyrax", status="submitted"),
        ]
        cls.shown = [
            cls.deck("", pages=["Open", "Behind canarymole"], audience=Audience.MEMBERS),
            cls.deck("", pages=["Open", "Behind canarynewt"], audience=Audience.ATTENDEES),
            cls.deck("", make_session(cls.other, "Elsewhere"), ["Open", "canaryotter"], audience=Audience.ATTENDEES),
            cls.deck("", pages=["Not before", "canarypuma"], opens_at=timezone.now() + timedelta(days=1)),
        ]  # fmt: skip
        for position, deck in enumerate([*cls.hidden, *cls.shown], 1):
            kind = PublicationPart.Kind.PRESENTATION
            PublicationPart.objects.create(
                publication=cls.book, kind=kind, presentation=deck, position=position
            )
        rebuild()

    @classmethod
    def deck(cls, word, session=None, pages=(), **fields):
        fields.setdefault("audience", Audience.EVERYONE)
        content = f"%PDF-1.7 file {word or pages[-1]}".encode()
        deck = make_presentation(session or cls.session, f"Deck {word}", content=content, **fields)
        if deck.current_file:
            make_pages(deck, *(pages or [word]))
        if word:
            deck.topics.add(Topic.objects.create(name=f"Topic {word}", slug=word))
        return deck

    @classmethod
    def practice(cls, word, **fields):
        return make_presentation(
            title=f"Practice {word}", is_practice=True, audience=Audience.EVERYONE, **fields
        )

    def people(self):
        """A client for each, with the words they may not see."""
        attendee = make_registration("Ann", self.edition).user
        helper = make_user("Helper", is_staff=True)
        helper.groups.add(Group.objects.get(name="helper"))
        behind = ["canarymole", "canarynewt", "canaryotter", "canarypuma"]
        for name, user, allowed in (
            ("stranger", None, []),
            ("member", make_user("Mo"), ["canarymole"]),
            ("attendee", attendee, ["canarymole", "canarynewt"]),
            ("helper", helper, ["canarymole"]),
        ):
            client = Client()
            if user:
                client.force_login(user)
            cache.clear()
            yield name, client, [*HIDDEN, *(word for word in behind if word not in allowed)]

    def addresses(self):
        ed = self.edition.slug
        yield from (
            f"/library/{query}"
            for query in ("", "?q=deck", "?q=topic", "?q=file", "?q=behind", "?open=gated")
        )
        yield from (f"/library/?topic={word}" for word in HIDDEN[:6])
        yield from (f"/topics/{word}/" for word in HIDDEN[:6])
        yield from (
            "/library/feed.atom",
            f"/{ed}/presentations/feed.atom",
            f"/{ed}/feed.atom",
            "/sitemap.xml",
            "/",
        )
        yield from (
            f"/{ed}/",
            f"/{ed}/presentations/",
            f"/{ed}/sessions/",
            f"/{ed}/schedule.json",
            f"/{ed}/schedule.xml",
        )
        yield from (
            self.session.get_absolute_url(),
            self.person.get_absolute_url(),
            "/organisations/a-school/",
        )
        yield from (
            f"/organisations/{self.school.slug}/",
            self.theme.get_absolute_url(),
            self.book.get_absolute_url(),
        )
        for pack in (
            f"session/{self.session.guid}", f"edition/{ed}", f"edition/{self.other.slug}", "edition/unknown",
            f"track/{self.track.pk}", "publication/book", "mine/attended",
        ):  # fmt: skip
            yield from (f"/packs/{pack}/", f"/packs/{pack}/pack.zip")
        yield from (
            "/packs/search/found/?what=presentation",
            "/packs/search/found/pack.zip?what=presentation",
        )
        for deck in self.shown:
            own = f"/presentations/{deck.guid}/"
            yield from (
                own,
                f"{own}pages/1/",
                f"{own}pages/2/",
                f"{own}download/",
                f"{own}cite.bib",
                f"{own}cite.json",
            )

    def body(self, client, path):
        answer = client.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.status_code, content.decode("utf-8", "replace").lower()

    def test_nobody_meets_what_is_hidden_from_them(self):
        for name, client, secret in self.people():
            answers = {}
            for path in self.addresses():
                answers[path], body = self.body(client, path)
                # One's own question stands on the page, and in its link to the other language.
                said = [word for word in secret if word in body and word not in path]
                self.assertEqual(said, [], (name, path))
            packs = {code for path, code in answers.items() if path.endswith("pack.zip")}
            self.assertIn(200, packs, name)
            self.assertFalse({code for code in answers.values() if code >= 500}, answers)

    def test_hidden_things_have_no_address(self):
        for name, client, _secret in self.people():
            for deck in self.hidden:
                for end in (
                    "",
                    "pages/1/",
                    "pages/1/large.webp",
                    "download/",
                    "cite.bib",
                    "cite.ris",
                    "cite.json",
                ):
                    status, _body = self.body(client, f"/presentations/{deck.guid}/{end}")
                    self.assertEqual(status, 404, (name, deck, end))
            for word in HIDDEN[:6]:
                self.assertEqual(client.get(f"/topics/{word}/").status_code, 404, (name, word))
