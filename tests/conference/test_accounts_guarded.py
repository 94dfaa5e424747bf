"""What somebody tries who wants another's account: guessing, forged requests, old sessions, addresses that lead away."""

import os
import subprocess
import sys

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client, TestCase, override_settings

from conference.models import Outbox, User
from tests import test_access_table
from tests.conference.test_accounts import LOGIN, LOGOUT, AccountTestCase
from tests.conference.test_accounts_staff import CODE, SECRET, StaffTestCase, app_code
from tests.conference.test_signup import ANSWERS, HOSTILE_NEXT, SIGNUP
from tests.factories import PASSWORD, make_user
from tests.test_settings import GOOD, ROOT

# A mail program presses this button without having seen the page; the token in its address says who may.
WITHOUT_TOKEN = {"conference:unsubscribe"}


class CountingHasher(MD5PasswordHasher):
    """How often a password was hashed: what takes the time of a log-in."""

    algorithm, times = "counting", 0

    def encode(self, password, salt):
        CountingHasher.times += 1
        return super().encode(password, salt)


@override_settings(PASSWORD_HASHERS=[f"{__name__}.CountingHasher"])
class TimeTests(TestCase):
    def test_a_log_in_takes_as_long_for_an_address_that_nobody_has(self):
        make_user(email="ada@example.org")
        make_user(email="off@example.org", is_active=False)
        times = {}
        for email in ("ada@example.org", "off@example.org", "eve@example.org"):
            CountingHasher.times = 0
            self.client_class().post(LOGIN, {"login": email, "password": "wrong wrong wrong"})
            times[email] = CountingHasher.times

        self.assertEqual(set(times.values()), {1}, times)


class ForgedTests(TestCase):
    """Over the same addresses as the access table."""

    setUpTestData = test_access_table.AccessTableTests.__dict__["setUpTestData"]
    rows, address = test_access_table.AccessTableTests.rows, test_access_table.AccessTableTests.address

    def strict(self, person=None):
        client = Client(enforce_csrf_checks=True)
        if person:
            client.force_login(person)
        return client

    def test_no_form_of_any_address_is_taken_without_its_token(self):
        for person in (None, self.organiser):
            client = self.strict(person)
            taken = {name for name in self.rows() if client.post(self.address(name), {}).status_code != 403}

            self.assertEqual(taken, WITHOUT_TOKEN)

    def test_no_form_of_the_admin_is_taken_without_its_token(self):
        client = self.strict(self.organiser)

        for page in ("/admin/conference/edition/add/", "/admin/login/", "/admin/logout/"):
            self.assertEqual((page, client.post(page, {}).status_code), (page, 403))

    def test_neither_the_token_of_another_nor_a_form_on_another_site_is_taken(self):
        client, other = self.strict(self.account), self.strict()
        tokens = [one.get(LOGIN if one is other else LOGOUT).context["csrf_token"] for one in (client, other)]
        own = {"csrfmiddlewaretoken": str(tokens[0]), "name": "Ada"}

        forged = [
            client.post("/accounts/name/", own | {"csrfmiddlewaretoken": str(tokens[1])}),
            client.post("/accounts/name/", own, headers={"origin": "https://evil.test"}),
            client.post("/accounts/name/", own, headers={"origin": "null"}),
        ]
        self.assertEqual([answer.status_code for answer in forged], [403] * 3)
        self.assertEqual(client.post("/accounts/name/", own).status_code, 302)


class LimitTests(AccountTestCase):
    def wrong(self, address, number=0):
        answers = {"login": f"p{number}@example.org", "password": "wrong wrong wrong"}
        return self.client_class().post(LOGIN, answers, REMOTE_ADDR=address).status_code

    @override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "2/15m/ip"})
    def test_all_addresses_of_one_line_count_as_one(self):
        """Whoever has an IPv6 line has its last 64 bits to choose from."""
        tries = [self.wrong(f"2001:db8::{number}", number) for number in (1, 2, 3)]

        self.assertEqual(tries, [200, 200, 429])
        self.assertEqual(self.wrong("2001:db8:0:1::1"), 200)


