"""News ends with a link to unsubscribe: looking changes nothing, a press does, and only for whom the link is."""

import email
from email import policy
from pathlib import Path

from django.core.signing import Signer
from django.test import Client, SimpleTestCase, TestCase, override_settings

from conference.logs import without_secrets
from conference.mail import queue_mail, send_due
from conference.mail.unsubscribing import link_for, token_of
from conference.models import User
from tests.conference.smtp_server import smtp_server
from tests.factories import make_edition, make_user

NOT_THERE = "There is no page here"
OWN = "/accounts/mail/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


class UnsubscribeTests(TestCase):
    def setUp(self):
        self.ada, self.ben = make_user("Ada"), make_user("Ben")
        self.path = self.path_of(self.ada)
        self.client = Client(enforce_csrf_checks=True)

    def path_of(self, user):
        return f"/mail/unsubscribe/{token_of(user)}/"

    def readers(self):
        """Who gets news."""
        return set(User.objects.filter(wants_news=True).values_list("name", flat=True))

    def test_looking_changes_nothing_and_shows_a_button(self):
        for _time in range(3):
            page = self.client.get(self.path)
            self.assertEqual(self.client.head(self.path).status_code, 200)

        self.assertContains(page, 'name="List-Unsubscribe" value="One-Click"')
        self.assertEqual(self.readers(), {"Ada", "Ben"})

    def test_the_page_says_nothing_of_its_reader_and_is_kept_by_nobody(self):
        for page in (self.client.get(self.path), self.client.post(self.path, ONE_CLICK)):
            self.assertEqual(page["Referrer-Policy"], "no-referrer")
            self.assertIn("private", page["Cache-Control"])
            self.assertIn("no-store", page["Cache-Control"])
            self.assertIn("noindex", page["X-Robots-Tag"])
            self.assertNotContains(page, "Ada")
            self.assertNotContains(page, self.ada.email)

    def test_a_mail_program_unsubscribes_without_log_in_cookie_or_redirect(self):
        for form in ("application/x-www-form-urlencoded", "multipart"):
            User.objects.update(wants_news=True)
            data = {"data": "List-Unsubscribe=One-Click", "content_type": form}
            answer = self.client.post(self.path, **(data if "/" in form else {"data": ONE_CLICK}))

            self.assertContains(answer, "You are unsubscribed")
            self.assertEqual(self.readers(), {"Ben"})

    def test_a_browser_that_hides_where_it_comes_from_is_not_refused(self):
        """So it is under the policy of this page."""
        answer = self.client.post(self.path, ONE_CLICK, headers={"origin": "null"})

        self.assertContains(answer, "You are unsubscribed")

    def test_a_second_time_it_is_so_already(self):
        self.client.post(self.path, ONE_CLICK)

        for page in (self.client.post(self.path, ONE_CLICK), self.client.get(self.path)):
            self.assertContains(page, "You had unsubscribed already")
            self.assertNotContains(page, '<button class="button" type="submit" name="List')
        self.assertEqual(self.readers(), {"Ben"})

    def test_another_s_number_with_one_s_own_signature_is_a_page_that_is_not_there(self):
        signature = token_of(self.ada).partition("-")[2]
        foreign = Signer(salt="another").sign(str(self.ben.pk)).replace(".", "-").replace(":", "-")
        for token in (f"{self.ben.pk}-{signature}", foreign, str(self.ben.pk), "x", "é", "x" * 5000):
            for answer in (self.client.get, self.client.post):
                page = answer(f"/mail/unsubscribe/{token}/", ONE_CLICK)
                self.assertContains(page, NOT_THERE, status_code=404)

        self.assertEqual(self.readers(), {"Ada", "Ben"})

    def test_every_changed_character_is_noticed(self):
        token = token_of(self.ada)
        for place, sign in enumerate(token):
            wrong = token[:place] + ("A" if sign != "A" else "B") + token[place + 1 :]
            self.assertEqual(self.client.post(f"/mail/unsubscribe/{wrong}/", ONE_CLICK).status_code, 404)

        self.assertEqual(self.readers(), {"Ada", "Ben"})

    def test_who_is_logged_in_as_somebody_else_unsubscribes_the_reader_of_the_mail(self):
        self.client.force_login(self.ben)

        self.client.post(self.path, ONE_CLICK)

        self.assertEqual(self.readers(), {"Ben"})

    def test_with_the_account_the_link_is_gone(self):
        self.ada.delete()

        self.assertEqual(self.client.get(self.path).status_code, 404)

    def test_the_log_does_not_hold_it(self):
        self.assertNotIn(token_of(self.ada), without_secrets(f"GET {self.path} 200"))

    def test_an_edition_cannot_take_its_place(self):
        edition = make_edition(slug="mail")

        self.assertEqual(self.client.get(self.path).status_code, 200)
        self.assertEqual(self.client.get(edition.get_absolute_url()).status_code, 200)


