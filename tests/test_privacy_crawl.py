"""Nobody who walks through the site finds what is private of somebody else, and nobody is told of to third parties."""

from django.test import Client, override_settings
from django.urls import reverse

from conference.models import Membership
from sessions.library.index import rebuild
from sessions.models import Appearance, Credit, Slot
from speakers.models import Speaker
from tests.admin_forms import make_staff
from tests.canaries import CANARY, CanaryCase
from tests.crawl import crawl
from tests.factories import PASSWORD, make_appearance, make_session, make_speaker, make_user
from tests.test_links import FOREIGN, Newcomer

FILES = (
    "schedule.ics",
    "schedule.xml",
    "schedule.json",
    "feed.atom",
    "manifest.webmanifest",
    "presentations/feed.atom",
)
AT_THE_DOOR = "/desk/"  # where helpers see names, and nothing else


@override_settings(STAFF_SECOND_FACTOR=False)
class NobodyElseTests(CanaryCase):
    """Ada's page as a speaker says in other words what is public; everything else of hers has the one word."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        Speaker.objects.filter(pk=cls.speaker.pk).update(
            name="Grace Public", slug="grace-public", biography="Words for everybody", website="",
            portrait_description="A portrait",
        )  # fmt: skip
        Appearance.objects.filter(speaker=cls.speaker).update(role="Teacher", expertise="Peace")
        Credit.objects.filter(speaker=cls.speaker).update(name="Grace Public")
        Slot.objects.exclude(speaker_names="").update(speaker_names="Grace Public")
        Membership.objects.filter(user=cls.ada).update(is_shown=False)
        rebuild()
        cls.other_speaker = make_user("Sam")
        make_appearance(make_session(cls.edition), make_speaker("Sam", user=cls.other_speaker))
        cls.helper = make_staff("helper")

    def test_the_word_is_on_her_own_pages(self):
        """So that the walks below could find it."""
        mine = Client()
        mine.force_login(self.ada)

        pages = [page for page in crawl(mine, of_each=1) if CANARY in page.html.lower()]

        self.assertGreater(len(pages), 5)

    def walk(self, client):
        """Each page, and each file with everything that comes along."""
        pages = crawl(client, of_each=1)
        yield from ((page.path, page.html.lower()) for page in pages if page.is_html)
        paths = [page.path for page in pages if not page.is_html]
        paths += [f"/{self.edition.slug}/{name}" for name in FILES]
        paths += ["/sitemap.xml", "/robots.txt", "/library/feed.atom", "/service-worker.js", "/nothing/here/"]
        paths += [f"/library/?q={CANARY}", reverse("registration:verify", args=["NOTHING"])]
        for path in dict.fromkeys(paths):
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            yield path, f"{dict(answer.items())} {body.decode('latin1')}".lower()

    def found_by(self, client):
        walked = list(self.walk(client))
        self.assertGreater(len(walked), 30)
        searched = f"/library/?q={CANARY}"  # which says what was looked for
        return [path for path, said in walked if CANARY in said and path != searched]

    def test_no_stranger_finds_it(self):
        self.assertEqual(self.found_by(Newcomer()), [])

    def test_no_other_attendee_and_no_other_speaker_finds_it(self):
        for user in (self.ben, self.other_speaker):
            client = Client()
            client.force_login(user)
            with self.subTest(user=user.name):
                self.assertEqual(self.found_by(client), [])

    def test_a_helper_finds_at_most_names_and_those_at_the_door(self):
        client = Client()
        client.force_login(self.helper)
        for path, said in self.walk(client):
            if path.startswith((AT_THE_DOOR, f"/nl{AT_THE_DOOR}")):
                for field in ("dietary_needs", "access_needs", "billing_name"):
                    self.assertNotIn(f"{CANARY} {field}", said, path)
            elif not path.startswith("/library/?q="):
                self.assertNotIn(CANARY, said, path)

    def test_pages_of_somebody_who_is_logged_in_ask_no_other_host_either(self):
        client = Client()
        client.force_login(self.ada)

        foreign = [
            page.path for page in crawl(client, of_each=1) if any(words in page.html for words in FOREIGN)
        ]

        self.assertEqual(foreign, [])

    def test_there_are_two_cookies_and_the_first_comes_with_the_first_form(self):
        client = Client()
        for path in ("/", f"/{self.edition.slug}/", "/privacy/", "/library/"):
            self.assertEqual(len(client.get(path).cookies), 0, path)

        client.get("/accounts/login/")
        self.assertEqual(set(client.cookies), {"csrf"})
        client.post("/accounts/login/", {"login": self.ada.email, "password": PASSWORD})
        self.assertEqual({name for name, one in client.cookies.items() if one.value}, {"csrf", "session"})
