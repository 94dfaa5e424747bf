"""Logging in and out, new passwords, other sessions."""

import re

from django.test import TestCase, override_settings

from conference.models import Outbox, User
from tests.conference.test_signup import HOSTILE_NEXT, code_from_mail
from tests.factories import PASSWORD, make_user

LOGIN, LOGOUT, RESET = "/accounts/login/", "/accounts/logout/", "/accounts/password/reset/"
NEW_PASSWORD = "quite another walk home"


class AccountTestCase(TestCase):
    def setUp(self):
        self.ada = make_user(email="ada@example.org")

    def log_in(self, client=None, email="ada@example.org", password=PASSWORD, **extra):
        client = client or self.client
        return client.post(LOGIN, {"login": email, "password": password, **extra})

    def is_logged_in(self, client=None):
        return (client or self.client).get("/accounts/email/").status_code == 200


class LoginTests(AccountTestCase):
    def test_password_logs_in_whatever_the_case_of_the_address(self):
        for email in ("ada@example.org", "ADA@Example.ORG", " ada@example.org "):
            with self.subTest(email=email):
                client = self.client_class()
                self.log_in(client, email)
                self.assertTrue(self.is_logged_in(client))

    def test_mailed_code_logs_in_and_leads_back(self):
        self.client.post("/accounts/login/code/", {"email": "ada@example.org", "next": "/editions/"})
        confirm = "/accounts/login/code/confirm/"

        response = self.client.post(confirm, {"code": code_from_mail(), "next": "/editions/"})

        self.assertRedirects(response, "/editions/", fetch_redirect_response=False)
        self.assertTrue(self.is_logged_in())
        self.assertTrue(User.objects.get().check_password(PASSWORD))

    def test_session_id_changes_at_log_in_and_the_old_one_is_dead(self):
        self.client.get(LOGIN)
        self.client.post("/accounts/login/code/", {"email": "ada@example.org"})
        before = self.client.cookies["session"].value

        self.client.post("/accounts/login/code/confirm/", {"code": code_from_mail()})

        self.assertNotEqual(self.client.cookies["session"].value, before)
        fixed = self.client_class()
        fixed.cookies["session"] = before
        self.assertFalse(self.is_logged_in(fixed))

    def test_unknown_address_and_wrong_password_get_the_same_words(self):
        pages = [
            self.client_class().post(LOGIN, {"login": email, "password": "wrong wrong wrong"})
            for email in ("ada@example.org", "eve@example.org")
        ]

        first, second = (
            re.sub(r'csrf\w+" value="\w+"|\w+@example.org', "", p.content.decode()) for p in pages
        )
        self.assertEqual(first, second)
        self.assertEqual([p.status_code for p in pages], [200, 200])

    def test_code_for_an_unknown_address_is_asked_for_on_the_same_page_and_no_mail_goes_out(self):
        for email in ("ada@example.org", "eve@example.org"):
            response = self.client_class().post("/accounts/login/code/", {"email": email})
            self.assertRedirects(response, "/accounts/login/code/confirm/", fetch_redirect_response=False)

        self.assertEqual([m.recipient for m in Outbox.objects.all()], ["ada@example.org"])

    def test_deactivated_person_is_out_at_the_next_request(self):
        self.log_in()
        self.assertTrue(self.is_logged_in())

        User.objects.update(is_active=False)

        self.assertFalse(self.is_logged_in())
        self.log_in()
        self.assertFalse(self.is_logged_in())

    def test_hostile_next_leads_nowhere_else(self):
        for target in HOSTILE_NEXT:
            with self.subTest(next=target[:40]):
                for response in (
                    self.log_in(self.client_class(), next=target),
                    self.client_class().post(LOGOUT, {"next": target}),
                ):
                    self.assertRedirects(response, "/", fetch_redirect_response=False)

    def test_forms_without_token_are_refused(self):
        client = self.client_class(enforce_csrf_checks=True)

        for page in (LOGIN, LOGOUT, RESET, "/accounts/signup/", "/accounts/login/code/"):
            with self.subTest(page=page):
                self.assertEqual(client.post(page, {}).status_code, 403)


class LogoutTests(AccountTestCase):
    def test_get_logs_nobody_out(self):
        self.client.force_login(self.ada)

        self.client.get(LOGOUT)

        self.assertTrue(self.is_logged_in())

    def test_old_cookie_is_dead_after_log_out(self):
        self.client.force_login(self.ada)
        cookie = self.client.cookies["session"].value

        self.client.post(LOGOUT)

        self.client.cookies["session"] = cookie
        self.assertFalse(self.is_logged_in())

    def test_private_pages_are_kept_by_nobody(self):
        self.client.force_login(self.ada)

        for page in ("/accounts/email/", "/accounts/2fa/", LOGOUT):
            self.assertIn("no-store", self.client.get(page)["Cache-Control"])


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "20/15m/ip,5/15m/key", "reset_password": "3/h/key"})
class RateTests(AccountTestCase):
    def wrong(self, number, email="ada@example.org"):
        forged = {"HTTP_X_FORWARDED_FOR": f"10.0.0.{number}", "HTTP_FORWARDED": f"for=10.0.0.{number}"}
        return self.client.post(LOGIN, {"login": email, "password": f"wrong wrong {number}"}, **forged)

    def test_guessing_is_stopped_after_five_tries_whatever_the_headers_and_the_case(self):
        names = (
            "ada@example.org",
            "ADA@example.org",
            "Ada@Example.org",
            "aDA@example.org",
            "adA@example.org",
        )
        codes = [self.wrong(number, email).status_code for number, email in enumerate(names)]
        self.assertEqual(codes, [200] * 5)

        response = self.wrong(6)

        self.assertEqual(response.status_code, 429)
        self.assertGreater(int(response["Retry-After"]), 0)

    def test_owner_still_gets_in_by_code(self):
        for number in range(7):
            self.wrong(number)

        owner = self.client_class()
        owner.post("/accounts/login/code/", {"email": "ada@example.org"})
        owner.post("/accounts/login/code/confirm/", {"code": code_from_mail()})

        self.assertTrue(self.is_logged_in(owner))

    def test_resets_of_one_account_are_few(self):
        codes = [self.client.post(RESET, {"email": "ada@example.org"}).status_code for _ in range(4)]

        self.assertEqual(codes, [302, 302, 302, 429])
