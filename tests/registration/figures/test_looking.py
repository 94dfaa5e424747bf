"""Views are counted by day and country: people's, not programmes', kept pages too, and nothing about anybody."""

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.kept_pages import kept_pages
from registration.figures.looking import count_views
from registration.models import ViewCount
from registration.services.views import count_view
from tests.factories import (
    make_edition,
    make_organiser,
    make_presentation,
    make_preview,
    make_session,
    make_user,
)

READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class LookingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.presentation = make_presentation(make_session(make_edition()))
        cls.url = f"/presentations/{cls.presentation.guid}/"

    def look(self, url="", **headers):
        return self.client.get(url or self.url, headers={"User-Agent": READER, **headers})

    def counts(self):
        return dict(ViewCount.objects.values_list("country", "count"))

    def test_each_look_counts_on_its_day_with_the_country_of_the_account(self):
        self.look()
        self.look(f"/nl{self.url}")
        self.client.force_login(make_user(country="BE"))
        self.look()

        self.assertEqual(self.counts(), {"": 2, "BE": 1})
        self.assertEqual({row.day for row in ViewCount.objects.all()}, {timezone.localdate()})

    def test_a_visitor_gets_no_cookie(self):
        self.assertFalse(self.look().cookies)

    def test_programmes_and_pages_fetched_ahead_do_not_count(self):
        for agent in (
            "", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "curl/8.5.0",
            "facebookexternalhit/1.1", "Mozilla/5.0 (compatible; bingbot/2.0)", "python-requests/2.32", "Slurp",
        ):  # fmt: skip
            self.look(**{"User-Agent": agent})
        for header in ({"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}):
            self.look(**header)

        self.assertEqual(self.counts(), {})

    def test_neither_heads_nor_other_addresses_nor_what_is_not_found_count(self):
        self.client.head(self.url, headers={"User-Agent": READER})
        self.look(f"{self.url}download/")
        self.look("/presentations/00000000-0000-4000-8000-000000000000/")
        self.look("/presentations/x/")

        self.assertEqual(self.counts(), {})

    def test_a_page_in_the_viewer_counts_for_whoever_comes_from_elsewhere(self):
        make_preview(self.presentation, "one", "two", "three")
        page = f"{self.url}pages/2/"

        self.look(page, Referer="https://search.example/?q=hub")
        self.look(page)
        self.assertEqual(self.counts(), {"": 2})

    def test_turning_the_pages_is_the_same_look(self):
        make_preview(self.presentation, "one", "two", "three")
        other = f"/presentations/{make_presentation(make_session(make_edition())).guid}/"
        site = "http://testserver"

        self.look()
        self.look(f"{self.url}pages/1/", Referer=f"{site}{self.url}")
        self.look(f"{self.url}pages/2/", Referer=f"{site}{self.url}pages/1/")
        self.look(f"/nl{self.url}pages/2/", Referer=f"{site}{self.url}pages/2/")
        self.look(self.url, Referer=f"{site}{self.url}pages/2/")
        self.assertEqual(self.counts(), {"": 1})

        self.look(self.url, Referer=f"{site}{other}")
        self.look(self.url, Referer="http://[")
        self.assertEqual(self.counts(), {"": 3})

    def test_pictures_and_pages_that_are_not_there_do_not_count(self):
        make_preview(self.presentation, "one")
        for rest in ("pages/1/400.webp", "pages/9/", "pages/x/", "pages/"):
            self.look(f"{self.url}{rest}")

        self.assertEqual(self.counts(), {})

    def test_organisers_at_work_do_not_count(self):
        self.client.force_login(make_organiser())
        self.look()

        self.assertEqual(self.counts(), {})

    def test_a_kept_page_counts_each_time(self):
        from django.test import RequestFactory

        built = []

        def page(request):
            from django.http import HttpResponse

            built.append(request)
            return HttpResponse("page", headers={"Cache-Control": "public, max-age=0, s-maxage=30"})

        with override_settings(PAGES_KEPT_MB=1):
            whole = count_views(kept_pages(page))
            for _time in range(3):
                request = RequestFactory().get(self.url, headers={"User-Agent": READER, "Host": "localhost"})
                for close in whole(request)._resource_closers:  # close() would end the test's connection too
                    close()

        self.assertEqual((len(built), self.counts()), (1, {"": 3}))

    def test_one_statement_counts_one_view(self):
        with CaptureQueriesContext(connection) as caught:
            count_view(self.presentation.guid, day=timezone.localdate())

        statements = [one["sql"] for one in caught if "SAVEPOINT" not in one["sql"]]
        self.assertEqual((len(statements), self.counts()), (1, {"": 1}))
