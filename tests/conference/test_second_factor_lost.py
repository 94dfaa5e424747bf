"""The only organiser lost phone and passkeys: whoever runs the server lets them in again, and it is written down."""

from io import StringIO

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import override_settings

from tests.conference.test_accounts_staff import CODE, SECRET, StaffTestCase, app_code
from tests.factories import make_organiser, make_user


def run(email="Olga@example.org"):
    out = StringIO()
    call_command("second_factor_lost", email=email, stdout=out)
    return out.getvalue()


@override_settings(STAFF_SECOND_FACTOR=True)
class SecondFactorLostTests(StaffTestCase):
    def setUp(self):
        super().setUp()
        TOTP.activate(self.olga, SECRET)
        RecoveryCodes.activate(self.olga)

    def test_the_next_log_in_asks_for_no_code_and_leads_to_setting_one_up(self):
        self.assertIn("olga@example.org", run())

        self.log_in()
        response = self.client.get("/admin/", follow=True)

        self.assertEqual(response.redirect_chain[-1][0], "/accounts/2fa/")
        self.assertFalse(Authenticator.objects.filter(user=self.olga).exists())

    def test_open_sessions_end(self):
        self.log_in()
        self.client.post(CODE, {"code": app_code()})
        self.assertEqual(self.client.get("/admin/").status_code, 200)

        run()

        self.assertNotEqual(self.client.get("/admin/").status_code, 200)
        self.assertNotIn("_auth_user_id", self.client.session)

    def test_the_history_of_the_account_says_so(self):
        run()

        entry = LogEntry.objects.get()
        self.assertEqual((entry.object_id, entry.user), (str(self.olga.pk), self.olga))
        self.assertEqual(entry.get_change_message(), "The second factor was taken off on the server.")

    def test_nobody_else_loses_theirs(self):
        other = make_organiser("Ola", email="ola@example.org")
        TOTP.activate(other, SECRET)

        run()

        self.assertEqual(Authenticator.objects.get().user, other)

    def test_an_account_that_is_not_there_or_has_none_is_said(self):
        make_user(email="ada@example.org")

        for email, words in (("ada@example.org", "no second factor"), ("eve@example.org", "No account")):
            with self.assertRaisesMessage(CommandError, words):
                run(email)
        self.assertFalse(LogEntry.objects.exists())
