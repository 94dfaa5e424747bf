"""Every mail that the site sends stands in the register; organisers change its words, must keep what it needs, and restore it."""

import re
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import SimpleTestCase, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from conference.accounts.services import tell_owner
from conference.mail.batches import one_batch
from conference.mail.edited import save_texts
from conference.mail.originals import original_of
from conference.mail.register import REGISTER, changeable
from conference.models import MailText, Outbox
from registration import emails
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import make_edition, make_registration, make_user

TEMPLATES = Path(settings.BASE_DIR, "templates")
ROOMS = ("conference", "speakers", "sessions", "registration")
NAMED = re.compile(r'(?:template=|_tell\w*\(\w+, |tell\()"([a-z_]+)"')
ROOT = re.compile(r"\{\{ ?(\w+)|in (\w+)")
CONFIRMED = {
    "subject_en": "Welcome to {edition}", "text_en": "Hello {name}: {reference}\n\n{ticket}\n\n{link}",
    "subject_nl": "", "text_nl": "",
}  # fmt: skip


class RegisterTests(SimpleTestCase):
    def test_every_template_of_a_mail_stands_in_it_and_nothing_else(self):
        own = {path.stem for path in (TEMPLATES / "mail").glob("[!_]*.txt")}
        accounts = {
            str(path.relative_to(TEMPLATES)).removesuffix("_subject.txt")
            for folder in ("account", "mfa")
            for path in (TEMPLATES / folder / "email").glob("*_subject.txt")
        }

        self.assertEqual(set(REGISTER), own | accounts | {"letter"})

    def test_every_mail_that_the_code_names_stands_in_it(self):
        files = [path for room in ROOMS for path in Path(settings.BASE_DIR, room).rglob("*.py")]
        named = {name for path in files for name in NAMED.findall(path.read_text())}

        self.assertGreater(len(named), 20)
        self.assertEqual(named - set(REGISTER), set())

    def test_every_place_is_filled_from_what_the_original_speaks_of(self):
        for mail in changeable():
            source = (TEMPLATES / "mail" / f"{mail.name}.txt").read_text()
            for part in re.findall(r'include "([^"]+)"', source):
                source += (TEMPLATES / part).read_text()
            for name, slot in mail.slots.items():
                roots = {one or other for one, other in ROOT.findall(slot.source)} - {"line", "one", "day"}
                unknown = {root for root in roots if not re.search(rf"\b{root}\b", source)}
                self.assertEqual(unknown, set(), f"{mail.name}: {name}")

    def test_what_is_fixed_says_why(self):
        fixed = [mail for mail in REGISTER.values() if mail.name not in {one.name for one in changeable()}]

        self.assertGreaterEqual(len(fixed), 20)
        self.assertTrue(all(str(mail.fixed_because).endswith(".") for mail in fixed))

    def test_originals_are_shown_in_each_language_without_what_only_a_program_reads(self):
        for mail in changeable():
            for code in ("en", "nl"):
                said = "\n".join(original_of(mail, code))
                self.assertNotIn("{%", said, mail.name)
                self.assertNotIn("%(", said, mail.name)
        self.assertEqual(
            original_of(REGISTER["registration_confirmed"], "en")[0], "You are registered: {edition}"
        )
        self.assertIn("\n\n{ticket}\n", original_of(REGISTER["registration_confirmed"], "en")[1])
        self.assertIn("Dag {name},", original_of(REGISTER["registration_confirmed"], "nl")[1])


