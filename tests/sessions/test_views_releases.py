"""Old releases stay readable as they were, and a feed tells of each new one."""

from datetime import timedelta

from defusedxml import ElementTree
from django.test import TestCase, override_settings
from django.utils import translation

from sessions.models import Release, Session
from sessions.services.publishing import cancel, withdraw
from sessions.services.timetable import release_timetable
from tests.factories import make_appearance, make_edition, make_organiser, make_room, make_session, make_slot

ATOM = "{http://www.w3.org/2005/Atom}"


class ReleaseCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition("Second", slug="ed")
        cls.by = make_organiser()
        cls.room = make_room(cls.edition, "Hall")
        cls.talk = make_session(cls.edition, "Talk", slug="talk", title_nl="Lezing")
        make_appearance(cls.talk)
        cls.slot = make_slot(cls.talk, room=cls.room)
        cls.release("First times")

    @classmethod
    def release(cls, note=""):
        return release_timetable(edition=cls.edition, by=cls.by, note=note)

    def move(self, hours=1):
        self.slot.starts_at += timedelta(hours=hours)
        self.slot.ends_at += timedelta(hours=hours)
        self.slot.save()


class ReleasePageTests(ReleaseCase):
    def test_the_list_has_every_release_with_note_and_how_much_changed(self):
        self.move()
        self.release("One hour later")
        page = self.client.get("/ed/releases/")

        self.assertContains(page, "Release 2")
        self.assertContains(page, "One hour later")
        self.assertContains(page, "First times")
        self.assertContains(page, "1 item changed", 2)
        self.assertContains(page, "the present one", 1)

    def test_an_old_release_shows_its_times_says_so_and_is_not_for_search_engines(self):
        self.move()
        self.release()
        page = self.client.get("/ed/releases/1/")

        self.assertContains(page, "as it was then; the latest is 2.")
        self.assertContains(page, "10:30–11:30")
        self.assertContains(page, '<meta name="robots" content="noindex">')
        self.assertNotContains(page, "11:30–12:30")

    def test_the_latest_says_that_it_is_and_what_it_changed(self):
        self.move()
        self.release("One hour later")
        page = self.client.get("/ed/releases/2/")

        self.assertContains(page, ", the latest.")
        self.assertContains(page, "Moved: “Talk” from Saturday 13 March 2027, 10:30–11:30, Hall to")
        self.assertContains(page, "11:30–12:30")

    def test_what_was_withdrawn_keeps_its_time_and_loses_title_and_link(self):
        addresses = ("/ed/releases/1/", "/nl/ed/releases/1/", "/ed/feed.atom", "/ed/releases/2/")
        self.assertContains(self.client.get(addresses[0]), 'href="/ed/sessions/talk/"')
        withdraw(session=self.talk)
        self.release()
        for address in addresses:
            page = self.client.get(address)
            for word in ("Talk", "Lezing", "/talk/"):
                self.assertNotContains(page, word)
        self.assertContains(self.client.get(addresses[0]), "(no longer public)", 2)
        self.assertContains(self.client.get(addresses[3]), "Cancelled: “(no longer public)”, planned for")

    def test_a_cancelled_session_is_linked_because_its_page_says_so(self):
        cancel(session=self.talk)
        self.release()
        self.assertContains(self.client.get("/ed/releases/1/"), 'href="/ed/sessions/talk/"')
        page = self.client.get("/ed/releases/2/")
        self.assertContains(page, "Cancelled: “Talk”, planned for")
        self.assertContains(page, "Nothing stood in this release.")

    def test_names_of_speakers_are_not_kept_in_public(self):
        self.assertNotContains(self.client.get("/ed/releases/1/"), "Grace Hopper")

    def test_titles_are_in_the_language_of_the_page(self):
        self.assertContains(self.client.get("/nl/ed/releases/1/"), "Lezing")

    def test_numbers_that_are_none_and_hidden_editions_are_not_found(self):
        for address in ("/ed/releases/2/", "/ed/releases/0/", f"/ed/releases/{2**63}/", "/no/releases/1/"):
            self.assertEqual(self.client.get(address).status_code, 404, address)
        self.edition.is_published = False
        self.edition.save()
        for address in ("/ed/releases/", "/ed/releases/1/", "/ed/feed.atom"):
            self.assertEqual(self.client.get(address).status_code, 404, address)

    def test_an_edition_without_a_release_says_so(self):
        make_edition(slug="new")

        self.assertContains(self.client.get("/new/releases/"), "The programme is being made.")

    def test_the_number_of_queries_does_not_grow(self):
        with self.assertNumQueries(3):
            self.client.get("/ed/releases/")
        with self.assertNumQueries(7):
            self.client.get("/ed/releases/1/")
        for number in range(3):
            make_slot(make_session(self.edition, f"Other {number}"), room=self.room)
            self.move()
            self.release()
        with self.assertNumQueries(3):
            self.client.get("/ed/releases/")
        with self.assertNumQueries(7):
            self.client.get("/ed/releases/4/")

    def test_visitors_get_no_cookie_and_no_form(self):
        for address in ("/ed/releases/", "/ed/releases/1/"):
            page = self.client.get(address)
            self.assertNotContains(page, "<form method=")
            self.assertEqual(page.cookies, {})


