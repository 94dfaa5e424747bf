"""The front page, all editions, themes, organiser-written pages, and what search engines are told."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

from django.test import TestCase, override_settings
from django.utils import timezone

from conference.languages import CODES
from conference.models import Page, Series, Theme
from sessions.models import Kind
from tests.factories import (
    make_appearance,
    make_edition,
    make_presentation,
    make_session,
    make_speaker,
    make_workshop,
)

TODAY = timezone.localdate()


def days(first, last=None, **fields):
    ends_on = TODAY + timedelta(days=last) if last is not None else None
    return {"starts_on": TODAY + timedelta(days=first), "ends_on": ends_on, **fields}


class FrontTestCase(TestCase):
    def page(self, url="/"):
        response = self.client.get(url)
        self.assertEqual(response.status_code, 200)
        return response.content.decode()


class HomeTests(FrontTestCase):
    def test_an_empty_site_says_how_to_begin(self):
        page = self.page()

        for words in ("how to begin", 'href="/admin/"', "load_demo", "first_organiser"):
            self.assertIn(words, page)

    def test_an_unpublished_edition_leaves_the_site_empty(self):
        make_edition("CANARY", is_published=False)

        self.assertNotIn("CANARY", self.page())

    def test_the_edition_stands_there_with_what_where_and_when(self):
        edition = make_edition(
            "Mobility & recognition", city="Mechelen", country="BE", ordinal=2, summary="Come.",
            starts_on=date(2030, 3, 13), ends_on=date(2030, 3, 14),
        )  # fmt: skip
        make_session(edition)
        make_workshop(edition)
        page = self.page()

        for words in (
            "<h1>Mobility &amp; recognition</h1>", "Mechelen, Belgium", "13–14 March 2030", "2nd edition",
            "1 session, 1 workshop", '<meta name="description" content="Come.">',
        ):  # fmt: skip
            self.assertIn(words, page)

    def actions(self, **fields):
        edition = make_edition(slug="ed", **fields)
        make_presentation(make_session(edition))
        page = self.page().split('class="hero-actions"')[1].split("</p>")[0]
        names = {"register": "Register", "programme": "See the", "presentations": "Find the"}
        return [slug for slug in names if f'href="/ed/{slug}/">{names[slug]}' in page], page

    def test_before_it_one_registers_first(self):
        found, page = self.actions(**days(10, 11))

        self.assertEqual(found, ["register", "programme", "presentations"])
        self.assertIn('<a class="button" href="/ed/register/">', page)

    def test_before_it_without_open_registration_one_sees_the_programme_first(self):
        found, page = self.actions(**days(10, 11, registration_closes_at=None))

        self.assertEqual(found, ["programme", "presentations"])
        self.assertIn('<a class="button" href="/ed/programme/">', page)

    def test_during_it_one_sees_what_is_on_now_first(self):
        found, page = self.actions(**days(-1, 1))

        self.assertEqual(found, ["register", "programme", "presentations"])
        self.assertIn('<a class="button" href="/ed/now/">', page)

    def test_during_one_whose_days_are_unknown_one_sees_the_programme_first(self):
        _found, page = self.actions(**days(-1, 1, date_precision="year"))

        self.assertIn('<a class="button" href="/ed/programme/">', page)
        self.assertNotIn('href="/ed/now/"', page)

    def test_after_it_one_finds_the_presentations_first(self):
        found, page = self.actions(**days(-10, -9, registration_closes_at=None))

        self.assertEqual(found, ["programme", "presentations"])
        self.assertIn('<a class="button" href="/ed/presentations/">', page)

    def test_the_next_edition_that_is_open_is_offered_beside_a_past_one(self):
        make_edition("Past", is_front_page=True, **days(-10, -9, registration_closes_at=None))
        make_edition("Next", slug="next", **days(10, 11))

        self.assertIn('href="/next/register/">Register for Next</a>', self.page())


class EditionListTests(FrontTestCase):
    def test_series_come_in_order_with_their_editions_latest_first(self):
        later = Series.objects.create(title="Later", slug="later", position=2)
        first = Series.objects.create(title="First", slug="first", position=1)
        make_edition("old", series=first, starts_on=date(2014, 1, 1), ends_on=None, date_precision="year")
        make_edition("new", series=first, starts_on=date(2024, 3, 1), ends_on=None, date_precision="month")
        make_edition("only", series=later)
        make_edition("CANARY", is_published=False)
        context = self.client.get("/editions/").context
        found = [
            (series.title, [edition.title for edition in editions]) for series, editions in context["series"]
        ]

        self.assertEqual(found, [("First", ["new", "old"]), ("Later", ["only"])])
        page = self.page("/editions/")
        self.assertIn(">March 2024<", page)
        self.assertIn(">2014<", page)

    def test_themes_come_by_year_as_printed(self):
        for title, first, last, label in (
            ("B", 2017, 2018, ""),
            ("A", 2015, 2015, ""),
            ("C", 2018, 2019, "18/19"),
        ):
            theme = Theme.objects.create(
                title=title, slug=title, start_year=first, end_year=last, label=label
            )
            make_edition(theme=theme)
        themes = self.client.get("/editions/").context["themes"]

        self.assertEqual([theme.years for theme in themes], ["2015", "2017–2018", "18/19"])


class ThemeTests(FrontTestCase):
    def test_a_theme_shows_its_editions_with_their_sessions_but_not_with_parts_and_breaks(self):
        theme = Theme.objects.create(title="Gender", slug="gender", start_year=2018, end_year=2019)
        second = make_edition("2019", theme=theme, starts_on=date(2019, 1, 1), ends_on=None)
        first = make_edition("2018", theme=theme, starts_on=date(2018, 1, 1), ends_on=None)
        week = make_session(first, "Learning week")
        make_session(first, "Day 1", part_of=week)
        make_session(first, "Coffee", kind=Kind.BREAK)
        years = self.client.get("/themes/gender/").context["timeline"].years

        found = [(year.edition, [one.session.title for one in year.moments]) for year in years]
        self.assertEqual(found, [(first, ["Learning week"]), (second, [])])

    def test_unknown_themes_are_not_found(self):
        for slug in ("nothing", "🦊", "x" * 10_000):
            self.assertEqual(self.client.get(f"/themes/{slug}/").status_code, 404)


class PageTests(FrontTestCase):
    def test_pages_of_the_site_and_of_an_edition_do_not_mix(self):
        edition = make_edition(slug="ed")
        Page.objects.create(title="About us", slug="about", body="Who **we** are")
        Page.objects.create(title="About it", slug="about", edition=edition)

        self.assertIn("<strong>we</strong>", self.page("/pages/about/"))
        self.assertIn("<h1>About it</h1>", self.page("/ed/pages/about/"))
        make_edition(slug="other")
        self.assertEqual(self.client.get("/other/pages/about/").status_code, 404)

    def test_a_description_is_plain_text_that_cannot_leave_its_attribute(self):
        Page.objects.create(title="P", slug="p", body='A "quote" & *more*" http-equiv="refresh')

        wanted = 'content="A &quot;quote&quot; &amp; more&quot; http-equiv=&quot;refresh"'
        self.assertIn(wanted, self.page("/pages/p/"))


@override_settings(SITE_URL="https://conference.example")
class SitemapTests(FrontTestCase):
    def setUp(self):
        self.edition = make_edition(
            slug="ed", theme=Theme.objects.create(slug="th", start_year=1, end_year=1)
        )
        self.session = make_session(self.edition, slug="s")
        make_session(self.edition, slug="pause", kind=Kind.BREAK)
        self.speaker = make_speaker()
        make_appearance(self.session, self.speaker)
        make_appearance(self.session, make_speaker("Tom", is_minor=True))
        self.presentation = make_presentation(self.session)
        self.hidden = make_presentation(self.session, status="submitted")
        Page.objects.create(title="About", slug="about")

    def locations(self):
        answer = self.client.get("/sitemap.xml", headers={"host": "localhost"})
        names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
        root = ET.fromstring(answer.content)  # noqa: S314 - our own
        alternates = {link.get("hreflang") for link in root.iterfind(".//x:link", names)}
        return {one.text for one in root.iterfind(".//s:loc", names)}, alternates

    def test_it_lists_public_pages_in_every_language_under_the_own_name(self):
        paths = [
            "/", "/editions/", "/privacy/", "/accessibility/", "/library/", "/publications/", "/themes/th/", "/ed/", "/ed/programme/", "/ed/sessions/", "/ed/workshops/",
            "/ed/speakers/", "/ed/presentations/", "/ed/sessions/s/", "/pages/about/",
            self.speaker.get_absolute_url(), self.presentation.get_absolute_url(),
        ]  # fmt: skip
        wanted = {
            f"https://conference.example{prefix}{path}"
            for path in paths
            for prefix in ("", "/nl", "/fr", "/de")
        }
        locations, languages = self.locations()

        self.assertEqual(locations, wanted)
        self.assertEqual(languages, {*CODES, "x-default"})

    def test_robots_are_told_of_it_and_of_what_is_private(self):
        lines = self.page("/robots.txt").splitlines()

        self.assertIn("Sitemap: https://conference.example/sitemap.xml", lines)
        for path in ("/admin/", "/nl/accounts/", "/speaker/"):
            self.assertIn(f"Disallow: {path}", lines)