class EditedTests(TestCase):
    def write(self, text="Hi {name}: {ticket} {link}", language="en", kind="registration_confirmed"):
        save_texts(kind=kind, subjects={language: "For {name} at {edition}"}, texts={language: text})

    def test_mail_has_the_words_of_the_organisers_in_their_language_only(self):
        self.write()
        emails.registered(make_registration("Ada"))
        emails.registered(make_registration(user=make_user("Ben", language="nl")))

        ada, ben = Outbox.objects.order_by("pk")
        self.assertEqual(ada.subject, "For Ada at Second conference")
        self.assertIn("Hi Ada: http", ada.text)
        self.assertEqual((ada.kind, len(ada.enclosures)), ("registration_confirmed", 1))
        self.assertIn("Dag Ben", ben.text)

    def test_name_is_text_there_too(self):
        self.write("Hi {name}")
        emails.registered(make_registration("[x](http://evil.test) <b> {link} {{ link }}"))

        mail = Outbox.objects.get()
        self.assertIn("Hi [x](http://evil.test) <b> {link} {{ link }}", mail.text)
        self.assertNotIn('href="http://evil', mail.html)
        self.assertNotIn("<b>", mail.html)

    def test_an_edition_has_its_own_words_then_those_of_the_site_then_the_original(self):
        own, other = make_edition(), make_edition("Other year")
        both = {"en": "Site {ticket} {link}", "nl": "Stuk {ticket} {link}"}
        save_texts(kind="registration_confirmed", subjects={"en": "x", "nl": "y"}, texts=both)
        save_texts(
            kind="registration_confirmed",
            edition=own,
            subjects={"en": "x"},
            texts={"en": "Own {ticket} {link}"},
        )
        ben, cat = make_user("Ben", language="nl"), make_user("Cat", language="fr")
        for registration in (
            make_registration("Ada", own), make_registration("Ada", other), make_registration(None, own, ben),
            make_registration(None, own, cat),
        ):  # fmt: skip
            emails.registered(registration)

        begun = [mail.text.split()[0] for mail in Outbox.objects.order_by("pk")]
        self.assertEqual(begun[:3], ["Own", "Site", "Stuk"])
        self.assertIn("Bonjour", Outbox.objects.order_by("pk").last().text)

    def test_words_are_read_once_for_a_batch_and_anew_for_the_next(self):
        self.write("First {ticket} {link}")
        edition = make_edition()
        people = [make_registration(f"Person {number}", edition) for number in range(3)]

        def tell(some):
            with one_batch():
                for registration in some:
                    emails.registered(registration)

        for some in (people[:1], people):
            with CaptureQueriesContext(connection) as asked:
                tell(some)
            for table in ("conference_mailtext", "conference_site"):
                self.assertEqual(sum(f'FROM "{table}"' in one["sql"] for one in asked), 1, table)

        self.write("Second {ticket} {link}")
        tell(people[:1])
        self.assertIn("Second", Outbox.objects.order_by("pk").last().text)

    def test_without_a_batch_each_mail_asks_anew(self):
        registration = make_registration("Ada")
        self.write("First {ticket} {link}")
        emails.registered(registration)
        self.write("Second {ticket} {link}")
        emails.registered(registration)

        self.assertEqual(
            [mail.text.split()[0] for mail in Outbox.objects.order_by("pk")], ["First", "Second"]
        )

    def test_a_mail_that_guards_an_account_keeps_its_words(self):
        MailText.objects.create(kind="account_known", language="en", subject="x", text="y")
        tell_owner(email=make_user("Ada").email)

        self.assertEqual(Outbox.objects.get().subject, "You already have an account")


