"""An organiser writes to those whose presentations are missing, in two languages, and each gets one mail in their own."""

import io

from django.core import mail
from django.core.management import call_command
from django.test import TransactionTestCase, override_settings
from django.urls import reverse

from registration.models import Letter
from tests.admin_forms import read_form
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_registration,
    make_session,
    make_speaker,
    make_user,
)

WORDS = {
    "speakers": "on", "state": "owing",
    "subject_en": "Your slides for {edition}", "text_en": "Dear {name}, please send your slides.",
    "subject_nl": "Je slides voor {edition}", "text_nl": "Beste {name}, stuur ons je slides.",
}  # fmt: skip
ENGLISH, DUTCH = "please send your slides", "stuur ons je slides"
IN_MEMORY = "django.core.mail.backends.locmem.EmailBackend"


@override_settings(STAFF_SECOND_FACTOR=False, EMAIL_BACKEND=IN_MEMORY)
class WithoutSlidesTests(TransactionTestCase):
    """With a worker as it runs on a server."""

    def setUp(self):
        self.edition = make_edition()
        owing, other = make_session(self.edition, "Owing"), make_session(self.edition, "Also owing")
        self.on_stage(owing, "Ada", user=make_user("Ada", language="en"))
        ben = self.on_stage(owing, "Ben", user=make_user("Ben", language="nl"))
        make_appearance(other, ben)  # twice on stage, and registered as well
        make_registration(edition=self.edition, user=ben.user)
        dutch = make_session(self.edition, "In Dutch", language="nl")
        self.on_stage(dutch, "Cas", email="cas@example.org")  # without an account
        self.on_stage(other, "Dirk", user=make_user("Dirk", language="fr"))  # in which nobody wrote
        self.on_stage(owing, "Nobody")  # neither an account nor an address
        done = make_session(self.edition, "Done")
        make_presentation(done)
        self.on_stage(done, "Eve", user=make_user("Eve", language="nl"))
        make_registration("Fay", self.edition)  # in the audience only
        # Tables may have been emptied before this, with the groups that a migration made.
        self.client.force_login(make_organiser())

    def on_stage(self, session, name, **fields):
        speaker = make_speaker(name, **fields)
        make_appearance(session, speaker)
        return speaker

    def page(self, name, *args):
        return reverse(f"admin:conference_edition_{name}", args=[self.edition.pk, *args])

    def test_each_gets_one_mail_in_their_language(self):
        new = self.page("letters_new")
        self.client.post(new, read_form(self.client, new) | WORDS)
        letter = Letter.objects.get()
        send = self.page("letter_send", letter.guid)
        self.assertContains(self.client.get(send), "4")
        self.client.post(send, read_form(self.client, send))

        call_command("worker", once=True, stdout=io.StringIO())
        call_command("worker", once=True, stdout=io.StringIO())  # nothing is left for the next

        got = {to: message for message in mail.outbox for to in message.to}
        self.assertEqual(len(mail.outbox), 4)
        expected = {"Ada": ENGLISH, "Ben": DUTCH, "Cas": DUTCH, "Dirk": ENGLISH}
        self.assertEqual(
            {name: next(words for words in (ENGLISH, DUTCH) if words in got[address].body)
             for name, address in self.addresses().items()},
            expected,
        )  # fmt: skip
        ben = got[self.addresses()["Ben"]]
        self.assertEqual(ben.subject, "Je slides voor Second conference")
        self.assertIn("Beste Ben,", ben.body)
        self.assertNotIn(ENGLISH, ben.body)

    def addresses(self):
        rows = Letter.objects.get().addressees.select_related("user", "speaker")
        return {row.user.name if row.user else row.speaker.name: row.address for row in rows}
