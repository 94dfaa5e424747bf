"""New passwords and a new address, and whom they put out."""

import re

from allauth.account.models import EmailAddress
from django.test import override_settings

from conference.models import Outbox, User
from tests.conference.test_accounts import NEW_PASSWORD, RESET, AccountTestCase
from tests.conference.test_signup import code_from_mail
from tests.factories import PASSWORD, make_user


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
            self.assertEqual(self.client.get(link)["Referrer-Policy"], "no-referrer")
        form = self.client.get(self.link(), follow=True)
        self.assertNotIn(self.link(), form.redirect_chain[-1][0])
        self.assertEqual(form["Referrer-Policy"], "same-origin")

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