@override_settings(STAFF_SECOND_FACTOR=False)
class PageTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("organiser", email="writer@example.org"))
        self.list = reverse("admin:conference_outbox_texts")
        self.page = reverse("admin:conference_outbox_text", args=["registration_confirmed"])

    def errors(self, **changes):
        response = self.client.post(self.page, CONFIRMED | changes)
        return dict(response.context["form"].errors)

    def test_saved_shown_and_restored(self):
        self.client.post(self.page, CONFIRMED)
        self.assertEqual(read_form(self.client, self.page)["subject_en"], "Welcome to {edition}")
        self.assertContains(self.client.get(self.page), "Hello Ada Lovelace: K7QM2XPA")
        self.assertContains(self.client.get(self.list), "changed: English")

        self.client.post(self.page, {"restore": "1"})

        self.assertEqual(MailText.objects.count(), 0)

    def test_second_of_two_who_change_it_is_told_and_overwrites_nothing(self):
        mine = CONFIRMED | {"seen": read_form(self.client, self.page)["seen"]}
        self.client.post(self.page, mine | {"subject_en": "Hers"})

        refused = self.client.post(self.page, mine | {"subject_en": "Mine"})

        self.assertContains(refused, "Something changed meanwhile")
        self.assertContains(refused, 'value="Mine"')
        self.assertEqual(MailText.objects.get().subject, "Hers")
        again = mine | {"subject_en": "Mine", "seen": refused.context["seen"]}
        self.assertEqual(self.client.post(self.page, again).status_code, 302)
        self.assertEqual(MailText.objects.get().subject, "Mine")

    def test_an_edition_is_changed_and_restored_by_itself(self):
        edition = make_edition()
        own = f"{self.page}?edition={edition.pk}"
        self.client.post(self.page, CONFIRMED)
        self.assertContains(self.client.get(own), "It has the words of the site.")
        self.assertContains(
            self.client.get(own), "Welcome to {edition}"
        )  # what it says without words of its own

        answer = self.client.post(own, CONFIRMED | {"subject_en": "Only here"})

        self.assertEqual(answer.url, own)
        self.assertEqual(read_form(self.client, own)["subject_en"], "Only here")
        self.assertEqual(read_form(self.client, self.page)["subject_en"], "Welcome to {edition}")
        self.assertContains(self.client.get(f"{self.list}?edition={edition.pk}"), "changed: English")

        self.client.post(self.page, {"restore": "1"})
        self.assertEqual([row.edition for row in MailText.objects.all()], [edition])
        self.client.post(self.page, CONFIRMED)
        self.client.post(own, {"restore": "1"})
        self.assertEqual([row.edition for row in MailText.objects.all()], [None])

    def test_only_mails_about_an_edition_are_changed_for_one(self):
        edition = make_edition()
        account = reverse("admin:conference_outbox_text", args=["membership_approved"])
        self.assertEqual(self.client.get(account).status_code, 200)
        self.assertEqual(self.client.get(f"{account}?edition={edition.pk}").status_code, 404)
        self.assertNotContains(self.client.get(f"{self.list}?edition={edition.pk}"), account)
        for key in ("x", "0", "9" * 30):
            self.assertEqual(self.client.get(f"{self.list}?edition={key}").status_code, 404)

    def test_the_form_of_an_edition_leads_to_its_words(self):
        edition = make_edition()
        form = reverse("admin:conference_edition_change", args=[edition.pk])

        self.assertContains(self.client.get(form), f"{self.list}?edition={edition.pk}")

    def test_looking_at_it_saves_nothing(self):
        response = self.client.post(self.page, CONFIRMED | {"preview": "1"})

        self.assertContains(response, "Welcome to Second European Conference")
        self.assertEqual(MailText.objects.count(), 0)

    def test_without_what_the_mail_is_for_it_is_refused_beside_the_field(self):
        self.assertEqual(list(self.errors(text_en="Hello {name} {link}")), ["text_en"])
        self.assertIn("{ticket}", self.errors(text_en="Hello {name} {link}")["text_en"][0])

    def test_unknown_place_is_refused(self):
        self.assertEqual(list(self.errors(subject_en="{user.password}")), ["subject_en"])

    def test_what_is_fixed_has_no_page(self):
        for name in ("account/email/login_code", "account_known", "nonsense"):
            address = reverse("admin:conference_outbox_text", args=[name])
            self.assertEqual(self.client.get(address).status_code, 404, name)

    def test_number_of_queries_does_not_grow(self):
        self.client.get(self.list)
        before = queries_of(self.client, self.list)
        for kind in ("group", "approved", "refused"):
            save_texts(kind=kind, subjects={"en": "x"}, texts={"en": "y"})

        self.assertEqual(queries_of(self.client, self.list), before)

    def test_outbox_is_narrowed_by_kind_and_edition(self):
        registration = make_registration("Ada")
        with override("en"):
            emails.registered(registration)
        Outbox.objects.create(recipient="x@example.org", subject="Something else", kind="group")
        outbox = reverse("admin:conference_outbox_changelist")

        found = self.client.get(outbox, {"kind": "registration_confirmed"})
        self.assertContains(found, registration.user.email)
        self.assertNotContains(found, "x@example.org")
        found = self.client.get(outbox, {"edition": registration.edition_id})
        self.assertContains(found, registration.user.email)
        self.assertNotContains(found, "x@example.org")
