from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from conference.viewer import ANONYMOUS, Viewer
from sessions.publications.source import MEMBER, book_of, is_open_to, visible_to
from tests.factories import make_edition, make_presentation, make_session
from tests.sessions.publications import (
    make_outcome,
    make_part,
    make_publication,
    make_theme,
    make_theme_with_slides,
)

ORGANISER = Viewer(user_id=0, is_organiser=True)


def shown(publication, viewer=ANONYMOUS):
    """Titles with what opens them, chapter by chapter."""
    book = book_of(publication, viewer)
    return [
        [(piece.title, piece.access.state) for piece in chapter.pieces]
        for chapter in (book.front, *book.chapters)
    ]


class BookTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.publication = make_publication()

    def test_parts_stand_below_the_heading_before_them_in_their_order(self):
        make_part(self.publication, title="Second", position=3)
        make_part(self.publication, title="Foreword", position=0)
        make_part(self.publication, "chapter", title="One", position=1)
        make_part(self.publication, title="First", position=2)
        make_part(self.publication, "chapter", title="Two", position=4)

        book = book_of(self.publication, MEMBER)

        self.assertEqual([piece.title for piece in book.front.pieces], ["Foreword"])
        self.assertEqual([(c.number, c.title) for c in book.chapters], [(1, "One"), (2, "Two")])
        self.assertEqual([[p.title for p in c.pieces] for c in book.chapters], [["First", "Second"], []])

    def test_text_for_members_is_there_by_name_until_one_has_an_account(self):
        make_part(self.publication, title="Open", open_to="everyone")
        make_part(self.publication, title="Gated")

        self.assertEqual(shown(self.publication), [[("Open", "open"), ("Gated", "account")]])
        self.assertEqual(shown(self.publication, MEMBER), [[("Open", "open"), ("Gated", "open")]])
        self.assertTrue(book_of(self.publication, ANONYMOUS).needs_account)
        self.assertFalse(book_of(self.publication, MEMBER).needs_account)

    def test_presentation_goes_by_its_own_rule_whatever_the_part_says(self):
        later = timezone.now() + timedelta(days=1)
        session = make_session()
        for title, fields in {
            "Everyone": {},
            "Members": {"audience": "members"},
            "Attendees": {"audience": "attendees"},
            "Later": {"opens_at": later},
        }.items():
            one = make_presentation(session, title, **fields)
            make_part(self.publication, "presentation", presentation=one, open_to="everyone")

        states = dict(shown(self.publication)[0])

        self.assertEqual(states["Everyone"], "open")
        self.assertEqual(states["Members"], "account")
        self.assertIn(states["Attendees"], ("registration", "closed"))
        self.assertEqual(states["Later"], "later")

    def test_presentation_that_is_not_listed_is_not_there_at_all(self):
        session = make_session()
        hidden = [
            make_presentation(session, "Organisers only", audience="organisers"),
            make_presentation(session, "Withdrawn", withdrawn_at=timezone.now()),
            make_presentation(session, "Waiting", status="submitted"),
            make_presentation(make_session(status="draft"), "Of a draft"),
            make_presentation(make_session(make_edition(is_published=False)), "Of a hidden edition"),
        ]
        for one in hidden:
            make_part(self.publication, "presentation", presentation=one)

        self.assertEqual(shown(self.publication), [[]])
        self.assertEqual(shown(self.publication, MEMBER), [[]])
        self.assertEqual(len(shown(self.publication, ORGANISER)[0]), len(hidden))

    def test_outcomes_are_those_approved_in_a_public_session_and_its_parts(self):
        session = make_session(title="Session 6")
        part = make_session(session.edition, "Group", part_of=session, position=1)
        make_outcome(session, "Files get lost")
        make_outcome(part, "Too few places")
        make_outcome(part, "A secret", status="submitted")
        make_part(self.publication, "outcomes", session=session)

        (piece,) = book_of(self.publication, MEMBER).front.pieces

        self.assertEqual(piece.title, "Session 6")
        self.assertEqual([one.problem for one in piece.decisions], ["Files get lost", "Too few places"])

    def test_outcomes_behind_the_gate_are_named_and_not_told(self):
        session = make_session(title="Session 6")
        make_outcome(session)
        make_part(self.publication, "outcomes", session=session)

        (piece,) = book_of(self.publication, ANONYMOUS).front.pieces

        self.assertEqual((piece.access.state, piece.decisions), ("account", ()))

    def test_session_that_is_not_public_or_decided_nothing_is_not_there(self):
        draft, silent = make_session(status="draft"), make_session()
        make_outcome(draft)
        for session in (draft, silent):
            make_part(self.publication, "outcomes", session=session)

        self.assertEqual(shown(self.publication, MEMBER), [[]])

    def test_chapter_of_a_theme_has_its_title_and_leads_to_its_page_once_it_has_one(self):
        known, unknown = make_theme("Gender"), make_theme("Peace")
        make_edition(theme=known)
        make_edition(theme=unknown, is_published=False)
        for theme in (known, unknown):
            make_part(self.publication, "chapter", theme=theme)

        found = [(one.title, one.theme) for one in book_of(self.publication, ANONYMOUS).chapters]

        self.assertEqual(found, [("Gender", known), ("Peace", None)])

    def test_draft_is_visible_to_organisers_only(self):
        draft = make_publication(is_published=False)

        self.assertEqual(list(visible_to(MEMBER)), [self.publication])
        self.assertIn(draft, visible_to(ORGANISER))

    def test_account_opens_what_is_for_members(self):
        part = make_part(self.publication)

        self.assertEqual([is_open_to(part, who) for who in (ANONYMOUS, MEMBER)], [False, True])


class QueryTests(TestCase):
    def test_number_of_queries_does_not_grow_with_the_parts(self):
        one, many = make_publication(), make_publication()
        for publication, names in ((one, ["A"]), (many, ["B", "C", "D"])):
            for name in names:
                theme, session, presentation = make_theme_with_slides(name)
                make_part(publication, "chapter", theme=theme)
                make_part(publication, "presentation", presentation=presentation)
                make_part(publication, "outcomes", session=session)

        for publication, pieces in ((one, 2), (many, 6)):
            with self.assertNumQueries(5):
                book = book_of(publication, MEMBER)
                drawn = [
                    str(p.presentation and p.presentation.session) for c in book.chapters for p in c.pieces
                ]
                self.assertEqual(len(drawn), pieces)
