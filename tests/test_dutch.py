"""Under /nl/ everything the site itself says is Dutch, on pages and in mails."""

import re
from gettext import GNUTranslations
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import translation

from conference.models import Edition, Outbox, User
from registration.services.registering import register
from tests import factories
from tests.crawl import crawl

CATALOGUE = Path(__file__).resolve().parents[1] / "conference/locale/nl/LC_MESSAGES/django.mo"
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


class DutchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", stdout=StringIO())
        cls.edition = Edition.objects.current()

    def test_public_pages_say_nothing_in_english(self):
        pages = [page for page in crawl(self.client, of_each=3, start="/nl/", under="/nl/") if page.is_html]

        self.assertGreater(len(pages), 30)
        self.assertEqual(in_english(pages), {})

    def test_the_pages_of_an_attendee_and_a_speaker_say_nothing_in_english(self):
        client = Client()
        client.force_login(User.objects.get(email="speaker@example.org"))
        pages = crawl(client, of_each=2, start="/nl/speaker/", under="/nl/")
        self.assertEqual(in_english(pages), {})
        with translation.override("nl"):
            self.assert_dutch(client, [reverse(name) for name in ACCOUNT_PAGES])
        attendee = self.edition.registrations.exclude(user__email="speaker@example.org").confirmed().first()
        client.force_login(attendee.user)
        own = f"/nl/{self.edition.slug}/my-registration/"
        self.assert_dutch(client, [own, own + "edit/", own + "cancel/"])

    def test_the_admin_says_nothing_in_english(self):
        client = Client()
        client.force_login(factories.make_organiser())
        index = client.get("/nl/admin/").content.decode()
        lists = sorted(set(re.findall(r'href="(/nl/admin/\w+/\w+/(?:add/)?)"', index)))
        # The names of groups are rows of the database.
        lists = [path for path in lists if "/group/" not in path and "/user/" not in path]

        self.assertGreater(len(lists), 20)
        self.assert_dutch(client, ["/nl/admin/", *lists])

    def test_every_dutch_page_names_its_english_one(self):
        for path in ("/nl/", f"/nl/{self.edition.slug}/", "/nl/accounts/login/", "/nl/no/such/page/"):
            html = self.client.get(path).content.decode()
            self.assertIn('<html lang="nl"', html, path)
            self.assertRegex(html, r'<a href="/[^"]*" lang="en" hreflang="en">English</a>', path)

    def test_mails_to_a_dutch_reader_are_dutch_and_lead_to_dutch_pages(self):
        user = factories.make_user(language="nl")
        kind = self.edition.registration_types.first()
        register(user=user, registration_type=kind, role="teacher", country="BE")
        self.client.post("/nl/accounts/login/code/", {"email": user.email})
        self.client.post("/nl/accounts/password/reset/", {"email": user.email})
        sent = list(Outbox.objects.filter(recipient=user.email))

        self.assertEqual(len(sent), 3)
        for mail in sent:
            with self.subTest(mail.subject):
                self.assertEqual(english([mail.subject, *mail.text.splitlines()]), [])
                self.assertNotRegex(mail.text, r"://[^/\s]+/(?!nl/)")

    def test_who_logs_in_on_a_dutch_page_stays_in_dutch(self):
        user = factories.make_user()
        answer = self.client.post(
            "/nl/accounts/login/", {"login": user.email, "password": factories.PASSWORD}
        )

        self.assertRedirects(answer, "/nl/", fetch_redirect_response=False)

    def test_who_signs_up_on_a_dutch_page_stays_in_dutch_and_gets_a_dutch_mail(self):
        answers = {"name": "Jan", "email": "jan@example.org", "country": "BE", "consent": "on"}
        answer = self.client.post("/nl/accounts/signup/", answers)

        self.assertRedirects(answer, "/nl/", fetch_redirect_response=False)
        self.assertEqual(
            Outbox.objects.get(recipient="jan@example.org").subject, "Je code om je adres te bevestigen"
        )

    def test_a_refused_password_is_refused_in_dutch(self):
        answers = {"name": "Jan", "email": "jan@example.org", "country": "BE", "consent": "on"}
        answer = self.client.post("/nl/accounts/signup/", answers | {"password": "conference"})

        self.assertContains(answer, "Dit wachtwoord is te kort.")

    def assert_dutch(self, client, paths):
        found = {}
        for path in dict.fromkeys(paths):
            answer = client.get(path, follow=True)
            self.assertEqual(answer.status_code, 200, path)
            if words := english(shown_on(answer.content.decode())):
                found[path] = words
        self.assertEqual(found, {})


def in_english(pages):
    """By address, what crawled pages say in English."""
    found = {page.path: english(shown_on(page.html)) for page in pages}
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


def english(texts: list[str]) -> list[str]:
    """Those texts that are a source text of the catalogue instead of its translation."""
    found = []
    for words in texts:
        words = " ".join(words.split()).strip(" :·,")
        if words.casefold() in SOURCES or FILLED_IN.fullmatch(words):
            found.append(words)
    return found


def source_texts() -> tuple[set[str], re.Pattern[str]]:
    """Source texts over six letters that no Dutch text equals; and those in which something is filled in."""
    with CATALOGUE.open("rb") as compiled:
        pairs = [
            (key[0] if isinstance(key, tuple) else key, words)
            for key, words in GNUTranslations(compiled)._catalog.items()
        ]
    dutch = {words.casefold() for _, words in pairs}
    sources = {source.strip(":") for source, _ in pairs if len(source) > 6 and source.casefold() not in dutch}
    patterns = [re.split(r"%\(\w+\)[sd]|\{\w*\}", source) for source in sources]
    filled_in = [
        ".+".join(re.escape(part) for part in parts)
        for parts in patterns
        if len(parts) > 1 and len(re.findall(r"[A-Za-z]+", " ".join(parts))) > 1
    ]
    return {source.casefold() for source in sources}, re.compile("|".join(filled_in))


SOURCES, FILLED_IN = source_texts()
