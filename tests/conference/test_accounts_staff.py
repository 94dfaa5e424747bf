"""The second factor of staff, and how its secret is kept."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.admin import AdminSite
from django.test import RequestFactory, TestCase, override_settings

from conference.accounts.mfa import MFAAdapter
from conference.accounts.staff import SecondFactorMixin
from tests.factories import PASSWORD, make_organiser, make_session, make_user

SECRET = "JBSWY3DPEHPK3PXP"
LOGIN, CODE = "/accounts/login/", "/accounts/2fa/authenticate/"


def app_code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


class StaffTestCase(TestCase):
    def setUp(self):
        self.olga = make_organiser(email="olga@example.org")

    def log_in(self, email="olga@example.org"):
        return self.client.post(LOGIN, {"login": email, "password": PASSWORD, "next": "/admin/"})


@override_settings(STAFF_SECOND_FACTOR=True)
class SecondFactorTests(StaffTestCase):
    def test_staff_without_second_factor_are_led_to_set_one_up(self):
        self.log_in()

        for page in ("/admin/", "/admin/conference/edition/", "/admin/login/"):
            with self.subTest(page=page):
                response = self.client.get(page, follow=True)
                self.assertEqual(response.redirect_chain[-1][0], "/accounts/2fa/")
        self.assertContains(response, "Staff need a second step")

    def test_code_of_the_app_opens_the_admin(self):
        TOTP.activate(self.olga, SECRET)

        self.assertRedirects(self.log_in(), CODE, fetch_redirect_response=False)
        self.assertNotIn("_auth_user_id", self.client.session)
        self.client.post(CODE, {"code": app_code()})

        self.assertEqual(self.client.get("/admin/").status_code, 200)

    def test_half_way_every_staff_address_leads_back_to_the_code(self):
        TOTP.activate(self.olga, SECRET)
        self.log_in()

        response = self.client.get("/admin/", follow=True)

        self.assertEqual(response.redirect_chain[-1][0].split("?")[0], CODE)

    def test_code_is_taken_once(self):
        TOTP.activate(self.olga, SECRET)
        code = app_code()
        self.log_in()
        self.client.post(CODE, {"code": code})
        self.client.logout()

        self.log_in()
        self.client.post(CODE, {"code": code})

        self.assertNotIn("_auth_user_id", self.client.session)

    @override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "5/15m/key"})
    def test_guessing_codes_is_stopped(self):
        TOTP.activate(self.olga, SECRET)
        self.log_in()
        for number in range(6):
            self.client.post(CODE, {"code": f"00000{number}"})

        self.client.post(CODE, {"code": app_code()})

        self.assertNotIn("_auth_user_id", self.client.session)

    def test_session_from_before_the_second_factor_must_show_it(self):
        self.log_in()
        TOTP.activate(self.olga, SECRET)

        response = self.client.get("/admin/", follow=True)
        self.assertEqual(response.redirect_chain[-1][0], "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F")
        response = self.client.post("/accounts/2fa/reauthenticate/", {"code": app_code(), "next": "/admin/"})

        self.assertRedirects(response, "/admin/")

    def test_taking_the_second_factor_away_closes_the_admin(self):
        TOTP.activate(self.olga, SECRET)
        self.log_in()
        self.client.post(CODE, {"code": app_code()})
        Authenticator.objects.all().delete()

        self.assertEqual(self.client.get("/admin/").status_code, 302)

    def test_site_shows_what_is_not_public_only_after_the_second_factor(self):
        TOTP.activate(self.olga, SECRET)
        hidden = make_session(title="CANARY", status="draft").get_absolute_url()
        self.client.force_login(self.olga)
        self.assertEqual(self.client.get(hidden).status_code, 404)
        self.client.logout()

        self.log_in()
        self.client.post(CODE, {"code": app_code()})

        self.assertContains(self.client.get(hidden), "CANARY")


@override_settings(STAFF_SECOND_FACTOR=False)
class OpenStaffTests(StaffTestCase):
    def test_password_is_enough_when_the_site_says_so(self):
        self.log_in()

        self.assertEqual(self.client.get("/admin/").status_code, 200)

    def test_log_in_page_says_so(self):
        self.assertContains(self.client.get(LOGIN), "staff log in without a second step")


class AdminEntranceTests(TestCase):
    def test_log_in_of_the_admin_is_that_of_the_site(self):
        response = self.client.get("/admin/login/?next=/admin/")

        self.assertRedirects(response, LOGIN + "?next=%2Fadmin%2F", fetch_redirect_response=False)
        self.assertEqual(
            self.client.post("/admin/login/", {"username": "x", "password": "y"}).status_code, 302
        )

    def test_those_who_are_not_staff_stay_outside(self):
        self.client.force_login(make_user())

        self.assertEqual(self.client.get("/admin/", follow=True).status_code, 403)

    def test_password_page_of_the_admin_is_that_of_the_site(self):
        class Site(SecondFactorMixin, AdminSite):
            pass

        response = Site().password_change(RequestFactory().get("/"))

        self.assertEqual(response["Location"], "/accounts/password/change/")


class SecretTests(StaffTestCase):
    def test_secret_of_the_app_is_not_readable_in_the_database(self):
        TOTP.activate(self.olga, SECRET)

        stored = Authenticator.objects.get().data["secret"]

        self.assertNotIn(SECRET, stored)
        self.assertEqual(MFAAdapter().decrypt(stored), SECRET)

    def test_secret_outlives_a_change_of_the_site_key(self):
        with override_settings(SECRET_KEY="a former key"):
            stored = MFAAdapter().encrypt(SECRET)

        with override_settings(SECRET_KEY="the new key", SECRET_KEY_FALLBACKS=["a former key"]):
            self.assertEqual(MFAAdapter().decrypt(stored), SECRET)

    def test_person_without_verified_address_sets_up_no_second_factor(self):
        self.olga.emailaddress_set.update(verified=False)
        self.client.force_login(self.olga)

        response = self.client.get("/accounts/2fa/totp/activate/")

        self.assertRedirects(response, "/accounts/2fa/", fetch_redirect_response=False)