class OwnMailTests(TestCase):
    def setUp(self):
        self.ada, self.ben = make_user("Ada"), make_user("Ben")
        self.client.force_login(self.ada)

    def wants_news(self):
        return list(User.objects.order_by("pk").values_list("wants_news", flat=True))

    def test_the_switch_is_turned_off_and_on_again(self):
        self.assertContains(self.client.get("/accounts/name/"), f'href="{OWN}"')
        self.assertContains(self.client.get(OWN), "checked")

        self.assertContains(self.client.post(OWN, {"pk": self.ben.pk}, follow=True), "Your choice is saved.")
        self.assertEqual(self.wants_news(), [False, True])
        self.assertNotContains(self.client.get(OWN), "checked")

        self.client.post(OWN, {"wants_news": "on"})
        self.assertEqual(self.wants_news(), [True, True])

    def test_the_language_of_mail_is_chosen_there(self):
        page = self.client.post(OWN, {"wants_news": "on", "language": "xx"})
        self.assertEqual(page.status_code, 200)
        for language, kept in (("fr", "fr"), ("", "fr"), ("de", "de")):
            self.client.post(OWN, {"wants_news": "on", "language": language})
            self.ada.refresh_from_db()
            self.assertEqual(self.ada.language, kept)

        self.assertContains(self.client.get(OWN), '<option value="de" selected>German</option>', html=True)

    def test_it_is_asked_with_a_token_against_forged_forms(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.ada)

        self.assertEqual(client.post(OWN, {}).status_code, 403)


class HeaderTests(TestCase):
    def sent(self):
        with smtp_server() as server:
            host, port = server.server_address
            backend = "django.core.mail.backends.smtp.EmailBackend"
            with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST=host, EMAIL_PORT=port):
                send_due()
        return [email.message_from_bytes(mail, policy=policy.default) for mail in server.mails]

    @override_settings(SITE_URL="https://conference.example")
    def test_news_carries_what_mail_programs_ask_for_and_the_rest_does_not(self):
        ada = make_user("Ada")
        context = {
            "name": "Ada",
            "edition": make_edition(),
            "changes": ["Moved"],
            "link": "",
            "release_link": "",
        }
        link = link_for(ada)
        queue_mail(to=ada.email, template="timetable_changed", context=context, unsubscribe_link=link)
        queue_mail(to=ada.email, template="account_known", context={})

        news, other = self.sent()

        self.assertEqual(news["List-Unsubscribe"].strip(), f"<{link}>")
        self.assertTrue(link.startswith("https://conference.example/mail/unsubscribe/"))
        self.assertEqual(news["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        lines = [line for line in news.get_body(["plain"]).get_content().splitlines() if line]
        self.assertEqual(lines[lines.index("-- ") - 1], link)  # the last of the mail, above the foot
        self.assertIn(f'<a href="{link}"', news.get_body(["html"]).get_content())
        self.assertIsNone(other["List-Unsubscribe"] or other["List-Unsubscribe-Post"])
        self.assertNotIn("unsubscribe", other.as_string())


class NewsTests(SimpleTestCase):
    def test_whoever_shows_the_link_in_a_mail_also_hands_it_to_mail_programs(self):
        """One template does today."""
        folder = Path(__file__).resolve().parents[2] / "templates" / "mail"
        shown = [path.name for path in folder.glob("*.txt") if "{{ unsubscribe_link }}" in path.read_text()]

        self.assertEqual(shown, ["timetable_changed.txt"])
