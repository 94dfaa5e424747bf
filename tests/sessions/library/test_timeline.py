"""A theme through the years, as its page tells it."""

from datetime import UTC, date, datetime

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from conference.models import Theme
from conference.viewer import ANONYMOUS
from sessions.library.timeline import timeline_of
from sessions.models import Publication
from tests.factories import (
    make_appearance,
    make_edition,
    make_organisation,
    make_presentation,
    make_release,
    make_session,
    make_slot,
    make_speaker,
)
from tests.sessions.pages import text_of


class TimelineTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme = Theme.objects.create(title="Gender", slug="gender", start_year=2018, end_year=2019)
        cls.edition = cls.edition_of(2018, country="BE")
        cls.week, cls.lecture = (
            make_session(cls.edition, "Learning week"),
            make_session(cls.edition, "Lecture"),
        )
        cls.talk = make_session(cls.edition, "Without a moment")
        release = make_release(cls.edition)
        make_slot(cls.week, datetime(2018, 5, 2, 9, tzinfo=UTC), release=release)
        make_slot(cls.lecture, datetime(2018, 2, 1, 9, tzinfo=UTC), release=release)
        make_slot(cls.talk, datetime(2018, 1, 1, 9, tzinfo=UTC))  # in the draft alone
        make_appearance(cls.week, make_speaker("Ada"), organisation=make_organisation(country="FI"))
        make_appearance(cls.lecture, make_speaker("Grace", country="PT"))

    @classmethod
    def edition_of(cls, year, **fields):
        return make_edition(str(year), theme=cls.theme, starts_on=date(year, 1, 1), ends_on=None, **fields)

    def year(self):
        return timeline_of(self.theme, ANONYMOUS).years[0]

    def test_sessions_come_by_their_released_time_and_those_without_at_the_end(self):
        found = [(one.session.title, one.at and one.at.month) for one in self.year().moments]

        self.assertEqual(found, [("Lecture", 2), ("Learning week", 5), ("Without a moment", None)])

    def test_people_and_the_countries_they_came_from_are_named_once(self):
        make_appearance(self.talk, self.week.appearances.get().speaker)
        year = self.year()

        self.assertEqual([one.speaker.name for one in year.people.values()], ["Ada", "Grace"])
        self.assertEqual(year.country_names, ["Belgium", "Finland", "Portugal"])

    def test_presentations_stand_in_their_year_unless_they_say_another_theme(self):
        other = Theme.objects.create(title="Peace", slug="peace", start_year=2018, end_year=2018)
        make_presentation(self.week, "Of the year")
        make_presentation(self.week, "Of another theme", theme=other)
        make_presentation(title="Of a member", theme=self.theme)
        make_presentation(self.week, "For organisers", audience="organisers")
        found = timeline_of(self.theme, ANONYMOUS)

        self.assertEqual([one.title for one in found.years[0].presentations], ["Of the year"])
        self.assertEqual([one.title for one in found.others], ["Of a member"])

    def test_what_is_not_public_is_not_on_the_page(self):
        make_appearance(make_session(self.edition, "Draft", status="draft"), make_speaker("Hidden person"))
        self.edition_of(2019, is_published=False, city="Hidden city")
        Publication.objects.create(title="Hidden book", slug="hidden").themes.add(self.theme)
        Publication.objects.create(title="Open book", slug="open", is_published=True).themes.add(self.theme)
        page = text_of(self.client, "/themes/gender/")

        self.assertIn("Open book", page)
        for words in ("Draft", "Hidden person", "Hidden city", "Hidden book"):
            self.assertNotIn(words, page)

    def test_the_page_asks_as_often_for_three_years_as_for_one(self):
        with CaptureQueriesContext(connection) as for_one:
            self.client.get("/themes/gender/")
        for year in (2019, 2020):
            session = make_session(self.edition_of(year), "Seminar")
            make_appearance(session)
            make_presentation(session)
        with self.assertNumQueries(len(for_one)):
            self.client.get("/themes/gender/")
