"""Pages lead to packs where this person could take something, and say how many files and how large."""

from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions.models import Presentation, Publication
from tests.factories import make_check_in, make_presentation, make_registration, make_session, make_track
from tests.registration.packs.pack_case import PackCase, read


class LinkTests(PackCase):
    def link(self, page, address):
        """What stands behind the link to this pack on the page; nothing where there is no link."""
        content = self.client.get(page).content.decode()
        if f'href="{address}"' not in content:
            return ""
        return content.split(f'href="{address}"')[1].split('<span class="presentation-meta">')[1].split("</span>")[0].strip()  # fmt: skip

    def of_session(self):
        return self.link(self.session.get_absolute_url(), f"/packs/session/{self.session.guid}/")

    def test_a_session_counts_what_this_person_may_have_of_it_and_its_parts(self):
        self.assertEqual(self.of_session(), "1 file, 16 bytes")
        self.member()
        self.assertEqual(self.of_session(), "2 files, 34 bytes")
        self.client.force_login(make_registration(edition=self.edition).user)
        self.assertEqual(self.of_session(), "3 files, 54 bytes")

    def test_the_pack_holds_as_many_as_the_link_says(self):
        self.member()
        with self.subTest("a session"):
            self.assertEqual(len(self.names(self.client.get(self.url))), 2)
        with self.subTest("its track"):
            response = self.client.get(f"/packs/track/{self.track.pk}/pack.zip")
            self.assertEqual(len(self.names(response)), 2)

    def test_without_a_file_to_take_there_is_no_link(self):
        Presentation.objects.exclude(pk=self.film.pk).update(audience="attendees")

        self.assertEqual(self.of_session(), "")
        self.assertEqual(self.link("/second/presentations/", "/packs/edition/second/"), "")

    def test_a_session_of_which_only_the_parts_have_files_leads_to_them(self):
        Presentation.objects.filter(session=self.session).update(withdrawn_at=timezone.now())
        Presentation.objects.update(audience="everyone")

        self.assertEqual(self.of_session(), "1 file, 18 bytes")

    def test_an_edition_and_its_tracks(self):
        make_track(self.edition, "An empty track")
        self.member()

        page = "/second/presentations/"
        self.assertEqual(self.link(page, "/packs/edition/second/"), "2 files, 34 bytes")
        self.assertEqual(self.link(page, f"/packs/track/{self.track.pk}/"), "2 files, 34 bytes")
        self.assertNotContains(self.client.get(page), "An empty track")

    def test_a_publication(self):
        publication = Publication.objects.create(title="Eight years", slug="eight-years", is_published=True)
        publication.parts.create(kind="presentation", presentation=self.members)
        page, address = "/publications/eight-years/", "/packs/publication/eight-years/"

        self.assertEqual(self.link(page, address), "")
        self.member()
        self.assertEqual(self.link(page, address), "1 file, 18 bytes")

    def test_all_i_attended(self):
        registration = make_registration(edition=self.edition)
        self.client.force_login(registration.user)
        page, address = "/accounts/registrations/", "/packs/mine/attended/"

        self.assertEqual(self.link(page, address), "")
        make_check_in(registration, self.part)
        self.assertEqual(self.link(page, address), "1 file, 18 bytes")

    def test_what_a_search_found(self):
        call_command("rebuild_library", verbosity=0)
        page, address = "/library/?q=slides", "/packs/search/found/?q=slides"

        self.assertEqual(self.link(page, address), "1 file, 16 bytes")
        self.member()
        self.assertEqual(self.link(page, address), "2 files, 34 bytes")
        self.assertEqual(
            self.names(self.client.get("/packs/search/found/pack.zip?q=slides")),
            {"Open slides", "Slides of members"},
        )
        self.assertEqual(self.link("/library/", "/packs/search/found/"), "")

    @override_settings(ACCOUNT_RATE_LIMITS={"library": "2/m/ip"})
    def test_packs_of_searches_are_limited_as_searches_are(self):
        statuses = [self.client.get("/packs/search/found/?q=slides").status_code for _time in range(3)]

        self.assertEqual(statuses[2], 429)

    @override_settings(ACCOUNT_RATE_LIMITS={"library_of_member": "2/m/user"})
    def test_packs_of_searches_of_members_are_limited_too(self):
        self.member()
        statuses = [self.client.get("/packs/search/found/?q=slides").status_code for _time in range(3)]

        self.assertEqual(statuses[2], 429)

    def test_contents_of_a_search_lead_back_to_it_in_the_language_of_the_page(self):
        call_command("rebuild_library", verbosity=0)

        for prefix in ("", "/nl"):
            with read(self.client.get(f"{prefix}/packs/search/found/pack.zip?q=slides")) as pack:
                contents = pack.read("library/contents.html").decode()
            self.assertIn(f'href="http://localhost:8000{prefix}/library/?q=slides"', contents)

    def test_same_number_of_queries_with_one_and_with_three(self):
        def count(page):
            with CaptureQueriesContext(connection) as caught:
                self.client.get(page)
            return len(caught)

        pages = (self.session.get_absolute_url(), "/second/presentations/")
        few = [count(page) for page in pages]
        for number in range(2):
            track = make_track(self.edition, f"Track {number}")
            make_presentation(make_session(self.edition, f"Session {number}", track=track))
            make_presentation(self.session, f"More {number}")
        self.assertEqual([count(page) for page in pages], few)
