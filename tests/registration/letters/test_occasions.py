"""Letters that go by themselves: at their moment, late too, each once, but never when they would be senseless."""

from datetime import UTC, date, datetime, time, timedelta

from django.test import override_settings
from django.urls import reverse

from conference.mail import send_due
from conference.models import Outbox
from registration.letters import occasions
from registration.letters.exceptions import TooLate
from registration.letters.forgetting import forget_old_addressees
from registration.letters.moments import last_moment, moment_of
from registration.models import Addressee, Letter
from tests.admin_forms import make_staff, read_form
from tests.factories import make_edition, make_registration, make_user
from tests.registration.letters.case import LetterCase, make_letter

DAY = timedelta(days=1)
THE_DAY_BEFORE = datetime(2027, 3, 11, 9, tzinfo=UTC)  # ten o'clock in Brussels


class OccasionCase(LetterCase):
    def setUp(self):
        self.edition.starts_on, self.edition.ends_on = date(2027, 3, 12), date(2027, 3, 13)
        self.edition.registration_closes_at = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)
        self.edition.save()

    def plan(self, occasion, days=1, clock=time(10)):
        return occasions.plan(edition=self.edition, occasion=occasion, days=days, clock=clock, by=self.olga)


class MomentTests(OccasionCase):
    def test_moments_are_told_from_the_edition_on_its_own_clock(self):
        begins, closes, thanks = (self.plan(one) for one in ("tomorrow", "closing", "thanks"))

        self.assertEqual(moment_of(begins), THE_DAY_BEFORE)
        self.assertEqual(moment_of(closes), datetime(2027, 2, 28, 9, tzinfo=UTC))
        self.assertEqual(moment_of(thanks), datetime(2027, 3, 14, 9, tzinfo=UTC))
        self.assertEqual(last_moment(begins), datetime(2027, 3, 11, 23, tzinfo=UTC))
        self.assertEqual(last_moment(closes), self.edition.registration_closes_at)

    def test_a_date_known_only_to_the_month_has_no_day_before(self):
        self.edition.date_precision = "month"

        self.assertIsNone(moment_of(self.plan("tomorrow")))

    def test_the_same_moment_twice_is_refused(self):
        self.plan("tomorrow")

        with self.assertRaises(occasions.MomentTaken):
            self.plan("tomorrow")
        self.plan("tomorrow", days=3)


class GoingTests(OccasionCase):
    def test_it_goes_once_at_its_moment_to_everybody_it_is_for(self):
        self.plan("tomorrow")
        self.write_all(THE_DAY_BEFORE - timedelta(seconds=1))
        self.assertEqual(Outbox.objects.count(), 0)

        self.write_all(THE_DAY_BEFORE)
        self.write_all(THE_DAY_BEFORE + timedelta(hours=1))

        self.assertEqual(self.recipients(), sorted([self.ada.user.email, self.ben.user.email]))
        mail = Outbox.objects.get(recipient=self.ada.user.email)
        self.assertEqual(mail.subject, "Second conference: all that you need")
        self.assertIn(f"/{self.edition.slug}/my-registration/", mail.text)
        self.assertNotIn("{", mail.text)

    def test_it_goes_late_but_not_when_it_would_be_senseless(self):
        letter = self.plan("tomorrow")
        self.write_all(THE_DAY_BEFORE + timedelta(hours=13))
        self.assertEqual(Outbox.objects.count(), 2)

        missed = self.plan("tomorrow", days=2)
        self.write_all(THE_DAY_BEFORE + timedelta(hours=15))

        self.assertEqual(Outbox.objects.count(), 2)
        letter.refresh_from_db()
        missed.refresh_from_db()
        self.assertEqual((letter.status, missed.status), ("sent", "missed"))

    def test_mail_that_waited_too_long_in_the_outbox_is_not_sent(self):
        self.plan("tomorrow")
        self.write_all(THE_DAY_BEFORE)

        send_due(THE_DAY_BEFORE + DAY)

        self.assertEqual(set(Outbox.objects.values_list("status", flat=True)), {"failed"})
        self.assertIn("too late", Outbox.objects.first().last_error)

    def test_nothing_goes_of_an_edition_that_nobody_sees_or_when_it_is_switched_off(self):
        letter = self.plan("tomorrow")
        occasions.switch(letter=letter, is_on=False)
        self.write_all(THE_DAY_BEFORE)
        occasions.switch(letter=letter, is_on=True)
        type(self.edition).objects.update(is_published=False)
        self.write_all(THE_DAY_BEFORE)

        self.assertEqual(Addressee.objects.count(), 0)

    def test_who_was_at_an_earlier_edition_hears_that_registration_closes_and_can_unsubscribe(self):
        earlier = make_edition(series=self.edition.series)
        cleo = make_registration("Cleo", earlier).user
        make_registration(edition=earlier, user=make_user("Dora", wants_news=False))
        make_registration(edition=earlier, user=self.ada.user)
        self.plan("closing", days=3)
        self.write_all(datetime(2027, 2, 28, tzinfo=UTC))

        mail = Outbox.objects.get()
        self.assertEqual(mail.recipient, cleo.email)
        self.assertIn(f"/{self.edition.slug}/register/", mail.text)
        self.assertIn(mail.unsubscribe_link, mail.text)

    def test_thanks_lead_to_presentations_and_certificates(self):
        self.plan("thanks")
        self.write_all(datetime(2027, 3, 20, tzinfo=UTC))

        text = Outbox.objects.get(recipient=self.ada.user.email).text
        self.assertIn(f"/{self.edition.slug}/presentations/", text)
        self.assertIn("/accounts/registrations/", text)


