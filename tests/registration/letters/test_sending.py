"""A letter on its way: frozen when it is confirmed, each person once, stopped and gone on, failures sent again."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from conference.accounts.closing import close_account
from conference.mail import send_due
from conference.models import Outbox, User
from conference.services.outbox import hold_waiting
from registration.letters import sending
from registration.letters.audience import Audience
from registration.letters.exceptions import LetterRefused, NobodyToWriteTo, TooLate
from registration.letters.showing import progress_of
from registration.models import Addressee, Letter
from tests.factories import (
    make_appearance,
    make_booking,
    make_registration,
    make_release,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_user,
    make_workshop,
)
from tests.registration.letters.case import LetterCase, make_letter


class SendingTests(LetterCase):
    def test_each_gets_one_mail_in_their_language(self):
        self.send(make_letter(self.edition))
        self.write_all()

        mails = {mail.recipient: mail for mail in Outbox.objects.all()}
        self.assertEqual(set(mails), {self.ada.user.email, self.ben.user.email})
        ada, ben = mails[self.ada.user.email], mails[self.ben.user.email]
        self.assertEqual(
            (ada.subject, ben.subject), ("News of Second conference", "Nieuws van Second conference")
        )
        self.assertIn("Dear Ada,", ada.text)
        self.assertIn("Beste Ben,", ben.html)
        self.assertEqual((ada.kind, ada.edition, ada.unsubscribe_link), ("letter", self.edition, ""))
        self.assertEqual(Letter.objects.get().status, "sent")

    def test_missing_language_falls_back(self):
        self.send(make_letter(self.edition, subjects={"nl": "Hallo"}, texts={"nl": "Beste {name},"}))
        self.write_all()

        self.assertEqual(set(Outbox.objects.values_list("subject", flat=True)), {"Hallo"})

    def test_news_carries_the_link_of_its_reader(self):
        self.send(make_letter(self.edition, is_news=True))
        self.write_all()

        mail = Outbox.objects.get(recipient=self.ben.user.email)
        self.assertIn("/nl/mail/unsubscribe/", mail.unsubscribe_link)
        self.assertIn(mail.unsubscribe_link, mail.text)
        self.assertIn(mail.unsubscribe_link, mail.html)
        self.assertEqual(len(set(Outbox.objects.values_list("unsubscribe_link", flat=True))), 2)

    def test_places_are_filled_from_what_each_person_has(self):
        workshop = make_workshop(self.edition, "Debate")
        slot = make_slot(workshop, release=make_release(self.edition), room=make_room(self.edition, "Attic"))
        make_booking(self.ada, workshop)
        make_appearance(make_session(self.edition, "Opening"), make_speaker(user=self.ben.user))
        texts = {"en": "{workshops} / {session} / {reference} / {venue} / {ticket}"}
        self.send(make_letter(self.edition, subjects={"en": "x"}, texts=texts))
        self.write_all()

        ada, ben = (Outbox.objects.get(recipient=one.user.email).text for one in (self.ada, self.ben))
        self.assertIn("Debate: ", ada)
        self.assertIn(f"{slot.starts_at.astimezone(self.edition.zone):%H:%M}", ada)
        self.assertIn(f" / – / {self.ada.reference} / Main venue / http", ada)
        self.assertIn(f"– / Opening / {self.ben.reference}", ben)

    def test_number_of_queries_does_not_grow_with_people(self):
        texts = {"en": "{name} {workshops} {session} {reference} {venue} {begins} {ticket}"}
        letter = make_letter(self.edition, subjects={"en": "x"}, texts=texts)
        workshop = make_workshop(self.edition)
        make_booking(self.ada, workshop)
        self.send(letter)
        with self.assertNumQueries(14):
            sending.write_batch(letter.pk, timezone.now())
        more = make_letter(self.edition, subjects={"en": "x"}, texts=texts)
        for number in range(3):
            make_booking(make_registration(f"More {number}", self.edition), workshop)
        self.send(more)
        with self.assertNumQueries(14):
            sending.write_batch(more.pk, timezone.now())

    def test_who_came_after_it_was_confirmed_does_not_get_it_and_who_left_neither(self):
        self.send(make_letter(self.edition))
        make_registration("Late", self.edition)
        User.objects.filter(pk=self.ben.user_id).update(is_active=False)
        self.write_all()

        self.assertEqual(self.recipients(), [self.ada.user.email])
        self.assertEqual(progress_of(Letter.objects.get())["left_out"], 1)

    def test_who_unsubscribes_while_news_is_on_its_way_gets_none(self):
        self.send(make_letter(self.edition, is_news=True))
        User.objects.filter(pk=self.ben.user_id).update(wants_news=False)
        self.write_all()

        self.assertEqual(self.recipients(), [self.ada.user.email])

    def test_the_database_takes_nobody_twice_for_a_letter(self):
        letter = self.send(make_letter(self.edition))

        with self.assertRaises(IntegrityError), transaction.atomic():
            Addressee.objects.create(
                letter=letter, user=self.olga, address=self.ada.user.email, language="en"
            )


class RefusalTests(LetterCase):
    def test_second_press_changes_nothing(self):
        letter = make_letter(self.edition)
        self.send(letter)

        with self.assertRaises(TooLate):
            self.send(letter)
        self.write_all()

        self.assertEqual(Outbox.objects.count(), 2)

    def test_nobody_is_refused(self):
        letter = make_letter(self.edition, Audience(attendees=True, statuses=["pending"]))

        with self.assertRaises(NobodyToWriteTo):
            self.send(letter)
        self.assertEqual(Letter.objects.get().status, "draft")

    def test_other_people_or_words_than_were_shown_are_refused(self):
        letter = make_letter(self.edition)
        seen = sending.state_of(letter, 2)
        make_registration("Cleo", self.edition)
        with self.assertRaises(LetterRefused):
            sending.send(letter=letter, by=self.olga, seen=seen)
        letter.save()
        with self.assertRaises(LetterRefused):
            sending.send(letter=letter, by=self.olga, seen=seen.replace(" 2", " 3"))

        self.assertEqual(Addressee.objects.count(), 0)


class ForgettingTests(LetterCase):
    def test_of_a_closed_account_nothing_says_that_it_got_a_letter(self):
        grace = make_user("Grace")
        make_appearance(make_session(self.edition), make_speaker("Grace", email=grace.email))
        letter = make_letter(self.edition, Audience(attendees=True, statuses=["confirmed"], speakers=True))
        self.send(letter)
        self.write_all()

        close_account(user=self.ada.user)
        close_account(user=grace)

        self.assertEqual([one.user for one in Addressee.objects.all()], [self.ben.user])
        self.assertEqual(self.recipients().count(self.ada.user.email), 0)


class StoppingTests(LetterCase):
    def test_stopped_before_anything_is_written(self):
        letter = self.send(make_letter(self.edition))

        sending.stop(letter=letter)
        self.write_all()
        self.assertEqual(Outbox.objects.count(), 0)
        sending.go_on(letter=letter)
        self.write_all()

        self.assertEqual(Outbox.objects.count(), 2)

    def test_what_waits_in_the_outbox_is_held_and_released(self):
        letter = self.send(make_letter(self.edition))
        self.write_all()
        Outbox.objects.filter(recipient=self.ada.user.email).update(status="sent")

        self.assertEqual(sending.stop(letter=letter), 1)
        send_due()
        self.assertEqual(progress_of(letter)["held"], 1)
        sending.go_on(letter=letter)
        self.write_all()

        self.assertEqual(Outbox.objects.filter(status="waiting").count(), 1)
        self.assertEqual(Outbox.objects.count(), 2)

    def test_after_a_restore_it_waits_until_somebody_lets_it_go_on(self):
        letter = self.send(make_letter(self.edition))
        self.write_all()
        Letter.objects.update(status="sending")

        self.assertEqual(hold_waiting(), 2)
        self.write_all()
        self.assertEqual(set(Outbox.objects.values_list("status", flat=True)), {"held"})
        sending.go_on(letter=letter)

        self.assertEqual(Outbox.objects.filter(status="waiting").count(), 2)

    def test_what_is_over_cannot_be_stopped(self):
        letter = self.send(make_letter(self.edition))
        self.write_all()
        Outbox.objects.update(status="sent")

        with self.assertRaises(TooLate):
            sending.stop(letter=letter)
        self.assertEqual(Letter.objects.get().status, "sent")

    def test_failed_mails_are_sent_again(self):
        letter = self.send(make_letter(self.edition))
        self.write_all()
        Outbox.objects.filter(recipient=self.ada.user.email).update(status="failed", last_error="550 no")
        self.assertEqual(progress_of(letter)["failed"], 1)

        self.assertEqual(sending.send_failed_again(letter=letter), 1)

        self.assertEqual(
            progress_of(letter), {"waiting": 2, "sent": 0, "failed": 0, "held": 0, "left_out": 0}
        )
