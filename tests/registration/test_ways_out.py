"""What holds for every way out alike: who may keep it, its moment to the second, its parts, and the way back after log-in."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import time_machine
from django.core.cache import cache
from django.test import Client, TestCase

from conference.models import Outbox
from registration.models import Download
from sessions.library.index import reindex
from sessions.models import Presentation
from tests.factories import (
    PASSWORD,
    make_edition,
    make_presentation,
    make_preview,
    make_registration,
    make_session,
    make_user,
)
from tests.sessions.publications import make_part, make_publication

CANARY = "zebrafinchcanary"


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


class WaysOutCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="second", open_pages=1)
        cls.session = make_session(cls.edition, slug="a-hub")
        cls.presentation = make_presentation(cls.session, "Slides", f"%PDF {CANARY}".encode())
        make_preview(cls.presentation, f"first {CANARY}", f"second {CANARY}", picture=CANARY.encode())
        reindex(cls.presentation)
        cls.publication = make_publication(slug="back")
        chapter = make_part(cls.publication, "chapter", title="One")
        make_part(cls.publication, "presentation", presentation=cls.presentation)
        cls.here = here = f"/presentations/{cls.presentation.guid}/"
        cls.files = [
            f"{here}download/", f"{here}pages/1/400.webp", f"{here}pages/2/1600.webp",
            f"/packs/session/{cls.session.guid}/pack.zip", "/packs/edition/second/pack.zip",
            "/packs/publication/back/pack.zip",
        ]  # fmt: skip
        cls.pages = [
            here, f"{here}pages/1/", f"{here}pages/2/", "/second/presentations/", f"/library/?q={CANARY}",
            "/library/feed.atom", "/second/presentations/feed.atom", f"{here}cite.bib", f"{here}cite.ris",
            f"{here}cite.json", "/publications/back/", f"/publications/back/chapters/{chapter.pk}/",
            "/second/sessions/a-hub/",
        ]  # fmt: skip

    def setUp(self):
        cache.clear()

    def set(self, **fields):
        Presentation.objects.filter(pk=self.presentation.pk).update(**fields)

    def holds(self, url, client=None):
        return CANARY.encode() in body_of((client or self.client).get(url)).replace(
            f"q={CANARY}".encode(), b""
        )


class MomentTests(WaysOutCase):
    """02:30 on the night of winter time is there twice where the conference is; only one of them is meant."""

    def test_one_second_before_its_moment_no_way_gives_it_and_one_second_after_every_way_does(self):
        opens_at = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
        self.set(opens_at=opens_at)
        inside = [f"{self.here}pages/1/", f"{self.here}pages/2/"]
        for seconds, is_open in ((-1, False), (1, True)):
            with time_machine.travel(opens_at + timedelta(seconds=seconds), tick=False):
                for url in [*self.files, *inside]:
                    with self.subTest(url=url, seconds=seconds):
                        self.assertEqual(self.holds(url), is_open)
                found = self.client.get("/library/", {"q": CANARY}).content.decode()
                with self.subTest("found by its words", seconds=seconds):
                    self.assertEqual(f"{self.here}" in found, is_open)
                for url in self.pages:
                    if url not in inside and not url.startswith("/library/?"):
                        with self.subTest(url=url, seconds=seconds):
                            self.assertFalse(self.holds(url))

    def test_what_is_taken_back_between_two_requests_is_gone_from_every_way(self):
        for step in ({"withdrawn_at": datetime(2026, 1, 1, tzinfo=UTC)}, {"current_file": None}):
            before = {field: getattr(self.presentation, field) for field in step}
            for url in self.files:
                with self.subTest(url=url):
                    self.assertTrue(self.holds(url))
            self.set(**step)
            reindex(Presentation.objects.get(pk=self.presentation.pk))
            for url in [*self.files, *self.pages]:
                with self.subTest(url=url, step=step):
                    self.assertFalse(
                        self.holds(url) and not url.startswith("/library/?")
                    )  # which says what was asked
                    self.assertNotIn(f'href="{self.here}'.encode(), body_of(self.client.get(url)))
            self.set(**before)
            reindex(Presentation.objects.get(pk=self.presentation.pk))


class HeaderTests(WaysOutCase):
    def test_what_is_not_for_everybody_is_kept_by_nobody_on_every_way(self):
        self.set(audience="members")
        self.client.force_login(make_user("Ada"))
        for url in self.files:
            if url.endswith("pages/1/400.webp"):
                continue  # open to everybody
            response = self.client.get(url)
            with self.subTest(url=url):
                self.assertIn(CANARY.encode(), body_of(response))
                self.assertEqual(response["Cache-Control"], "private, no-store")
                self.assertIn("Cookie", response["Vary"])
                self.assertNotIn(self.presentation.current_file.sha256 or "-", response.get("ETag", ""))
        for url in self.pages:
            response = self.client.get(url)
            with self.subTest(url=url):
                self.assertEqual(response.status_code, 200)
                if "public" in response["Cache-Control"]:  # then it is the same for everybody
                    self.assertFalse(response.cookies)
                    self.assertFalse(self.holds(url) and not self.holds(url, Client()))

    def test_nothing_that_comes_out_runs_on_our_origin(self):
        for url in [*self.files, "/publications/back/publication.pdf"]:
            response = self.client.get(url)
            with self.subTest(url=url):
                self.assertEqual(response.status_code, 200)
                self.assertEqual(response["X-Content-Type-Options"], "nosniff")
                self.assertNotIn("html", response["Content-Type"])
                self.assertIn("default-src 'none'", response["Content-Security-Policy"])
                self.assertFalse(response.cookies)

    def test_no_way_out_tells_other_sites_where_one_comes_from(self):
        for url in [*self.files, *self.pages]:
            with self.subTest(url=url):
                self.assertIn(
                    self.client.get(url)["Referrer-Policy"],
                    ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"),
                )

    def test_a_download_leaves_no_trace_of_a_person(self):
        self.client.force_login(make_user("Ada"))
        for url in self.files:
            body_of(self.client.get(url))

        kept = {field.name for field in Download._meta.get_fields()}
        self.assertEqual(kept, {"id", "version", "created_at", "country"})
        self.assertTrue(Download.objects.exists())
        self.assertFalse(Outbox.objects.exists())


class RangeTests(WaysOutCase):
    ASKED = [
        "bytes=0-9", "bytes=-1", "bytes=99999999999-", "bytes=5-2", "bytes=abc", "lines=1-2", "bytes=-0",
        "bytes=" + ",".join(["0-1"] * 1000), "bytes=0-" + "9" * 500, "bytes=\u0661-\u0662".encode().decode("latin-1"),
    ]  # fmt: skip

    def test_every_way_answers_each_part_as_it_should_and_none_that_may_not_be_had(self):
        for url in self.files:
            self.set(audience="everyone")
            whole = body_of(self.client.get(url))
            for asked in self.ASKED:
                response = self.client.get(url, headers={"Range": asked})
                with self.subTest(url=url, asked=asked[:30]):
                    self.assertIn(response.status_code, (200, 206, 416))
                    if response.status_code == 200:
                        self.assertEqual(body_of(response), whole)
                    elif response.status_code == 206:
                        first, last = response["Content-Range"].split()[1].split("/")[0].split("-")
                        self.assertEqual(body_of(response), whole[int(first) : int(last) + 1])
            self.set(audience="organisers")
            for headers in (
                {"Range": "bytes=0-9"},
                {"If-None-Match": "*"},
                {"Range": "bytes=9-", "If-Range": '"x"'},
            ):
                for ask in (self.client.get, self.client.head):
                    response = ask(url, headers=headers)
                    with self.subTest(url=url, headers=headers):
                        if "publication" not in url:  # of which the texts are still a pack
                            self.assertIn(response.status_code, (302, 404))
                        self.assertNotIn(CANARY.encode(), body_of(response))


class BackAfterLogInTests(WaysOutCase):
    """From a link to a file or a page one comes to the gate, and after log-in is where one wanted to be, if one may."""

    def gate_of(self, url):
        """The page at which a visitor ends, and the address in it that leads to log-in."""
        response = self.client.get(url, follow=True)
        page = response.content.decode()
        links = [part.split('"')[0] for part in page.split('href="')[1:]]
        return next(
            link
            for link in links
            if link.startswith(("/accounts/login/", "/accounts/signup/")) and "next=" in link
        )

    def logged_in(self, gate, user):
        back = parse_qs(urlsplit(gate.replace("&amp;", "&")).query)["next"][0]
        form = {"login": user.email, "password": PASSWORD, "next": back}
        return self.client.post("/accounts/login/", form)

    def test_one_is_back_where_one_was(self):
        self.set(audience="members")
        user = make_user("Ada")
        for url, target in {
            f"{self.here}download/": self.here,
            f"{self.here}pages/2/": f"{self.here}pages/2/",
            f"/packs/session/{self.session.guid}/pack.zip": f"/packs/session/{self.session.guid}/",
        }.items():
            with self.subTest(url=url):
                response = self.logged_in(self.gate_of(url), user)
                self.assertEqual(response.status_code, 302)
                self.assertEqual(response["Location"].partition("#")[0], target)
                self.assertEqual(self.client.get(response["Location"]).status_code, 200)
                self.client.logout()

    def test_log_in_opens_nothing_that_one_may_not_have(self):
        self.set(audience="attendees")
        other = make_registration(edition=make_edition()).user
        self.client.force_login(other)
        for url in self.files:
            if not url.endswith("pages/1/400.webp"):
                with self.subTest(url=url):
                    self.assertFalse(self.holds(url))

    def test_a_picture_behind_the_gate_says_no_more_than_one_that_is_not_there(self):
        self.set(audience="members")

        closed = self.client.get(f"{self.here}pages/2/400.webp")
        unknown = self.client.get(f"{self.here}pages/9/400.webp")

        self.assertEqual((closed.status_code, unknown.status_code), (404, 404))
