"""After each change everybody finds what is there now, and no longer what was."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Q
from django.test import TestCase, override_settings
from django.utils import timezone

from conference.models import Theme
from conference.services.editions import set_published
from conference.viewer import ANONYMOUS, Viewer
from sessions.library.asking import Asked
from sessions.library.index import rebuild
from sessions.library.search import search
from sessions.models import (
    Audience,
    Competence,
    Credit,
    Level,
    LibraryEntry,
    LibraryWord,
    Presentation,
    Publication,
    SessionType,
    Subject,
    Topic,
    TopicWord,
)
from sessions.services import publishing
from sessions.services.describing import describe
from sessions.services.presentations import (
    approve_version,
    bring_back_presentation,
    withdraw_presentation,
)
from sessions.services.timetable import release_timetable
from sessions.services.topics import merge_topics, rename_topic
from speakers.services.profiles import save_profile
from tests.admin_forms import read_form
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_session,
    make_slot,
    make_speaker,
    make_track,
    make_version,
)
from tests.sessions.library.pages import make_pages

MEMBER = Viewer(user_id=10**6)
DECK, SESSION, BOOK, PERSON = "Deck", "Opening", "Eight years", "Zoë Peeters"


class Change(NamedTuple):
    """What found these things before and finds them no more, and what finds them since."""

    old: str
    new: str
    things: list[str]


def found(q, viewer=ANONYMOUS, **facets):
    asked = Asked(q, {name: (value,) for name, value in facets.items()})
    return sorted(str(hit.object) for hit in search(asked, viewer).hits)


@override_settings(STAFF_SECOND_FACTOR=False)
class CurrentTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme = Theme.objects.create(title="Oldtheme", slug="theme", start_year=2024, end_year=2024)
        cls.edition = make_edition(
            title="Oldedition",
            short_title="C",
            theme=cls.theme,
            open_pages=1,
            starts_on="2024-03-04",
            ends_on="2024-03-05",
        )
        cls.label = SessionType.objects.create(name="Oldtype", slug="label", kind="session")
        cls.track = make_track(cls.edition, "Oldtrack")
        cls.session = make_session(cls.edition, SESSION, session_type=cls.label, track=cls.track)
        cls.speaker = make_speaker(PERSON)
        make_appearance(cls.session, cls.speaker)
        cls.deck = make_presentation(cls.session, DECK)
        Credit.objects.create(presentation=cls.deck, speaker=cls.speaker, name=PERSON)
        make_pages(cls.deck, "A giraffe.", "An okapi.")
        cls.topic = Topic.objects.create(name="Oldtopic", slug="topic")
        cls.deck.topics.add(cls.topic)
        for model, name, relation in cls.words():
            getattr(cls.deck, relation).add(model.objects.create(name=name, slug=name.lower()))
        cls.book = Publication.objects.create(title=BOOK, slug="book", is_published=True)
        cls.book.themes.add(cls.theme)
        rebuild()

    def setUp(self):
        self.organiser = make_organiser()
        self.client.force_login(self.organiser)

    @staticmethod
    def words():
        return [
            (Level, "Oldlevel", "levels"), (Subject, "Oldsubject", "subjects"), (Audience, "Oldaudience", "for_whom"),
            (Competence, "Oldcompetence", "competences"),
        ]  # fmt: skip

    def save(self, row, **changes):
        """As an organiser does in the admin."""
        address = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"
        answer = self.client.post(address, read_form(self.client, address) | changes)
        self.assertEqual(answer.status_code, 302, answer.content.decode()[:3000])

    def assert_changed(self, change):
        self.assertEqual((found(change.old), found(change.new)), ([], change.things), change)
        self.assertFalse(LibraryWord.objects.filter(word=change.old.lower()).exists(), change.old)

    def test_words_of_an_edition_are_meant_as_soon_as_it_is_published(self):
        set_published(edition=self.edition, is_published=False)
        LibraryWord.objects.all().delete()

        set_published(edition=self.edition, is_published=True)

        self.assertTrue(LibraryWord.objects.filter(word="giraffe").exists())

    def test_renamed_in_the_admin(self):
        both = [DECK, SESSION]
        changes = [
            (self.edition, "title_en", Change("Oldedition", "Newedition", both)),
            (self.theme, "title_en", Change("Oldtheme", "Newtheme", [DECK, BOOK, SESSION])),
            (self.label, "name_en", Change("Oldtype", "Newtype", [SESSION])),
            (self.track, "name_en", Change("Oldtrack", "Newtrack", [SESSION])),
        ]
        for model, name, _relation in self.words():
            changed = Change(name, name.replace("Old", "New"), [DECK])
            changes.append((model.objects.get(slug=name.lower()), "name_en", changed))
        for row, field, change in changes:
            with self.subTest(change.old):
                self.assertEqual(found(change.old), change.things)
                self.save(row, **{field: change.new})
                self.assert_changed(change)

    def test_session_and_its_presentation_renamed_in_the_admin(self):
        self.save(self.session, title_en="Closing")
        self.assert_changed(Change("Opening", "Closing", ["Closing", DECK]))

        self.save(self.deck, title="Slides")
        self.assert_changed(Change("Deck", "Slides", ["Slides"]))

    def test_words_of_a_topic(self):
        topic = rename_topic(topic=self.topic, names={"en": "Newtopic"}, slug="newtopic")
        self.assertEqual(
            (found("Oldtopic"), found("Newtopic")), ([DECK], [DECK])
        )  # the old name stays as a word
        self.assertEqual(found("", topic="newtopic"), [DECK])

        other = Topic.objects.create(name="Thirdtopic", slug="third")
        TopicWord.objects.create(topic=other, word="Fourthword")
        merge_topics(keep=topic, other=other)
        self.assertEqual((found("Thirdtopic"), found("Fourthword")), ([DECK], [DECK]))

    def test_name_of_a_speaker(self):
        self.speaker.name = "Zoë Claes"
        save_profile(speaker=self.speaker)

        self.assertEqual(found("Claes"), [SESSION, "Zoë Claes"])
        self.assertEqual(found("Peeters"), [DECK])  # the name as it was printed
        self.deck.credits.all().delete()
        describe(presentation=self.deck, values={}, labels={})
        self.assert_changed(Change("Peeters", "Claes", [SESSION, "Zoë Claes"]))

    def test_deleted_speaker_leaves_no_name(self):
        self.deck.credits.all().delete()
        describe(presentation=self.deck, values={}, labels={})
        self.session.appearances.all().delete()
        publishing.withdraw(session=self.session)
        self.client.post(f"/admin/speakers/speaker/{self.speaker.pk}/delete/", {"post": "yes"})

        self.assertEqual(found("Zoë"), [])
        self.assertFalse(LibraryWord.objects.filter(word__in=["zoe", "peeters"]).exists())
        said = (
            Q(words__contains="peeters") | Q(title__contains="peeters") | Q(description__contains="peeters")
        )
        self.assertFalse(LibraryEntry.objects.filter(said).exists())

    def test_deleted_publication_leaves_no_words(self):
        self.assertEqual(found("Eight"), [BOOK])
        self.client.post(f"/admin/conference_sessions/publication/{self.book.pk}/delete/", {"post": "yes"})

        self.assert_changed(Change("Eight", "Opening", [DECK, SESSION]))

    def test_withdrawn_and_brought_back(self):
        for away, back, things in [
            (
                lambda: set_published(edition=self.edition, is_published=False),
                lambda: set_published(edition=self.edition, is_published=True),
                [DECK, SESSION],
            ),
            (
                lambda: publishing.withdraw(session=self.session),
                lambda: publishing.publish(session=self.session),
                [DECK, SESSION],
            ),
            (
                lambda: withdraw_presentation(presentation=self.deck),
                lambda: bring_back_presentation(presentation=self.deck),
                [DECK],
            ),
        ]:
            away()
            left = sorted({DECK, SESSION} - set(things))
            self.assertEqual((found("Oldedition"), found("giraffe")), (left, []))
            back()
            self.assertEqual((found("Oldedition"), found("giraffe")), ([DECK, SESSION], [DECK]))

    def test_rights(self):
        self.assertEqual(found("okapi"), [DECK])
        for audience, for_all, for_members in [
            (Presentation.Audience.MEMBERS, [], [DECK]),
            (Presentation.Audience.ATTENDEES, [], []),
            (Presentation.Audience.ORGANISERS, [], []),
            (Presentation.Audience.EVERYONE, [DECK], [DECK]),
        ]:
            with self.subTest(audience):
                describe(presentation=self.deck, values={"audience": audience}, labels={})
                self.assertEqual((found("okapi"), found("okapi", MEMBER)), (for_all, for_members))

    def test_open_pages_of_an_edition(self):
        describe(presentation=self.deck, values={"audience": Presentation.Audience.MEMBERS}, labels={})
        for open_pages, giraffe, okapi in [("2", [DECK], [DECK]), ("0", [], []), ("1", [DECK], [])]:
            self.save(self.edition, open_pages=open_pages)
            self.assertEqual((found("giraffe"), found("okapi")), (giraffe, okapi), open_pages)

    def test_its_moment_comes_by_itself(self):
        now = timezone.now()
        describe(presentation=self.deck, values={"opens_at": now + timedelta(days=1)}, labels={})

        for days, hits in [(0, []), (2, [DECK])]:
            shown = search(Asked("giraffe"), ANONYMOUS, at=now + timedelta(days=days)).hits
            self.assertEqual([str(hit.object) for hit in shown], hits)

    def test_after_its_session_as_soon_as_the_release_says_when_that_ends(self):
        describe(presentation=self.deck, values={"opens_after_session": True}, labels={})
        self.assertEqual(found("giraffe"), [DECK])  # the edition is over
        tomorrow = timezone.now() + timedelta(days=1)
        make_slot(self.session, tomorrow)
        self.assertEqual(found("giraffe"), [DECK])
        release_timetable(edition=self.edition, by=self.organiser)

        self.assertEqual(found("giraffe"), [])

    def test_new_version_replaces_the_text_of_the_old(self):
        version = make_version(self.deck, status="submitted")
        make_pages_of = make_presentation(self.session, "Other")
        preview = make_pages(make_pages_of, "A zebra.")
        version.preview = preview
        version.save()
        self.assertEqual(found("zebra"), [])
        approve_version(version=version, by=None)

        self.assertEqual((found("zebra"), found("giraffe")), ([DECK], []))

    def test_publication_taken_off_the_site(self):
        Publication.objects.update(is_published=False)

        self.assertEqual(found("Eight"), [])
