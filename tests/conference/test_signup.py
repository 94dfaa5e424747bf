import re

from allauth.account.models import EmailAddress
from django.test import TestCase, override_settings

from conference.models import Outbox, User
from tests.factories import PASSWORD, make_user

ANSWERS = {"name": "Ada", "email": "ada@example.org", "country": "BE", "consent": "on"}
SIGNUP, CONFIRM, LOGIN = "/accounts/signup/", "/accounts/confirm-email/", "/accounts/login/"
HOSTILE_NEXT = (
    "//evil.test", "///evil.test", "////evil.test", "/\\evil.test", "\\\\evil.test", "\\/evil.test", "/\t/evil.test",
    "/\n/evil.test", "/\r\nSet-Cookie:x=y", "https:evil.test", "https:/evil.test", "https://evil.test",
    "http://localhost@evil.test", "https://localhost.evil.test", "http://localhost:8000@evil.test/",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "mailto:x@evil.test",
    " //evil.test", "%0d%0aSet-Cookie:x", "evil.test", "http:///evil.test", "/" + "a" * 20_000, "/\x7f/evil.test",
)  # fmt: skip


def code_from_mail():
    """The code of the latest mail, as its reader finds it."""
    mail = Outbox.objects.first()
    return re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", mail.text, re.MULTILINE)[0]


class NewAddressTests(TestCase):
    def test_one_page_makes_the_account_and_signs_the_person_in(self):
        response = self.client.post(SIGNUP, ANSWERS)

        self.assertRedirects(response, "/", fetch_redirect_response=False)
        user = User.objects.get()
        self.assertEqual(self.client.session["_auth_user_id"], str(user.pk))
        self.assertEqual((user.name, user.email, user.country.code), ("Ada", "ada@example.org", "BE"))
        self.assertFalse(user.has_usable_password())

    def test_language_of_the_page_is_the_language_of_the_person(self):
        self.client.post("/nl" + SIGNUP, ANSWERS)

        self.assertEqual(User.objects.get().language, "nl")

    def test_person_comes_back_to_where_they_came_from(self):
        page = self.client.get(SIGNUP, {"next": "/editions/?a=1"})
        self.assertContains(page, 'name="next" value="/editions/?a=1"')

        response = self.client.post(SIGNUP, ANSWERS | {"next": "/editions/?a=1"})

        self.assertRedirects(response, "/editions/?a=1", fetch_redirect_response=False)

    def test_someone_logged_in_is_led_on(self):
        self.client.force_login(make_user())

        response = self.client.get(SIGNUP, {"next": "/editions/"})

        self.assertRedirects(response, "/editions/", fetch_redirect_response=False)

    def test_address_is_unverified_until_the_mailed_code_is_filled_in(self):
        self.client.post(SIGNUP, ANSWERS)
        self.assertFalse(EmailAddress.objects.get().verified)

        self.client.post(CONFIRM, {"code": code_from_mail()})

        self.assertTrue(EmailAddress.objects.get().verified)

    def test_page_asks_for_the_code_until_the_address_is_confirmed(self):
        self.client.post(SIGNUP, ANSWERS)
        self.assertContains(self.client.get("/accounts/email/"), CONFIRM)

        self.client.post(CONFIRM, {"code": code_from_mail()})

        self.assertNotContains(self.client.get("/accounts/email/"), CONFIRM)

    def test_code_mail_goes_first_and_is_erased(self):
        self.client.post(SIGNUP, ANSWERS)

        mail = Outbox.objects.get()
        self.assertEqual((mail.recipient, mail.is_urgent, mail.is_secret), ("ada@example.org", True, True))

    def test_password_chosen_here_stays_after_the_code_of_this_session(self):
        self.client.post(SIGNUP, ANSWERS | {"password": PASSWORD})

        self.client.post(CONFIRM, {"code": code_from_mail()})

        self.assertTrue(User.objects.get().check_password(PASSWORD))
        self.assertIn("_auth_user_id", self.client.session)

    def test_next_login_of_an_unverified_address_asks_for_the_code(self):
        self.client.post(SIGNUP, ANSWERS | {"password": PASSWORD})
        self.client.post("/accounts/logout/")

        response = self.client.post(LOGIN, {"login": "ada@example.org", "password": PASSWORD})

        self.assertRedirects(response, CONFIRM, fetch_redirect_response=False)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_without_consent_nothing_is_made(self):
        response = self.client.post(SIGNUP, ANSWERS | {"consent": ""})

        self.assertContains(response, "id_consent_error")
        self.assertEqual((User.objects.count(), Outbox.objects.count()), (0, 0))


