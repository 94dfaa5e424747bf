"""Logging in and out, new passwords, other sessions."""

import re
from pathlib import Path

import allauth
from allauth.account.models import EmailAddress
from django.conf import settings
from django.template.loader import get_template
from django.test import TestCase, override_settings
from django.utils import timezone

from conference.accounts.adapter import AccountAdapter
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


class ResetTests(AccountTestCase):
    def link(self):
        return re.search(r"http://localhost:8000(/\S+)", Outbox.objects.first().text)[1]

    def ask(self, email="ada@example.org", client=None, **extra):
        return (client or self.client_class()).post(RESET, {"email": email}, **extra)

    def choose(self, link, client=None, password=NEW_PASSWORD):
        client = client or self.client_class()
        chain = client.get(link, follow=True).redirect_chain
        page = chain[-1][0] if chain else link
        return client.post(page, {"password1": password, "password2": password})

    def test_answer_is_the_same_for_every_address(self):
        User.objects.create_user("off@example.org", name="Off", is_active=False)
        make_user("New", email="new@example.org").emailaddress_set.update(verified=False)

        answers = [self.ask(f"{who}@example.org") for who in ("ada", "off", "new", "eve")]

        self.assertEqual(
            {(a.status_code, a["Location"]) for a in answers}, {(302, "/accounts/password/reset/done/")}
        )
        self.assertEqual(
            sorted(Outbox.objects.values_list("recipient", flat=True)), ["ada@example.org", "new@example.org"]
        )

    def test_mail_goes_to_the_stored_address_only(self):
        for typed in ("ADA@EXAMPLE.org", "ａda@example.org", "ada@example.org.", "ada@exampl\u0435.org"):
            self.ask(typed)

        self.assertEqual(set(Outbox.objects.values_list("recipient", flat=True)), {"ada@example.org"})

    def test_link_starts_with_the_configured_address(self):
        self.ask(HTTP_X_FORWARDED_HOST="evil.test", HTTP_HOST="127.0.0.1")
        self.assertEqual(self.ask(HTTP_HOST="evil.test").status_code, 400)

        self.assertIn("\nhttp://localhost:8000/accounts/password/reset/key/", Outbox.objects.get().text)
        self.assertNotIn("evil", Outbox.objects.get().text)
        self.assertNotIn("127.0.0.1", Outbox.objects.get().text)

    def test_looking_at_the_link_uses_nothing_up(self):
        self.ask()
        for _ in range(3):
            self.client_class().get(self.link(), follow=True)
            self.client_class().head(self.link())

        self.choose(self.link())

        self.assertTrue(User.objects.get().check_password(NEW_PASSWORD))

    def test_address_of_the_page_is_told_to_no_other_page(self):
        self.ask()

        for link in (self.link(), self.link()[:-2] + "x/"):
            self.assertEqual(self.client.get(link, follow=True)["Referrer-Policy"], "no-referrer")

    def test_link_works_once(self):
        self.ask()
        link = self.link()
        self.choose(link)

        self.choose(link, password="a third walk in the snow")

        self.assertTrue(User.objects.get().check_password(NEW_PASSWORD))

    def test_changed_link_and_link_of_another_person_do_nothing(self):
        ben = make_user("Ben")
        self.ask()
        link = self.link()
        stem, _, token = link.rstrip("/").rpartition("/")
        uid, _, secret = token.partition("-")
        for forged in (f"{stem}/{uid}-{secret[:-1]}x/", f"{stem}/{int(uid, 36) + 1}-{secret}/"):
            self.choose(forged)

        self.assertTrue(User.objects.get(pk=self.ada.pk).check_password(PASSWORD))
        self.assertTrue(User.objects.get(pk=ben.pk).check_password(PASSWORD))

    def test_link_dies_with_a_new_password_or_address_and_after_an_hour(self):
        for spoil in (
            lambda: self.ada.set_password("something else entirely") or self.ada.save(),
            lambda: (
                EmailAddress.objects.update(email="b@example.org")
                and User.objects.update(email="b@example.org")
            ),
        ):
            self.ask(EmailAddress.objects.get().email)
            link = self.link()
            spoil()
            self.choose(link)
            self.assertFalse(User.objects.get().check_password(NEW_PASSWORD))
        self.ask(EmailAddress.objects.get().email)
        with override_settings(PASSWORD_RESET_TIMEOUT=-1):
            self.choose(self.link())
        self.assertFalse(User.objects.get().check_password(NEW_PASSWORD))

    def test_new_password_ends_all_sessions(self):
        self.log_in()
        self.ask()

        self.choose(self.link())

        self.assertFalse(self.is_logged_in())


