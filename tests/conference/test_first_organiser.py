import re
from io import StringIO

from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from conference.models import User
from tests.conference.test_accounts import NEW_PASSWORD
from tests.factories import make_organiser, make_user


def run(email="olga@example.org"):
    out = StringIO()
    call_command("first_organiser", email=email, stdout=out)
    return out.getvalue()


def link_in(text):
    found = re.search(r"http://localhost:8000(/\S+)", text)
    return found[1] if found else None


class FirstOrganiserTests(TestCase):
    def test_empty_site_gets_an_organiser_and_a_link_that_works_once(self):
        link = link_in(run())
        page = self.client.get(link, follow=True).redirect_chain[-1][0]
        self.client.post(page, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

        organiser = User.objects.get()
        self.assertTrue(
            organiser.is_staff and organiser.is_superuser and organiser.check_password(NEW_PASSWORD)
        )
        self.assertTrue(organiser.emailaddress_set.get().verified)
        self.client.post("/accounts/login/", {"login": "olga@example.org", "password": NEW_PASSWORD})
        self.assertIn("_auth_user_id", self.client.session)

    def test_second_run_prints_a_new_link_for_the_same_person(self):
        run()

        self.assertIsNotNone(link_in(run("Olga@Example.org")))
        self.assertEqual(User.objects.count(), 1)

    def test_no_link_once_an_organiser_can_log_in(self):
        olga = make_organiser(email="olga@example.org")

        for email in (olga.email, "eve@example.org"):
            self.assertIsNone(link_in(run(email)))
        self.assertEqual(User.objects.count(), 1)

    @override_settings(ORGANISER_EMAIL="ola@example.org")
    def test_address_comes_from_the_environment_too(self):
        run("")

        self.assertEqual(User.objects.get().email, "ola@example.org")

    def test_account_of_someone_else_does_not_become_an_organiser(self):
        make_user(email="ada@example.org")

        with self.assertRaises(CommandError):
            run("ada@example.org")
        self.assertFalse(User.objects.get().is_superuser)

    def test_without_an_address_it_says_what_to_do(self):
        for email in ("", "nobody"):
            with self.assertRaises(CommandError):
                run(email)