@override_settings(SITE_URL="https://conf.example.org")
class FeedTests(ReleaseCase):
    def read(self, address="/ed/feed.atom"):
        response = self.client.get(address)
        self.assertEqual(response["Content-Type"], "application/atom+xml; charset=utf-8")
        return ElementTree.fromstring(response.content)

    def texts(self, feed, path):
        return [found.text for found in feed.findall("/".join(ATOM + name for name in path.split("/")))]

    def test_each_release_is_an_entry_latest_first_with_note_and_changes(self):
        self.move()
        self.release("One hour later")
        feed = self.read()

        self.assertEqual(self.texts(feed, "entry/title"), ["Release 2", "Release 1"])
        self.assertEqual(
            self.texts(feed, "entry/summary")[1],
            "<p>First times</p><ul><li>Added: “Talk”, Saturday 13 March 2027, 10:30–11:30, Hall</li></ul>",
        )
        first = Release.objects.get(edition=self.edition, number=1)
        self.assertEqual(self.texts(feed, "entry/updated")[1], first.created_at.isoformat())

    def test_what_atom_asks_of_a_feed_is_there(self):
        feed = self.read()
        day = f"{self.edition.created_at:%Y-%m-%d}"
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}

        self.assertEqual(feed.tag, f"{ATOM}feed")
        self.assertEqual(self.texts(feed, "id"), [f"tag:conf.example.org,{day}:ed/feed/en"])
        self.assertEqual(self.texts(feed, "entry/id"), [f"tag:conf.example.org,{day}:ed/releases/1/en"])
        self.assertEqual(self.texts(feed, "updated"), self.texts(feed, "entry/updated"))
        self.assertEqual(self.texts(feed, "author/name"), ["Second"])
        self.assertEqual(
            links,
            {
                "alternate": "https://conf.example.org/ed/programme/",
                "self": "https://conf.example.org/ed/feed.atom",
            },
        )

    def test_an_edition_without_a_release_has_an_empty_feed_that_stays_the_same(self):
        edition = make_edition(slug="new")

        updated = self.texts(self.read("/new/feed.atom"), "updated")
        self.assertEqual(updated, [edition.created_at.isoformat()])

    def test_the_feed_speaks_the_language_of_its_address(self):
        feed = self.read("/nl/ed/feed.atom")

        self.assertIn("Lezing", self.texts(feed, "entry/summary")[0])
        self.assertEqual(feed.get("{http://www.w3.org/XML/1998/namespace}lang"), "nl")
        self.assertTrue(self.texts(feed, "id")[0].endswith("ed/feed/nl"))

    def test_hostile_titles_and_notes_are_text(self):
        hostile = '<script>alert(1)</script> ]]> &amp; "%(to)s {x}" \x0b\ufffe'
        Session.objects.filter(pk=self.talk.pk).update(title=hostile, title_en=hostile)
        with translation.override("en"):
            self.release(hostile)
        summary = self.texts(self.read(), "entry/summary")[0]

        self.assertNotIn("<script", summary)
        self.assertEqual(summary.count("&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;amp;"), 2)

    def test_only_the_latest_twenty_are_told_in_a_fixed_number_of_queries(self):
        with self.assertNumQueries(5):
            self.read()
        for _number in range(21):
            self.release()
        with self.assertNumQueries(5):
            titles = self.texts(self.read(), "entry/title")

        self.assertEqual((len(titles), titles[0], titles[-1]), (20, "Release 22", "Release 3"))

    def test_a_reader_that_has_it_gets_304_until_the_next_release(self):
        first = self.client.get("/ed/feed.atom")
        headers = {"If-None-Match": first["ETag"]}
        with self.assertNumQueries(2):
            self.assertEqual(self.client.get("/ed/feed.atom", headers=headers).status_code, 304)
        self.assertIn("Last-Modified", first)
        self.release()
        self.assertEqual(self.client.get("/ed/feed.atom", headers=headers).status_code, 200)

    def test_the_programme_page_leads_readers_to_it(self):
        page = self.client.get("/ed/programme/")

        self.assertContains(page, '<link rel="alternate" type="application/atom+xml" href="/ed/feed.atom"')
        self.assertContains(page, 'href="/ed/releases/"')
