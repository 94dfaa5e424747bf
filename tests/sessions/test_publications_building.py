from django.test import TestCase
from django.utils import timezone

from sessions.exceptions import PublicationRefused
from sessions.models import Publication
from sessions.publications.building import (
    add_themes,
    make_publication,
    move_part,
    order_parts,
    publish,
    remove_part,
    unpublish,
)
from tests.factories import make_presentation, make_session
from tests.sessions import publications
from tests.sessions.publications import make_part, make_theme, make_theme_with_slides


def titles(publication):
    """Parts in their order, by what they show."""
    parts = publication.parts.select_related("theme", "presentation", "session").order_by("position")
    return [str(part.title or part.theme or part.presentation or part.session) for part in parts]


class FromThemesTests(TestCase):
    def test_each_theme_becomes_a_chapter_with_its_presentations_and_outcomes_in_order_of_the_years(self):
        later, _session, _slides = make_theme_with_slides("Multilingualism", 2019)
        earlier, _session, _slides = make_theme_with_slides("Gender", 2018)

        made = make_publication(themes=[later, earlier], title="All of it", slug="all")

        self.assertEqual(
            titles(made),
            [
                "Gender", "Slides on Gender", "Lecture on Gender",
                "Multilingualism", "Slides on Multilingualism", "Lecture on Multilingualism",
            ],
        )  # fmt: skip
        self.assertEqual((made.start_year, made.end_year, made.is_published), (2018, 2020, False))
        self.assertEqual(set(made.themes.all()), {later, earlier})

    def test_what_the_public_may_not_know_of_is_not_taken(self):
        theme, session, _slides = make_theme_with_slides("Gender")
        make_presentation(session, "Secret", audience="organisers")
        make_presentation(session, "Waiting", status="submitted")
        make_presentation(session, "Withdrawn", withdrawn_at=timezone.now())
        make_presentation(make_session(session.edition, status="draft"), "Of a draft")

        made = make_publication(themes=[theme], title="All", slug="all")

        self.assertEqual(titles(made), ["Gender", "Slides on Gender", "Lecture on Gender"])

    def test_presentation_with_a_theme_of_its_own_belongs_to_that_one(self):
        theme, session, _slides = make_theme_with_slides("Gender")
        other = make_theme("Peace")
        make_presentation(session, "About peace", theme=other)

        made = make_publication(themes=[other], title="All", slug="all")

        self.assertEqual(titles(made), ["Peace", "About peace"])

    def test_adding_a_theme_again_brings_only_what_is_new_and_into_its_chapter(self):
        theme, session, _slides = make_theme_with_slides("Gender", 2018)
        second, _session, _slides = make_theme_with_slides("Peace", 2019)
        made = make_publication(themes=[theme, second], title="All", slug="all")
        make_presentation(session, "A late paper")

        self.assertEqual(add_themes(publication=made, themes=[theme]), 1)

        self.assertEqual(
            titles(made)[:5], ["Gender", "Slides on Gender", "Lecture on Gender", "A late paper", "Peace"]
        )
        self.assertEqual(add_themes(publication=made, themes=[theme]), 0)


class OrderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.publication = publications.make_publication(is_published=False)
        for kind, title in (
            ("text", "foreword"),
            ("chapter", "A"),
            ("text", "a"),
            ("chapter", "B"),
            ("text", "b"),
        ):
            make_part(cls.publication, kind, title=title)

    def part(self, title):
        return self.publication.parts.get(title=title)

    def test_part_moves_one_place_and_stops_at_the_ends(self):
        move_part(part=self.part("b"), up=True)
        self.assertEqual(titles(self.publication), ["foreword", "A", "a", "b", "B"])
        move_part(part=self.part("foreword"), up=True)
        move_part(part=self.part("B"), up=False)
        self.assertEqual(titles(self.publication), ["foreword", "A", "a", "b", "B"])

    def test_chapter_moves_with_everything_below_it(self):
        move_part(part=self.part("B"), up=True)
        self.assertEqual(titles(self.publication), ["foreword", "B", "b", "A", "a"])
        move_part(part=self.part("B"), up=True)
        self.assertEqual(titles(self.publication), ["foreword", "B", "b", "A", "a"])
        move_part(part=self.part("B"), up=False)
        self.assertEqual(titles(self.publication), ["foreword", "A", "a", "B", "b"])

    def test_order_is_taken_from_a_list_and_forgets_nothing(self):
        keys = [self.part(title).pk for title in ("B", "b", "A")]

        order_parts(publication=self.publication, keys=[*keys, 10**9])

        self.assertEqual(titles(self.publication), ["B", "b", "A", "foreword", "a"])
        self.assertEqual([part.position for part in self.publication.parts.all()], [0, 1, 2, 3, 4])

    def test_heading_goes_alone(self):
        remove_part(part=self.part("B"))

        self.assertEqual(titles(self.publication), ["foreword", "A", "a", "b"])


class PublishTests(TestCase):
    def test_published_once_it_holds_something_and_keeps_its_day(self):
        made = publications.make_publication(is_published=False)
        with self.assertRaises(PublicationRefused):
            publish(publication=made)
        make_part(made)

        self.assertEqual(publish(publication=made).published_on, timezone.localdate())
        self.assertTrue(Publication.objects.published().exists())
        unpublish(publication=made)
        self.assertFalse(Publication.objects.published().exists())
        self.assertIsNotNone(Publication.objects.get().published_on)
