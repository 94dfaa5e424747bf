"""The administration stands where ADMIN_PATH says: all of it, and nothing that everybody may read names the place."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.test import SimpleTestCase, TestCase, override_settings
from django.urls import reverse

from conference.checks import check_admin_path
from conference.management.web_server import refuse_path_of_an_edition
from conference.models import Outbox
from conference.services import memberships
from conference.slugs import refuse_reserved_slug
from tests.admin_path import admin_at
from tests.conference.test_accounts_staff import CODE, LOGIN, SECRET, TOTP, app_code
from tests.factories import PASSWORD, make_edition, make_organisation, make_organiser, make_user


class OtherPathTests(TestCase):
    def setUp(self):
        self.enterContext(admin_at("back-office"))
        self.olga = make_organiser(email="olga@example.org")

    def test_log_in_and_second_factor_lead_there_and_nothing_opens_before(self):
        edition = make_edition("A conference")
        TOTP.activate(self.olga, SECRET)
        with override_settings(STAFF_SECOND_FACTOR=True):
            asked = self.client.get("/back-office/")
            self.assertEqual(asked["Location"], "/back-office/login/?next=/back-office/")
            entrance = self.client.get(asked["Location"])
            self.assertEqual(entrance["Location"], f"{LOGIN}?next=%2Fback-office%2F")
            answer = {"login": "olga@example.org", "password": PASSWORD, "next": "/back-office/"}
            self.client.post(LOGIN, answer)
            half_way = self.client.get("/back-office/", follow=True)
            self.assertEqual(half_way.redirect_chain[-1][0].split("?")[0], CODE)

            entered = self.client.post(CODE, {"code": app_code()})

            self.assertEqual(entered["Location"], "/back-office/")
            page = self.client.get("/back-office/")
            self.assertContains(page, 'href="/back-office/conference/edition/"')
            self.assertNotContains(page, '"/admin/')
            change = f'href="/back-office/conference/edition/{edition.pk}/change/'
            self.assertContains(self.client.get("/back-office/conference/edition/"), change)
            self.assertEqual(self.client.get("/nl/back-office/").status_code, 200)

    def test_staff_without_a_second_factor_are_led_to_set_one_up(self):
        self.client.force_login(self.olga)
        with override_settings(STAFF_SECOND_FACTOR=True):
            answer = self.client.get("/back-office/", follow=True)

        self.assertEqual(answer.redirect_chain[-1][0], "/accounts/2fa/")

    def test_the_usual_path_is_an_address_like_any_other_that_leads_nowhere(self):
        self.client.force_login(self.olga)
        nowhere = self.client.get("/nowhere/")

        for path in ("/admin/", "/nl/admin/", "/admin/login/", "/admin/conference/edition/"):
            answer = self.client.get(path)
            self.assertEqual((answer.status_code, answer.templates[0].name), (404, nowhere.templates[0].name))

    def test_a_mail_to_organisers_leads_there(self):
        self.olga.groups.add(Group.objects.get(name="organiser"))
        school = make_organisation("A school")

        memberships.ask(user=make_user("Eve"), organisation=school)

        self.assertIn(f"/back-office/conference/organisation/{school.pk}/change/", Outbox.objects.get().text)

    def test_nothing_that_everybody_may_read_names_it(self):
        read = {}
        for path in ("/", "/nl/", "/robots.txt", "/service-worker.js", "/sitemap.xml", LOGIN, "/admin/"):
            read[path] = self.client.get(path).content.decode()
        make_edition("A conference")
        read["with an edition"] = self.client.get("/").content.decode()

        self.assertIn("how to begin", read["/"])
        self.assertIn("Disallow: /accounts/", read["/robots.txt"])
        self.assertNotIn("admin", read["/robots.txt"])
        self.assertEqual([where for where, words in read.items() if "back-office" in words], [])

    def test_staff_find_it_in_the_menu(self):
        self.client.force_login(self.olga)

        self.assertContains(self.client.get("/"), 'href="/back-office/"')

    def test_its_pages_say_themselves_that_nobody_lists_or_keeps_them(self):
        self.client.force_login(self.olga)

        for path in ("/back-office/", "/back-office/conference/edition/", "/nl/back-office/nothing/"):
            answer = self.client.get(path)
            self.assertEqual((answer["X-Robots-Tag"], answer["X-Offline"]), ("noindex", "never"))
        self.assertNotIn("X-Offline", self.client.get("/"))
        script = self.client.get("/service-worker.js").content.decode()
        self.assertIn('get("X-Offline") === "never"', script)

    def test_no_edition_takes_its_address_or_the_usual_one(self):
        for slug in ("back-office", "Back-Office", "admin"):
            with self.assertRaises(ValidationError):
                refuse_reserved_slug(slug)

    def test_an_edition_that_was_there_before_is_not_hidden(self):
        refuse_path_of_an_edition()
        make_edition(slug="Back-office")

        with self.assertRaisesMessage(
            CommandError, "ADMIN_PATH is back-office: an edition has that address."
        ):
            refuse_path_of_an_edition()


class LanguageTests(TestCase):
    def test_an_edition_takes_no_address_that_asks_for_a_language(self):
        make_edition(slug="de-2027")
        make_edition(slug="en-2027")
        self.assertEqual(self.client.get("/de-2027/").status_code, 404)  # why
        self.assertEqual(self.client.get("/en-2027/").status_code, 200)

        refuse_reserved_slug("en-2027")
        with self.assertRaises(ValidationError):
            refuse_reserved_slug("de-2027")


class RefusedPathTests(SimpleTestCase):
    def test_words_of_the_site_and_of_languages_are_refused(self):
        for path in ("accounts", "Accounts", "livez", "media", "api", "nl", "de-office"):
            with self.subTest(path=path), admin_at(path):
                self.assertEqual([one.id for one in check_admin_path()], ["conference.E012"])

    def test_others_are_not(self):
        for path in ("admin", "back-office", "Office_2", "accounts2", "den"):
            with self.subTest(path=path), admin_at(path):
                self.assertEqual(check_admin_path(), [])

    def test_afterwards_it_stands_where_it_stood(self):
        with admin_at("back-office"):
            self.assertEqual(reverse("admin:index"), "/back-office/")

        self.assertEqual(reverse("admin:index"), "/admin/")
