"""Starring by form and by script: only for oneself, only what is public, never without an account or too fast."""

from django.core.cache import cache
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.models import Session, Star
from tests.factories import make_edition, make_session, make_user

JSON = {"HTTP_ACCEPT": "application/json"}


class StarViewTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make_user()
        cls.session = make_session(make_edition(slug="ed"), "Rivers", slug="rivers")
        cls.draft = make_session(cls.session.edition, "Secret", status=Session.Status.DRAFT)
        cls.url = reverse("registration:star")

    def post(self, action, *sessions, client=None, **more):
        data = {"action": action, "session": [str(s.guid) for s in sessions], **more.pop("data", {})}
        return (client or self.client).post(self.url, data, **more)

    def starred(self):
        return set(Star.objects.values_list("user", "session"))

    def test_the_form_on_the_page_stars_and_takes_the_star_away_without_a_script(self):
        self.client.force_login(self.user)
        for action, after in (("star", {(self.user.pk, self.session.pk)}), ("unstar", set())):
            page = self.client.get("/ed/sessions/rivers/")
            self.assertContains(page, f'name="action" value="{action}"')

            answer = self.post(action, self.session, data={"next": "/ed/sessions/rivers/"})

            self.assertRedirects(answer, "/ed/sessions/rivers/")
            self.assertEqual(self.starred(), after)

    def test_visitors_are_led_to_the_log_in_and_the_script_is_told(self):
        page = self.client.get("/ed/sessions/rivers/")
        self.assertNotContains(page, 'method="post"')
        self.assertNotIn("csrf", page.cookies)

        self.assertEqual(self.post("star", self.session).status_code, 302)
        self.assertEqual(self.post("star", self.session, **JSON).status_code, 403)
        self.assertEqual(self.starred(), set())

    def test_the_script_stars_takes_away_and_takes_over(self):
        self.client.force_login(self.user)
        self.assertEqual(self.post("star", self.session, **JSON).json(), {})
        self.assertEqual(self.post("unstar", self.session, **JSON).json(), {})
        self.assertEqual(self.post("unstar", self.session, **JSON).json(), {})  # also when it is gone already

        answer = self.post("take_over", self.session, self.draft, **JSON)

        self.assertEqual(answer.json(), {"starred": [str(self.session.guid)]})
        self.assertEqual(self.starred(), {(self.user.pk, self.session.pk)})

    def test_what_is_not_public_is_not_there(self):
        self.client.force_login(self.user)

        for action in ("star", "unstar"):
            answer = self.post(action, self.draft)
            self.assertNotIn(b"Secret", answer.content)
        self.assertEqual(self.post("star", self.draft).status_code, 404)
        self.assertEqual(self.starred(), set())

    def test_nonsense_is_refused(self):
        self.client.force_login(self.user)

        self.assertEqual(self.post("other", self.session).status_code, 400)
        for value in ("", "x" * 10_000, "00000000-0000-0000-0000-00000000000"):
            self.assertEqual(
                self.client.post(self.url, {"action": "star", "session": value}).status_code, 404
            )

    def test_it_never_leads_to_another_site(self):
        self.client.force_login(self.user)

        answer = self.post("star", self.session, data={"next": "https://evil.example/"})

        self.assertRedirects(answer, "/ed/sessions/rivers/")

    def test_a_forged_form_stars_nothing(self):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(self.user)

        self.assertEqual(self.post("star", self.session, client=strict).status_code, 403)
        self.assertEqual(self.starred(), set())

    def test_the_page_gives_the_script_what_it_needs_to_be_believed(self):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(self.user)
        page = strict.get("/ed/sessions/rivers/").content.decode()
        token = page.split('data-token="')[1].split('"')[0]

        answer = self.post("star", self.session, client=strict, headers={"X-CSRFToken": token}, **JSON)

        self.assertEqual((answer.status_code, len(self.starred())), (200, 1))

    @override_settings(ACCOUNT_RATE_LIMITS={"star": "2/m/user"})
    def test_too_many_stars_in_a_minute_are_refused(self):
        cache.clear()
        self.client.force_login(self.user)

        statuses = [self.post("star", self.session, **JSON).status_code for _ in range(3)]

        self.assertEqual(statuses, [200, 200, 429])
        self.assertEqual(self.post("star", self.session).status_code, 429)

    def test_a_page_of_an_account_knows_its_stars_and_asks_no_more_for_three_than_for_one(self):
        self.client.force_login(self.user)
        sessions = [self.session, *(make_session(self.session.edition) for _ in range(2))]
        counts = []
        for session in sessions:
            Star.objects.create(user=self.user, session=session)
            with CaptureQueriesContext(connection) as queries:
                page = self.client.get("/ed/sessions/rivers/").content.decode()
            counts.append(len(queries))

        written = page.split('data-starred="')[1].split('"')[0].split()
        self.assertEqual(set(written), {str(session.guid) for session in sessions})
        self.assertEqual(len(set(counts)), 1, counts)
