"""Under /nl/, /fr/ and /de/ everything the site itself says is in that language, on pages and in mails."""

import re
from functools import cache
from gettext import GNUTranslations
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import translation

from conference.languages import CODES, own_name
from conference.models import Edition, Outbox, User
from registration.services.registering import register
from tests import factories
from tests.crawl import crawl

pytestmark = pytest.mark.once

LOCALE = Path(__file__).resolve().parents[1] / "conference/locale"
SHOWN_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
ACCOUNT_PAGES = (
    "account_email",
    "account_change_password",
    "conference:own_mail",
    "account_logout",
    "mfa_index",
    "mfa_add_webauthn",
    "usersessions_list",
    "sessions:speaker_desk",
    "speakers:profile",
)


WORDS = {
    "nl": ("Je code om je adres te bevestigen", "Dit wachtwoord is te kort."),
    "fr": ("Votre code pour confirmer votre adresse", "Ce mot de passe est trop court."),
    "de": ("Ihr Code zur Bestätigung Ihrer Adresse", "Dieses Passwort ist zu kurz."),
}


class LanguageTests(TestCase):
    """Each rule in each language but English; the demonstration is loaded once for all."""

    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", stdout=StringIO())
        cls.edition = Edition.objects.current()

    def test_public_pages_say_nothing_in_english(self):
        for code in WORDS:
            home = f"/{code}/"
            pages = [page for page in crawl(self.client, of_each=2, start=home, under=home) if page.is_html]

            self.assertGreater(len(pages), 30)
            self.assertEqual(in_english(pages, code), {})

    def test_the_pages_of_an_attendee_and_a_speaker_say_nothing_in_english(self):
        attendee = self.edition.registrations.exclude(user__email="speaker@example.org").confirmed().first()
        for code in WORDS:
            client = Client()
            client.force_login(User.objects.get(email="speaker@example.org"))
            pages = crawl(client, of_each=2, start=f"/{code}/speaker/", under=f"/{code}/")
            self.assertEqual(in_english(pages, code), {})
            with translation.override(code):
                self.assert_translated(client, code, [reverse(name) for name in ACCOUNT_PAGES])
            client.force_login(attendee.user)
            own = f"/{code}/{self.edition.slug}/my-registration/"
            self.assert_translated(client, code, [own, own + "edit/", own + "cancel/"])

    def test_the_admin_says_nothing_in_english(self):
        client = Client()
        client.force_login(factories.make_organiser())
        for code in WORDS:
            index = client.get(f"/{code}/admin/").content.decode()
            lists = sorted(set(re.findall(rf'href="(/{code}/admin/\w+/\w+/(?:add/)?)"', index)))
            # The names of groups are rows of the database.
            lists = [path for path in lists if "/group/" not in path and "/user/" not in path]

            self.assertGreater(len(lists), 20)
            self.assert_translated(client, code, [f"/{code}/admin/", *lists])

    def test_every_page_names_the_same_page_in_the_other_languages(self):
        for code in WORDS:
            own = f"/{code}/{self.edition.slug}/"
            for path in (f"/{code}/", own, f"/{code}/accounts/login/", f"/{code}/no/such/page/"):
                html = self.client.get(path).content.decode()
                self.assertIn(f'<html lang="{code}"', html, path)
                for other in CODES:
                    link = rf'<a href="/[^"]*" lang="{other}" hreflang="{other}">{own_name(other)}</a>'
                    (self.assertNotRegex if other == code else self.assertRegex)(html, link, path)

    def test_mails_are_in_the_language_of_their_reader_and_lead_to_pages_in_it(self):
        for number, code in enumerate(WORDS):
            client = Client(REMOTE_ADDR=f"192.0.2.{number}")  # what one address may ask for is limited
            user = factories.make_user(email=f"{code}@example.org", language=code)
            kind = self.edition.registration_types.first()
            register(user=user, registration_type=kind, role="teacher", country="BE")
            client.post(f"/{code}/accounts/login/code/", {"email": user.email})
            client.post(f"/{code}/accounts/password/reset/", {"email": user.email})
            sent = list(Outbox.objects.filter(recipient=user.email))

            self.assertEqual(len(sent), 3)
            for mail in sent:
                self.assertEqual(english([mail.subject, *mail.text.splitlines()], code), [])
                self.assertNotRegex(mail.text, rf"://[^/\s]+/(?!{code}/)")

    def test_who_logs_in_stays_in_the_language_of_the_page(self):
        for code in WORDS:
            user = factories.make_user(email=f"log-in-{code}@example.org")
            answers = {"login": user.email, "password": factories.PASSWORD}
            answer = Client().post(f"/{code}/accounts/login/", answers)

            self.assertRedirects(answer, f"/{code}/", fetch_redirect_response=False)

    def test_who_signs_up_stays_in_the_language_of_the_page_and_gets_a_mail_in_it(self):
        for code in WORDS:
            answers = {"name": "Jan", "email": f"jan-{code}@example.org", "country": "BE", "consent": "on"}
            answer = Client().post(f"/{code}/accounts/signup/", answers)

            self.assertRedirects(answer, f"/{code}/", fetch_redirect_response=False)
            self.assertEqual(Outbox.objects.get(recipient=answers["email"]).subject, WORDS[code][0])

    def test_a_refused_password_is_refused_in_the_language_of_the_page(self):
        answers = {"name": "Jan", "email": "jan@example.org", "country": "BE", "consent": "on"}
        for code in WORDS:
            answer = self.client.post(f"/{code}/accounts/signup/", answers | {"password": "conference"})

            self.assertContains(answer, WORDS[code][1])

    def assert_translated(self, client, code, paths):
        found = {}
        for path in dict.fromkeys(paths):
            answer = client.get(path, follow=True)
            self.assertEqual(answer.status_code, 200, path)
            if words := english(shown_on(answer.content.decode()), code):
                found[path] = words
        self.assertEqual(found, {})