class ChangingTests(OccasionCase):
    def test_words_are_changed_and_restored_while_it_waits(self):
        letter = self.plan("thanks")
        original = letter.texts
        occasions.save_words(letter=letter, changes={"texts": {"en": "Bye"}, "subjects": {"en": "Bye"}})
        self.assertEqual(Letter.objects.get().texts, {"en": "Bye"})

        occasions.restore(letter=letter)

        self.assertEqual(Letter.objects.get().texts, original)

    def test_what_went_is_not_changed_any_more(self):
        letter = self.plan("thanks")
        self.write_all(datetime(2027, 3, 20, tzinfo=UTC))

        for step in (occasions.discard, occasions.restore):
            with self.assertRaises(TooLate):
                step(letter=letter)

    def test_who_got_it_is_forgotten_and_how_many_stays(self):
        letter = self.send(make_letter(self.edition))
        self.write_all()
        letter.refresh_from_db()

        self.assertEqual(forget_old_addressees(letter.finished_at + 89 * DAY), 0)
        self.assertEqual(forget_old_addressees(letter.finished_at + 91 * DAY), 2)
        letter.refresh_from_db()
        self.assertEqual(letter.reader_count, 2)


@override_settings(STAFF_SECOND_FACTOR=False)
class PageTests(OccasionCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(make_staff("organiser"))
        self.list = reverse("admin:conference_edition_letters", args=[self.edition.pk])

    def page(self, letter, name="letter"):
        return reverse(f"admin:conference_edition_{name}", args=[self.edition.pk, letter.guid])

    def test_planned_looked_at_changed_switched_off_and_thrown_away(self):
        self.client.post(self.list, {"step": "plan", "occasion": "tomorrow", "days": "1", "clock": "10:00"})
        letter = Letter.objects.get()
        self.assertContains(self.client.get(self.list), "11 March 2027, 10:00")
        page = self.page(letter)
        self.assertContains(self.client.get(page), "Have your ticket ready")
        form = read_form(self.client, self.page(letter, "letter_edit"))
        self.client.post(self.page(letter, "letter_edit"), form | {"text_en": "Bring {nothing}"})
        self.client.post(self.page(letter, "letter_edit"), form | {"text_en": "Bring a pen, {name}."})
        self.assertContains(self.client.get(page), "Bring a pen, Ada.")
        for step in ("restore", "off"):
            self.client.post(page, {"step": step})
        self.assertContains(self.client.get(page), "Have your ticket ready")
        self.assertEqual(Letter.objects.get().status, "draft")
        self.assertEqual(self.client.get(self.page(letter, "letter_send")).status_code, 404)
        self.client.post(page, {"step": "discard"})
        self.assertFalse(Letter.objects.exists())

    def test_the_day_itself_is_too_late_for_the_day_before(self):
        response = self.client.post(
            self.list, {"step": "plan", "occasion": "tomorrow", "days": "0", "clock": "10:00"}
        )

        self.assertEqual(list(response.context["form"].errors), ["days"])
