"""Nobody who walks through the site finds what is private of somebody else, and nobody is told of to third parties."""

import pytest
from django.contrib import admin
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from conference.models import Membership, NewsItem, User
from registration.models import FeedbackPlan, InvoiceRequest, Registration
from sessions.library.index import rebuild
from sessions.models import Appearance, Credit, Slot
from speakers.models import Speaker
from tests.admin_forms import make_staff
from tests.canaries import ADDRESS, CANARY, CanaryCase
from tests.crawl import crawl
from tests.factories import PASSWORD, make_appearance, make_session, make_speaker, make_user
from tests.test_links import FOREIGN, Newcomer

pytestmark = pytest.mark.once

FILES = (
    "news/",
    "news/feed.atom",
    "feedback/",
    "feedback/results/",
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
        cls.say_what_came_later()
        rebuild()
        cls.other_speaker = make_user("Sam")
        make_appearance(make_session(cls.edition), make_speaker("Sam", user=cls.other_speaker))
        cls.helper = make_staff("helper")

    @classmethod
    def say_what_came_later(cls):
        """News, and what she said as feedback: for its speakers and organisers."""
        for edition in (cls.edition, None):
            NewsItem.objects.create(edition=edition, title="New", slug="new", published_at=timezone.now())
        plan = FeedbackPlan.objects.create(edition=cls.edition, closes_at=timezone.now())
        question = plan.questions.create(label="How was it?", kind="text", about="edition")
        plan.sheets.create(count=9, texts={str(question.pk): {"key": f"{CANARY} was bored"}})

    def test_her_own_pages_have_the_word_and_ask_no_other_host(self):
        """So that the walks of others could find it."""
        client = Client()
        client.force_login(self.ada)
        pages = crawl(client, of_each=1)

        self.assertGreater(len([page for page in pages if CANARY in page.html.lower()]), 5)
        self.assertEqual([page.path for page in pages if any(words in page.html for words in FOREIGN)], [])

    def walk(self, client):
        """Each page, and each file with everything that comes along."""
        pages = crawl(client, of_each=1)
        yield from ((page.path, page.html.lower()) for page in pages if page.is_html)
        paths = [page.path for page in pages if not page.is_html]
        paths += [f"/{self.edition.slug}/{name}" for name in FILES]
        paths += [
            "/news/feed.atom",
            "/accounts/my-data/",
            "/accounts/close/",
            "/sitemap.xml",
            "/robots.txt",
            "/library/feed.atom",
            "/service-worker.js",
            "/nothing/here/",
        ]
        paths += [f"/library/?q={CANARY}", reverse("registration:verify", args=["NOTHING"])]
        for path in dict.fromkeys(paths):
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            yield path, f"{dict(answer.items())} {body.decode('latin1')}".lower()

    def found_by(self, client):
        walked = list(self.walk(client))
        self.assertGreater(len(walked), 30)
        came_by = {path for path, _said in walked}
        self.assertLessEqual({"/news/", "/news/new/", "/privacy/"}, came_by)
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

    def test_a_helper_meets_no_more_than_names_in_the_admin(self):
        rows = (Registration, InvoiceRequest, User)
        fields = [field.name for model in rows for field in model._meta.concrete_fields]
        private = [f"{CANARY} {name}" for name in fields] + [ADDRESS]
        client = Client()
        client.force_login(self.helper)
        paths = [
            reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            for model in admin.site._registry
        ]
        paths += [reverse("admin:conference_user_change", args=[self.ada.pk])]
        paths += [reverse("admin:registration_registration_change", args=[self.mine.pk])]
        paths += [reverse("admin:registration_registration_history", args=[self.mine.pk]), "/admin/trail/"]
        self.assertGreater(len(paths), 30)
        for path in paths:
            page = client.get(path, follow=True).content.decode().lower()
            self.assertEqual([word for word in private if word in page], [], path)

    def test_there_are_two_cookies_and_the_first_comes_with_the_first_form(self):
        client = Client()
        for path in ("/", f"/{self.edition.slug}/", "/privacy/", "/library/"):
            self.assertEqual(len(client.get(path).cookies), 0, path)

        client.get("/accounts/login/")
        self.assertEqual(set(client.cookies), {"csrf"})
        client.post("/accounts/login/", {"login": self.ada.email, "password": PASSWORD})
        self.assertEqual({name for name, one in client.cookies.items() if one.value}, {"csrf", "session"})