class KnownAddressTests(TestCase):
    def setUp(self):
        self.owner = make_user(email="ada@example.org", language="nl")

    def test_nobody_is_signed_in_and_the_owner_gets_one_mail(self):
        for email in ("ada@example.org", "ADA@Example.ORG"):
            response = self.client.post(SIGNUP, ANSWERS | {"email": email, "next": "/editions/"})
            self.assertEqual(response.status_code, 200)
            self.assertTemplateUsed(response, "conference/accounts/check_inbox.html")

        self.assertEqual(User.objects.count(), 1)
        self.assertNotIn("_auth_user_id", self.client.session)
        mail = Outbox.objects.get()
        self.assertEqual(mail.recipient, "ada@example.org")
        self.assertIn("http://localhost:8000/nl/accounts/login/?next=%2Feditions%2F\n", mail.text)

    def test_neutral_page_names_nobody(self):
        response = self.client.post(SIGNUP, ANSWERS)

        self.assertNotContains(response, "ada@")
        self.assertNotContains(response, "account with this address")

    def test_address_that_is_not_verified_is_known_too(self):
        EmailAddress.objects.update(verified=False)

        response = self.client.post(SIGNUP, ANSWERS)

        self.assertTemplateUsed(response, "conference/accounts/check_inbox.html")

    def test_address_someone_else_merely_asked_for_is_not_known(self):
        EmailAddress.objects.create(user=self.owner, email="ben@example.org", verified=False)

        self.client.post(SIGNUP, ANSWERS | {"email": "ben@example.org"})

        self.assertEqual(User.objects.count(), 2)


class OthersPasswordTests(TestCase):
    """Someone signs up with another's address and a password, and waits for the owner to verify it."""

    def setUp(self):
        self.client.post(SIGNUP, ANSWERS | {"password": PASSWORD})
        self.owner = self.client_class()

    def assert_the_other_is_out(self):
        self.assertTrue(EmailAddress.objects.get().verified)
        self.assertFalse(User.objects.get().check_password(PASSWORD))
        self.assertRedirects(
            self.client.get("/accounts/email/"),
            LOGIN + "?next=/accounts/email/",
            fetch_redirect_response=False,
        )

    def test_owner_who_logs_in_by_code_ends_their_session_and_password(self):
        self.owner.post("/accounts/login/code/", {"email": "ada@example.org"})
        self.owner.post("/accounts/login/code/confirm/", {"code": code_from_mail()})

        self.assertIn("_auth_user_id", self.owner.session)
        self.assert_the_other_is_out()
        self.assertFalse(User.objects.get().has_usable_password())

    def test_owner_who_resets_the_password_ends_their_session_and_password(self):
        self.owner.post("/accounts/password/reset/", {"email": "ada@example.org"})
        link = re.search(r"http://localhost:8000(/\S+)", Outbox.objects.first().text)[1]
        page = self.owner.get(link, follow=True)
        new = "quite another walk home"
        self.owner.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})

        self.assertTrue(User.objects.get().check_password(new))
        self.assert_the_other_is_out()

    def test_owner_who_confirms_after_a_password_login_elsewhere_ends_them_too(self):
        self.owner.post(LOGIN, {"login": "ada@example.org", "password": PASSWORD})
        self.owner.post(CONFIRM, {"code": code_from_mail()})

        self.assertIn("_auth_user_id", self.owner.session)
        self.assert_the_other_is_out()


