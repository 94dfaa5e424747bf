"""A large pack: made by the worker, announced once, and given only while it is what its owner may have."""

import io
import zipfile
from datetime import timedelta

from django.test import TestCase, override_settings
from django.utils import timezone

from conference.models import Outbox, Task
from conference.tasks import run_due
from registration.models import Download
from registration.packs import contents
from sessions.models import Presentation
from tests.factories import (
    make_edition,
    make_organiser,
    make_presentation,
    make_registration,
    make_session,
    make_user,
)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@override_settings(PACK_AT_ONCE_MB=0)
class BackgroundTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="second")
        cls.session = make_session(cls.edition)
        cls.open = make_presentation(cls.session, "Open slides", b"%PDF open canary")
        make_presentation(cls.session, "Slides of attendees", b"%PDF attendee canary", audience="attendees")
        cls.registration = make_registration(edition=cls.edition)
        cls.url = "/packs/edition/second/"

    def setUp(self):
        self.client.force_login(self.registration.user)

    def made(self):
        """The address of the page of a pack that the worker has made."""
        page = self.client.post(self.url)["Location"]
        self.assertEqual(run_due(), 1)
        return page

    def test_it_holds_what_its_owner_may_have_and_is_announced_once(self):
        page = self.made()

        response = self.client.get(f"{page}pack.zip")
        content = body(response)
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            self.assertIsNone(pack.testzip())
            self.assertEqual(len([name for name in pack.namelist() if name.endswith(".pdf")]), 2)
        mail = Outbox.objects.get()
        self.assertEqual(mail.recipient, self.registration.user.email)
        self.assertIn(page, mail.text)
        self.assertEqual(Download.objects.count(), 2)
        rest = self.client.get(
            f"{page}pack.zip", headers={"Range": "bytes=50-", "If-Range": response["ETag"]}
        )
        self.assertEqual((rest.status_code, content[:50] + body(rest)), (206, content))
        body(self.client.get(f"{page}pack.zip"))
        self.assertEqual(Download.objects.count(), 2)

    def test_asking_twice_makes_it_once(self):
        pages = {self.client.post(self.url)["Location"] for _time in range(2)}

        self.assertEqual((len(pages), Task.objects.count()), (1, 1))

    def test_a_worker_that_died_right_after_the_mail_makes_it_again_and_writes_no_second_one(self):
        page = self.made()
        Task.objects.update(status="running", beat_at=timezone.now() - timedelta(days=1))

        self.assertEqual(run_due(), 1)

        self.assertEqual((Task.objects.get().status, Outbox.objects.count()), ("done", 1))
        self.assertEqual(self.client.get(f"{page}pack.zip").status_code, 200)

    def test_nobody_else_opens_it(self):
        page = self.made()
        for user in (None, make_user()):
            self.client.logout()
            if user:
                self.client.force_login(user)
            for address in (page, f"{page}pack.zip"):
                self.assertEqual(self.client.get(address).status_code, 404 if user else 302)

    def test_a_place_given_back_afterwards_takes_it_away(self):
        page = self.made()
        self.registration.status = "cancelled"
        self.registration.save()

        response = self.client.get(f"{page}pack.zip")

        self.assertEqual((response.status_code, b"canary" in body(response)), (404, False))

    def test_a_day_later_its_address_leads_nowhere(self):
        page = self.made()
        Task.objects.update(created_at=timezone.now() - timedelta(hours=25))

        for address in (page, f"{page}pack.zip"):
            self.assertEqual(self.client.get(address).status_code, 404)

    @override_settings(STAFF_SECOND_FACTOR=False)
    def test_whoever_is_no_organiser_any_more_has_not_what_organisers_have(self):
        make_presentation(self.session, "A secret", b"%PDF secret canary", audience="organisers")
        organiser = make_organiser()
        self.client.force_login(organiser)
        page = self.made()
        self.assertIn(b"secret canary", body(self.client.get(f"{page}pack.zip")))
        organiser.is_superuser = organiser.is_staff = False
        organiser.save()

        response = self.client.get(f"{page}pack.zip")

        self.assertEqual((response.status_code, b"canary" in body(response)), (404, False))

    def test_whoever_is_no_organiser_when_the_worker_comes_gets_what_everybody_gets(self):
        make_presentation(self.session, "A secret", b"%PDF secret canary", audience="organisers")
        organiser = make_organiser()
        self.client.force_login(organiser)
        self.client.post(self.url)
        organiser.is_superuser = organiser.is_staff = False
        organiser.save()
        run_due()

        made = Task.objects.get().file.read()
        self.assertEqual((b"open canary" in made, b"secret canary" in made), (True, False))

    def test_what_is_withdrawn_before_the_worker_comes_is_not_in_it(self):
        page = self.client.post(self.url)["Location"]
        Presentation.objects.filter(pk=self.open.pk).update(withdrawn_at=timezone.now())
        run_due()

        content = body(self.client.get(f"{page}pack.zip"))

        self.assertIn(b"attendee canary", content)
        self.assertNotIn(b"open canary", content)

    def test_what_is_withdrawn_while_it_is_made_is_not_in_it(self):
        page = self.client.post(self.url)["Location"]
        ask, asked = contents.Holder.viewer, []

        def viewer(holder):
            asked.append(holder)
            if len(asked) == 2:  # once for the list, then for the first file
                Presentation.objects.filter(pk=self.open.pk).update(withdrawn_at=timezone.now())
            return ask(holder)

        contents.Holder.viewer = viewer
        self.addCleanup(setattr, contents.Holder, "viewer", ask)
        run_due()

        content = body(self.client.get(f"{page}pack.zip"))
        self.assertIn(b"attendee canary", content)
        self.assertNotIn(b"open canary", content)

    def test_the_page_says_how_far_it_is(self):
        page = self.client.post(self.url)["Location"]

        waiting = self.client.get(page)
        run_due()

        self.assertEqual(waiting["Refresh"], "5")
        self.assertNotIn("Refresh", self.client.get(page))
        self.assertContains(self.client.get(page), f"{page}pack.zip")

    def test_with_nothing_left_it_says_so(self):
        page = self.client.post(self.url)["Location"]
        Presentation.objects.update(withdrawn_at=timezone.now())
        run_due()

        self.assertContains(self.client.get(page), "Nothing of this is open to you any more.")
        self.assertEqual(Outbox.objects.count(), 0)

    def test_a_visitor_logs_in_first(self):
        self.client.logout()

        self.assertContains(self.client.get(self.url), f"/accounts/login/?next={self.url}")
        self.assertRedirects(self.client.post(self.url), f"/accounts/login/?next={self.url}")
        self.assertEqual(Task.objects.count(), 0)

    @override_settings(ACCOUNT_RATE_LIMITS={"pack": "3/30m/user", "pack_part": "99/m/ip"})
    def test_three_in_half_an_hour(self):
        self.assertEqual([self.client.post(self.url).status_code for _time in range(4)], [302, 302, 302, 429])