class SessionTests(StaffTestCase):
    def test_session_id_changes_with_the_second_factor_and_the_one_before_is_worth_nothing(self):
        TOTP.activate(self.olga, SECRET)
        self.log_in()
        half_way = self.client.cookies["session"].value

        self.client.post(CODE, {"code": app_code()})

        self.assertNotEqual(self.client.cookies["session"].value, half_way)
        other = self.client_class()
        other.cookies["session"] = half_way
        self.assertEqual(other.get("/accounts/email/").status_code, 302)

    def test_a_code_on_paper_is_good_once(self):
        TOTP.activate(self.olga, SECRET)
        code = RecoveryCodes.activate(self.olga).get_unused_codes()[0]
        entered = []
        for _time in range(2):
            self.log_in()
            self.client.post(CODE, {"code": code})
            entered.append("_auth_user_id" in self.client.session)
            self.client.logout()

        self.assertEqual(entered, [True, False])

    def test_a_new_right_counts_at_the_next_request_and_so_does_its_end(self):
        ada = make_user()
        self.client.force_login(ada)
        seen = []
        for is_staff in (False, True, False):
            User.objects.filter(pk=ada.pk).update(is_staff=is_staff, is_superuser=is_staff)
            with override_settings(STAFF_SECOND_FACTOR=False):
                seen.append(self.client.get("/admin/").status_code)

        self.assertEqual(seen, [302, 200, 302])

    def test_session_holds_nothing_that_says_who_somebody_is(self):
        self.client.post(SIGNUP, ANSWERS | {"password": PASSWORD, "name": "Canary Name"})
        kept = repr(dict(self.client.session.items()))

        self.assertNotIn(PASSWORD, kept)
        self.assertNotIn("Canary", kept)


class CookieTests(AccountTestCase):
    def test_cookies_are_small_read_by_no_script_and_sent_by_no_other_site(self):
        self.client.get(LOGIN)
        self.client.post(LOGIN, {"login": "ada@example.org", "password": PASSWORD})

        self.assertLessEqual({"session", "csrf", "messages"}, set(self.client.cookies))
        for name, cookie in self.client.cookies.items():
            with self.subTest(cookie=name):
                said = (cookie["samesite"], bool(cookie["httponly"]), cookie["path"], cookie["domain"])
                self.assertEqual(said, ("Lax", True, "/", ""))
                self.assertLess(len(cookie.OutputString()), 4096)


def test_cookies_of_a_public_site_are_tied_to_it_alone(tmp_path):
    """`__Host-`: a browser takes them over TLS only, for this host only, and for the whole of it."""
    names = [
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "LANGUAGE_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
    ]
    asked = (
        "import django; django.setup(); from django.conf import settings as s; from conference.notices import *;"
        f"print(*(getattr(s, name) for name in {names}), NoticeStorage.storage_classes[0].cookie_name)"
    )
    env = {
        **GOOD,
        "DATA_DIR": str(tmp_path),
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "conference.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", asked], env=env, cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == [
        "__Host-session", "__Host-csrf", "__Host-language", "True", "True", "__Host-messages",
    ]  # fmt: skip


class NextTests(StaffTestCase):
    """Log-in, signing up, logging out and confirming have theirs beside them."""

    def test_second_factor_and_asking_again_lead_nowhere_else(self):
        TOTP.activate(self.olga, SECRET)
        for target in HOSTILE_NEXT:
            with self.subTest(next=target[:40]):
                self.client.logout()
                self.client.post(LOGIN, {"login": self.olga.email, "password": PASSWORD, "next": target})

                self.olga.authenticator_set.filter(type="recovery_codes").delete()
                codes = RecoveryCodes.activate(self.olga).get_unused_codes()
                answer = self.client.post(CODE, {"code": codes[0], "next": target})
                self.assert_stays(answer)
                answer = self.client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": target})
                self.assert_stays(answer)

    def assert_stays(self, answer):
        self.assertEqual(answer.status_code, 302)
        self.assertRegex(answer["Location"], r"\A/(?![/\\])[\w/-]*\Z")


class ManyWordsTests(TestCase):
    def test_a_nul_in_an_address_is_refused_wherever_it_stands(self):
        for address in ("/%00/", "/editions/%00", "/library/?q=a%00b", "/library/?a%00=1"):
            self.assertEqual((address, self.client.get(address).status_code), (address, 400))

    def test_an_address_that_no_mail_reaches_makes_no_account(self):
        before = User.objects.count(), EmailAddress.objects.count(), Outbox.objects.count()
        for email in (
            "a\x00@example.org",
            "a@ex\u200bample.org",
            "a@exam\u202eple.org",
            "a" * 10_000 + "@example.org",
            "a\r@x.org",
        ):
            with self.subTest(email=email[:20]):
                page = self.client_class().post(SIGNUP, ANSWERS | {"email": email})
                self.assertContains(page, "id_email_error")
        self.assertEqual((User.objects.count(), EmailAddress.objects.count(), Outbox.objects.count()), before)