class BadInputTests(TestCase):
    def refused(self, field, value):
        response = self.client.post(SIGNUP, ANSWERS | {field: value})
        self.assertContains(response, f"id_{field}_error")
        self.assertEqual((User.objects.count(), Outbox.objects.count()), (0, 0))
        return response

    def test_name_that_is_none_is_refused_beside_the_field(self):
        for name in (
            "",
            " ",
            "Ada\r\nBcc: eve@example.org",
            "Ada\x00",
            "Ada\u202egro",
            "A" * 201,
            "A" * 10_000,
            "\t",
        ):
            with self.subTest(name=name[:20]):
                self.refused("name", name)

    def test_address_that_is_none_is_refused_beside_the_field(self):
        for email in (
            "ada",
            "ada@example.org\nBcc: x@y.org",
            "ａ@example.org",
            "a@b@c.org",
            "a" * 300 + "@x.org",
        ):
            with self.subTest(email=email[:20]):
                self.refused("email", email)

    def test_what_was_typed_is_kept_except_the_password(self):
        response = self.refused("password", "too short")

        self.assertContains(response, 'value="ada@example.org"')
        self.assertNotContains(response, "too short<")
        self.assertNotContains(response, 'value="too short"')

    def test_names_of_all_peoples_are_accepted(self):
        for number, name in enumerate(
            ("Ólafur O'Brien-Şen", "محمد", "山田 太郎", "[Win](http://evil.test)", "=1+1")
        ):
            with self.subTest(name=name):
                self.client_class().post(SIGNUP, ANSWERS | {"name": name, "email": f"p{number}@example.org"})
                self.assertEqual(User.objects.latest("pk").name, name)

    def test_hostile_next_leads_nowhere_else(self):
        for number, target in enumerate(HOSTILE_NEXT):
            with self.subTest(next=target[:40]):
                client = self.client_class()
                answers = ANSWERS | {"email": f"p{number}@example.org", "next": target}
                response = client.post(SIGNUP, answers)
                self.assertRedirects(response, "/", fetch_redirect_response=False)
                response = client.get(SIGNUP, {"next": target})
                self.assertRedirects(response, "/", fetch_redirect_response=False)

    def test_hostile_next_is_not_passed_on_to_the_log_in(self):
        page = self.client.get(SIGNUP, {"next": "//evil.test"})

        self.assertContains(page, 'href="/accounts/login/">Log in')
        self.assertNotContains(page, 'name="next"')


class PasswordRuleTests(TestCase):
    def accepted(self, password):
        answers = ANSWERS | {"email": f"ada{User.objects.count()}@example.org", "password": password}
        return self.client_class().post(SIGNUP, answers).status_code == 302

    def test_from_15_to_128_characters(self):
        walk = "über die Brücke, zu Fuß & quer 🚶 "
        self.assertEqual(
            [self.accepted((walk * 9)[:length]) for length in (1, 14, 15, 64, 128, 129)],
            [False, False, True, True, True, False],
        )

    def test_common_and_obvious_passwords_are_refused(self):
        common = "1q2w3e4r5t6y7u8i9o0p"
        for password in (
            common,
            "conference conference",
            "mechelen-workshop-2024",
            "ada0@example.org",
            "1" * 20,
        ):
            with self.subTest(password=password):
                self.assertFalse(self.accepted(password))

    def test_endless_password_is_not_read(self):
        for page, answers in ((SIGNUP, ANSWERS | {"password": "x" * 1_000_000}),
                              (LOGIN, {"login": "a@example.org", "password": "x" * 1_000_000})):  # fmt: skip
            with self.subTest(page=page):
                self.assertEqual(self.client.post(page, answers).status_code, 400)


@override_settings(ACCOUNT_RATE_LIMITS={"signup": "2/h/ip"})
class SignupRateTests(TestCase):
    def test_third_account_from_one_address_waits(self):
        for number, status in ((1, 302), (2, 302), (3, 429)):
            forged = {"HTTP_X_FORWARDED_FOR": f"10.0.0.{number}", "HTTP_X_REAL_IP": f"10.0.0.{number}"}
            response = self.client_class().post(
                SIGNUP, ANSWERS | {"email": f"p{number}@example.org"}, **forged
            )
            self.assertEqual(response.status_code, status)

        self.assertGreater(int(response["Retry-After"]), 0)
        self.assertEqual(User.objects.count(), 2)

    @override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
    def test_behind_a_trusted_proxy_each_visitor_counts_alone(self):
        for number in range(3):
            forwarded = {"HTTP_X_FORWARDED_FOR": f"6.6.6.6, 10.0.0.{number}"}
            response = self.client_class().post(
                SIGNUP, ANSWERS | {"email": f"p{number}@example.org"}, **forwarded
            )
            self.assertEqual(response.status_code, 302)
