"""A letter that cannot be filled: whoever it fails for is told apart, everybody else has it, and later letters go on."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from conference.models import Edition, Outbox
from registration.letters import sending
from registration.letters.showing import progress_of
from registration.models import Letter
from tests.registration.letters.case import LetterCase, make_letter

# A place that no release knows any more stands in the English text only.
BROKEN = {"en": "Dear {former_place},", "nl": "Beste {name},"}


class UnfilledTests(LetterCase):
    def setUp(self):
        self.broken = self.send(make_letter(self.edition, texts=BROKEN))
        self.later = self.send(make_letter(self.edition, subjects={"en": "Later"}, texts={"en": "Hello"}))
        self.logged = self.enterContext(self.assertLogs("registration.letters.sending"))
        self.write_all()

    def test_the_others_have_it_and_so_have_the_readers_of_later_letters(self):
        waiting = Outbox.objects.filter(status="waiting")

        self.assertEqual(
            sorted(waiting.values_list("recipient", "subject")),
            sorted(
                [
                    (self.ada.user.email, "Later"),
                    (self.ben.user.email, "Later"),
                    (self.ben.user.email, "Nieuws van Second conference"),
                ]
            ),
        )
        self.assertEqual(set(Letter.objects.values_list("status", flat=True)), {"sent"})

    def test_organisers_see_for_whom_it_failed(self):
        self.assertEqual(progress_of(self.broken)["failed"], 1)
        self.client.force_login(self.olga)

        page = self.client.get(
            reverse("admin:conference_edition_letter", args=[self.edition.pk, self.broken.guid]),
            {"state": "failed"},
        )

        self.assertContains(page, self.ada.user.email)
        self.assertContains(page, "could not be filled in")
        self.assertContains(page, "Send 1 failed mail again")

    def test_the_log_names_the_letter_and_nobody(self):
        said = "\n".join(self.logged.output)

        self.assertIn(f"letter {self.broken.pk}", said)
        self.assertNotIn(self.ada.user.email, said)

    def test_once_it_can_be_filled_it_is_sent_again_to_whom_it_failed_for(self):
        Letter.objects.filter(pk=self.broken.pk).update(texts={"en": "Dear {name},"})

        self.assertEqual(sending.send_failed_again(letter=self.broken), 1)
        self.write_all()

        mail = Outbox.objects.get(recipient=self.ada.user.email, addressee__letter=self.broken)
        self.assertEqual(mail.status, "waiting")
        self.assertIn("Dear Ada,", mail.text)
        self.assertEqual(Outbox.objects.filter(addressee__letter=self.broken).count(), 2)
        self.assertEqual(Letter.objects.get(pk=self.broken.pk).status, "sent")


class UnbegunTests(LetterCase):
    def test_a_letter_that_cannot_begin_holds_no_other_up(self):
        fields = {"occasion": "closing", "status": "planned"}
        Edition.objects.update(registration_closes_at=timezone.now() + timedelta(hours=1))
        make_letter(self.edition, days=3, **fields)
        make_letter(self.edition, days=2, **fields)
        Letter.objects.filter(days=3).update(audience={"attendees": 5, "statuses": 7})

        with self.assertLogs("registration.letters.sending"):
            self.write_all()

        self.assertEqual(sorted(Letter.objects.values_list("days", "status")), [(2, "sent"), (3, "planned")])
