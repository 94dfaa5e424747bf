"""News: public from its moment on and nowhere before, in lists, on front pages, in feeds and for machines."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.test import TestCase, override_settings
from django.utils import timezone

from conference.models import NewsItem
from tests.admin_forms import queries_of, read_form
from tests.factories import make_edition, make_organiser

ATOM = {"a": "http://www.w3.org/2005/Atom"}
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


def make_news(edition=None, title="Doors open", days=-1, **fields):
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    fields.setdefault("published_at", timezone.now() + timedelta(days=days))
    return NewsItem.objects.create(edition=edition, title=title, **fields)


class PublishedTests(TestCase):
    def test_an_item_is_public_from_its_moment_on_to_the_second(self):
        moment = datetime(2027, 3, 13, 9, 30, tzinfo=UTC)
        make_news(published_at=moment)
        counts = [
            NewsItem.objects.published(moment + timedelta(seconds=seconds)).count() for seconds in (-1, 0)
        ]

        self.assertEqual(counts, [0, 1])
        item = NewsItem.objects.get()
        self.assertEqual(
            [item.is_public(moment - timedelta(seconds=1)), item.is_public(moment)], [False, True]
        )

    def test_a_draft_and_news_of_an_edition_that_nobody_knows_are_not_public(self):
        make_news(title="Draft", published_at=None)
        make_news(make_edition(is_published=False), "Hidden")

        self.assertEqual(NewsItem.objects.published().count(), 0)
        self.assertEqual([one.is_public() for one in NewsItem.objects.all()], [False, False])

    def test_an_address_is_used_once_in_an_edition_and_once_on_the_site(self):
        one, other = make_edition(), make_edition()
        for edition in (one, other, None):
            make_news(edition, slug="same")
        for edition in (one, None):
            with self.assertRaises(IntegrityError), transaction.atomic():
                make_news(edition, slug="same")


class PageTests(TestCase):
    def setUp(self):
        self.edition = make_edition("Mobility", slug="mobility")
        self.other = make_edition("Other year", slug="other")

    def page(self, url):
        answer = self.client.get(url)
        self.assertEqual(answer.status_code, 200, url)
        return answer.content.decode()

    def everywhere(self):
        """Every page that everybody can ask for and that could name news."""
        here = "/mobility/"
        pages = (
            "/",
            "/news/",
            "/news/feed.atom",
            here,
            f"{here}news/",
            f"{here}news/feed.atom",
            "/sitemap.xml",
        )
        return {url: self.client.get(url).content.decode() for url in pages}

    def test_what_is_not_public_is_named_nowhere_and_then_everywhere(self):
        make_news(self.edition, "CANARY", days=1)
        self.assertEqual([url for url, page in self.everywhere().items() if "canary" in page.lower()], [])
        self.assertEqual(self.client.get("/mobility/news/canary/").status_code, 404)

        NewsItem.objects.update(published_at=timezone.now())

        self.assertEqual([url for url, page in self.everywhere().items() if "canary" not in page.lower()], [])
        self.assertEqual(self.client.get("/mobility/news/canary/").status_code, 200)

    def test_news_of_an_edition_that_is_not_published_are_named_nowhere(self):
        make_news(make_edition(slug="secret", is_published=False), "CANARY")

        self.assertEqual([url for url, page in self.everywhere().items() if "canary" in page.lower()], [])
        for url in ("/secret/news/", "/secret/news/canary/", "/secret/news/feed.atom", "/news/canary/"):
            self.assertEqual(self.client.get(url).status_code, 404, url)

    def test_organisers_look_at_a_draft_which_machines_do_not_read(self):
        make_news(self.edition, "Soon", published_at=None)
        self.client.force_login(make_organiser())
        page = self.page("/mobility/news/soon/")

        self.assertIn("Preview:", page)
        self.assertEqual(BLOCK.findall(page), [])
        self.assertNotIn("Soon", self.page("/mobility/news/"))

    def test_an_edition_shows_its_own_and_the_front_page_those_of_the_site_too(self):
        make_news(self.edition, "Of this one")
        make_news(self.other, "Of the other")
        make_news(None, "Of the site")
        named = {
            url: [
                words for words in ("Of this one", "Of the other", "Of the site") if words in self.page(url)
            ]
            for url in ("/mobility/", "/mobility/news/", "/other/news/", "/news/")
        }

        self.assertEqual(named["/mobility/"], ["Of this one"])
        self.assertEqual(named["/mobility/news/"], ["Of this one"])
        self.assertEqual(named["/other/news/"], ["Of the other"])
        self.assertEqual(named["/news/"], ["Of this one", "Of the other", "Of the site"])
        self.edition.is_front_page = True
        self.edition.save()
        self.assertIn("Of the site", self.page("/"))
        self.assertNotIn("Of the other", self.page("/"))

    def test_an_item_is_at_the_address_of_its_edition_only(self):
        make_news(self.edition, "Here")

        for url in ("/news/here/", "/other/news/here/"):
            self.assertEqual(self.client.get(url).status_code, 404, url)

    def test_the_newest_come_first_and_the_overview_names_three(self):
        for days in (1, 4, 2, 3):
            make_news(self.edition, f"Item {days}", days=-days)
        found = re.findall(r"Item \d", self.page("/mobility/news/").split('class="session-list"')[1])
        overview = re.findall(r"Item \d", self.page("/mobility/"))

        self.assertEqual(found, ["Item 1", "Item 2", "Item 3", "Item 4"])
        self.assertEqual(overview, ["Item 1", "Item 2", "Item 3"])

    def test_without_news_the_overview_says_nothing_of_it_and_the_list_says_so(self):
        self.assertNotIn('id="news"', self.page("/mobility/"))
        self.assertIn("There is no news yet.", self.page("/mobility/news/"))

    def test_a_long_list_has_pages(self):
        for number in range(21):
            make_news(self.edition, f"Item {number}", days=-number - 1)

        self.assertIn('rel="next" href="?page=2"', self.page("/mobility/news/"))
        self.assertIn("Item 20", self.page("/mobility/news/?page=2"))

    def test_texts_are_markdown_that_harms_nobody_and_titles_are_no_markup(self):
        make_news(self.edition, "<b>x</b>", slug="x", body="**Bold** <script>alert(1)</script>")
        page = self.page("/mobility/news/x/")

        self.assertIn("<strong>Bold</strong>", page)
        self.assertIn("&lt;b&gt;x&lt;/b&gt;", page)
        self.assertNotIn("<b>x</b>", page)
        self.assertNotIn("<script>alert", page)

    def test_the_day_is_that_where_the_edition_is(self):
        self.edition.time_zone = "Pacific/Auckland"
        self.edition.save()
        make_news(self.edition, "Late", published_at=datetime(2026, 5, 1, 13, tzinfo=UTC))

        self.assertIn("2 May 2026", self.page("/mobility/news/late/"))

    def test_dutch_pages_show_dutch_and_mark_what_is_not(self):
        make_news(
            self.edition, title_en="Doors", title_nl="Deuren", body_en="Open", title="Doors", slug="doors"
        )
        page = self.page("/nl/mobility/news/doors/")

        self.assertIn("<h1>Deuren</h1>", page)
        self.assertIn('<div class="prose" lang="en"><p>Open</p>', page)

    def test_pages_take_the_same_number_of_queries_with_one_item_and_with_three(self):
        make_news(self.edition, "One")
        urls = ("/", "/mobility/", "/mobility/news/", "/news/", "/news/feed.atom", "/mobility/news/feed.atom")
        first = {url: queries_of(self.client, url) for url in urls}
        make_news(self.edition, "Two")
        make_news(None, "Three")

        self.assertEqual({url: queries_of(self.client, url) for url in urls}, first)

    def test_a_news_article_for_machines_names_what_it_is_about_and_nothing_empty(self):
        item = make_news(self.edition, "Doors </script>", slug="doors", body="Come **in**")
        said = json.loads(BLOCK.findall(self.page("/mobility/news/doors/"))[0])

        self.assertEqual(said["@type"], "NewsArticle")
        self.assertEqual(said["headline"], "Doors </script>")
        self.assertEqual(said["description"], "Come in")
        self.assertEqual(
            datetime.fromisoformat(said["datePublished"]), item.published_at.replace(microsecond=0)
        )
        self.assertEqual(said["url"], "http://localhost:8000/mobility/news/doors/")
        self.assertEqual(said["about"]["name"], "Mobility")
        self.assertNotIn("", said.values())


class FeedTests(TestCase):
    def entries(self, url):
        answer = self.client.get(url)
        self.assertEqual(answer["Content-Type"], "application/atom+xml; charset=utf-8")
        self.assertFalse(answer.cookies)
        return ET.fromstring(answer.content)  # noqa: S314 - our own

    def test_entries_are_known_again_and_dated_by_their_moment_or_a_correction(self):
        edition = make_edition(slug="ed")
        old = make_news(edition, "Old & corrected", slug="old", days=-9, body="Now *right*")
        feed = self.entries("/ed/news/feed.atom")
        entry = feed.find("a:entry", ATOM)

        self.assertEqual(entry.findtext("a:id", None, ATOM), old.guid.urn)
        self.assertEqual(entry.findtext("a:title", None, ATOM), "Old & corrected")
        self.assertIn("<em>right</em>", entry.findtext("a:summary", None, ATOM))
        self.assertEqual(entry.find("a:link", ATOM).get("href"), "http://localhost:8000/ed/news/old/")
        published, updated = (
            datetime.fromisoformat(entry.findtext(f"a:{name}", None, ATOM))
            for name in ("published", "updated")
        )
        self.assertEqual(published, old.published_at)
        self.assertEqual(updated, NewsItem.objects.get().updated_at)

    def test_the_feed_of_the_site_holds_those_of_its_editions_too(self):
        make_news(make_edition(), "Of an edition")
        make_news(None, "Of the site")
        titles = [one.text for one in self.entries("/news/feed.atom").findall("a:entry/a:title", ATOM)]

        self.assertEqual(titles, ["Of the site", "Of an edition"])

    def test_who_asks_again_gets_what_came_out_meanwhile_although_nobody_changed_anything(self):
        make_news(None, "First")
        item = make_news(None, "Second", days=1)
        self.assertNotIn("Second", self.client.get("/news/feed.atom").content.decode())
        # As time goes by, without touching anything else.
        NewsItem.objects.filter(pk=item.pk).update(published_at=timezone.now())

        self.assertIn("Second", self.client.get("/news/feed.atom").content.decode())


@override_settings(STAFF_SECOND_FACTOR=False)
class AdminTests(TestCase):
    def setUp(self):
        self.edition = make_edition(slug="ed", time_zone="Pacific/Auckland")
        self.client.force_login(make_organiser())

    def add(self, **fields):
        data = read_form(self.client, f"/admin/conference/newsitem/add/?edition={self.edition.pk}")
        data |= {"edition": self.edition.pk, "title_en": "Doors", "slug": "doors", **fields}
        return self.client.post("/admin/conference/newsitem/add/", data)

    def test_the_moment_is_that_on_the_clock_of_the_edition(self):
        self.assertEqual(self.add(published_at_0="2026-05-02", published_at_1="08:00").status_code, 302)

        expected = datetime(2026, 5, 2, 8, tzinfo=ZoneInfo("Pacific/Auckland"))
        self.assertEqual(NewsItem.objects.get().published_at, expected)

    def test_address_and_edition_never_change(self):
        self.add()
        item = NewsItem.objects.get()
        data = read_form(self.client, f"/admin/conference/newsitem/{item.pk}/change/")
        self.client.post(
            f"/admin/conference/newsitem/{item.pk}/change/",
            data | {"slug": "windows", "title_en": "Windows", "edition": ""},
        )
        item.refresh_from_db()

        self.assertEqual((item.title, item.slug, item.edition), ("Windows", "doors", self.edition))

    def test_the_same_address_twice_is_refused_with_words(self):
        self.add()
        answer = self.add()

        self.assertContains(answer, "This edition has news at this address already.")

    def test_the_form_of_an_edition_leads_to_its_news(self):
        make_news(self.edition, "Ours")
        make_news(make_edition(), "Theirs")
        address = f"/admin/conference/newsitem/?edition__id__exact={self.edition.pk}"
        self.assertContains(self.client.get(f"/admin/conference/edition/{self.edition.pk}/change/"), address)
        page = self.client.get(address)

        self.assertContains(page, "Ours")
        self.assertNotContains(page, "Theirs")