def in_english(pages, code):
    """By address, what crawled pages say in English."""
    found = {page.path: english(shown_on(page.html), code) for page in pages}
    return {path: words for path, words in found.items() if words}


class Shown(HTMLParser):
    """The texts and labels of a page that are not marked as being in another language; addresses are no texts."""

    def __init__(self):
        super().__init__()
        self.texts, self.passed_over = [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        is_other = tag in ("script", "style", "textarea") or (tag != "html" and given.get("lang") == "en")
        is_other = is_other or given.get("class") == "field-slug"
        if tag not in VOID and (self.passed_over or is_other):
            self.passed_over.append(tag)
        if not self.passed_over:
            self.texts += [given[name] for name in SHOWN_ATTRIBUTES if given.get(name)]

    def handle_endtag(self, tag):
        if self.passed_over and self.passed_over[-1] == tag:
            self.passed_over.pop()

    def handle_data(self, data):
        if not self.passed_over:
            self.texts.append(data)


def shown_on(html: str) -> list[str]:
    parser = Shown()
    parser.feed(html)
    return parser.texts


def english(texts: list[str], code: str) -> list[str]:
    """Those texts that are a source text of this language's catalogue instead of its translation."""
    sources, filled_in = source_texts(code)
    found = []
    for words in texts:
        words = " ".join(words.split()).strip(" :·,")
        if words.casefold() in sources or filled_in.fullmatch(words):
            found.append(words)
    return found


@cache
def source_texts(code: str) -> tuple[set[str], re.Pattern[str]]:
    """Source texts over six letters that no translation equals; and those in which something is filled in."""
    with (LOCALE / code / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
        pairs = [
            (key[0] if isinstance(key, tuple) else key, words)
            for key, words in GNUTranslations(compiled)._catalog.items()
        ]
    translated = {words.casefold() for _, words in pairs}
    sources = {
        source.strip(":") for source, _ in pairs if len(source) > 6 and source.casefold() not in translated
    }
    patterns = [re.split(r"%\(\w+\)[sd]|\{\w*\}", source) for source in sources]
    filled_in = [
        ".+".join(re.escape(part) for part in parts)
        for parts in patterns
        if len(parts) > 1 and len(re.findall(r"[A-Za-z]+", " ".join(parts))) > 1
    ]
    return {source.casefold() for source in sources}, re.compile("|".join(filled_in))
