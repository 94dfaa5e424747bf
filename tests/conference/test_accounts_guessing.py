"""A hundred wrong passwords in a row: what opens the account then, and what does not."""

import re

from django.test import override_settings

from conference.accounts.guessing import IN_A_ROW, count_try
from conference.models import Outbox
from tests.conference.test_accounts import NEW_PASSWORD, RESET, AccountTestCase
from tests.conference.test_signup import code_from_mail
from tests.factories import PASSWORD


@override_settings(ACCOUNT_RATE_LIMITS={})  # what stops those who guess quickly
class GuessingTests(AccountTestCase):
    """Whoever guesses slowly is stopped too."""

    def guessed(self, email="ada@example.org", times=IN_A_ROW - 1):
        for _number in range(times):
            count_try(email)

    def tried(self, **typed):
        client = self.client_class()
        return client, self.log_in(client, **typed)

    def test_after_a_hundred_wrong_ones_the_right_one_opens_nothing(self):
        self.guessed()
        _client, hundredth = self.tried(password="wrong wrong wrong")

        client, answer = self.tried()

        self.assertNotContains(hundredth, "hundred times")
        self.assertContains(answer, "Choose a new one by mail (“Forgot your password?”)")
        self.assertContains(answer, "Forgot your password?</a>")
        self.assertFalse(self.is_logged_in(client))

    def test_each_way_of_writing_the_address_counts_for_the_same_account(self):
        self.ada.emailaddress_set.create(email="second@example.org", verified=True)
        self.guessed("ADA@example.org", 40)
        self.guessed(" ada@Example.org", 30)
        self.guessed("second@example.org", 30)

        client, _answer = self.tried()

        self.assertFalse(self.is_logged_in(client))

    def test_the_right_one_before_breaks_the_row(self):
        self.guessed()
        self.tried()
        self.guessed()

        client, _answer = self.tried()

        self.assertTrue(self.is_logged_in(client))

    def test_an_address_without_account_is_answered_in_the_same_words(self):
        self.guessed(times=IN_A_ROW)
        self.guessed("nobody@example.org", IN_A_ROW)

        said = [
            self.tried(email=email)[1].context["form"].errors
            for email in ("ada@example.org", "nobody@example.org")
        ]

        self.assertEqual(said[0], said[1])
        self.assertIn("hundred", str(said[0]))

    def test_whoever_is_in_shows_nothing_by_it_either_and_a_new_one_opens_again(self):
        inside, _answer = self.tried()
        self.guessed(times=IN_A_ROW)
        proving = inside.post("/accounts/reauthenticate/", {"password": PASSWORD})

        self.client.post(RESET, {"email": "ada@example.org"})
        link = re.search(r"http://localhost:8000(/\S+)", Outbox.objects.first().text)[1]
        page = self.client.get(link, follow=True).redirect_chain[-1][0]
        self.client.post(page, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

        client, _answer = self.tried(password=NEW_PASSWORD)
        self.assertContains(proving, "hundred times")
        self.assertTrue(self.is_logged_in(client))

    def test_a_code_by_mail_still_lets_the_owner_in(self):
        self.guessed(times=IN_A_ROW)
        client = self.client_class()

        client.post("/accounts/login/code/", {"email": "ada@example.org"})
        client.post("/accounts/login/code/confirm/", {"code": code_from_mail()})

        self.assertTrue(self.is_logged_in(client))