class PasswordChangeTests(AccountTestCase):
    def test_other_sessions_end_and_this_one_stays(self):
        other = self.client_class()
        self.log_in(), self.log_in(other)
        answers = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

        self.client.post("/accounts/password/change/", answers)

        self.assertTrue(User.objects.get().check_password(NEW_PASSWORD))
        self.assertEqual((self.is_logged_in(), self.is_logged_in(other)), (True, False))

    def test_present_password_is_asked_for(self):
        self.log_in()
        answers = {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

        self.client.post("/accounts/password/change/", answers)

        self.assertTrue(User.objects.get().check_password(PASSWORD))


class AddressChangeTests(AccountTestCase):
    def change(self, email):
        """The password is asked for once more before an address changes."""
        answers = {"email": email, "action_add": ""}
        asked = self.client.post("/accounts/email/", answers)
        self.assertIn("/accounts/reauthenticate/", asked["Location"])
        self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        return self.client.post("/accounts/email/", answers)

    def test_new_address_counts_once_its_code_is_filled_in_and_the_old_one_is_told(self):
        self.log_in()

        self.change("new@example.org")
        self.assertEqual(User.objects.get().email, "ada@example.org")
        self.client.post("/accounts/confirm-email/", {"code": code_from_mail()})

        self.assertEqual(User.objects.get().email, "new@example.org")
        told = Outbox.objects.filter(recipient="ada@example.org").values_list("subject", flat=True)
        self.assertIn("Your email address was changed", told)
        self.assertTrue(User.objects.get().check_password(PASSWORD))

    def test_address_of_another_person_is_not_taken(self):
        make_user("Ben", email="ben@example.org")
        self.log_in()

        self.change("ben@example.org")

        self.assertEqual(User.objects.get(pk=self.ada.pk).email, "ada@example.org")
        self.assertFalse(EmailAddress.objects.filter(user=self.ada, email="ben@example.org").exists())


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


class MailTests(TestCase):
    """Every mail of allauth is in our words; its own templates are never read."""

    NEVER_SENT = {"account_already_exists", "base", "password_reset_code", "unknown_account"}
    SAMPLE = {
        "code": "ABC-DEF",
        "password_reset_url": "http://localhost:8000/x/",
        "timestamp": timezone.now(),
    }

    def names(self):
        folder = Path(allauth.__file__).parent / "templates"
        for app in ("account", "mfa"):
            for path in sorted((folder / app / "email").glob("*_message.txt")):
                if path.name.removesuffix("_message.txt") not in self.NEVER_SENT:
                    yield f"{app}/email/{path.name.removesuffix('_message.txt')}"

    def test_every_mail_has_a_subject_and_a_text_of_ours(self):
        self.assertGreater(len(list(self.names())), 12)
        for name in self.names():
            with self.subTest(name=name):
                for part in ("subject", "message"):
                    origin = get_template(f"{name}_{part}.txt").origin.name
                    self.assertTrue(origin.startswith(str(settings.BASE_DIR / "templates")), origin)
                AccountAdapter().send_mail(
                    name, "ada@example.org", self.SAMPLE | {"from_email": "O'Brien@x.org"}
                )
                mail = Outbox.objects.first()
                self.assertEqual(mail.subject, mail.subject.strip())
                self.assertTrue(mail.subject)
                self.assertTrue(mail.text.startswith("Hello,\n\n"), mail.text)
                self.assertNotIn("&#", mail.text)
                self.assertNotIn("\n\n\n", mail.text)
