"""A letter to the people of a session: shown first, sent once, to each alone."""

from django.contrib.admin.models import LogEntry
from django.test import override_settings

from conference.models import Outbox, User
from conference.settings import ACCOUNT_RATE_LIMITS
from registration.groups import services
from tests.admin_forms import read_form
from tests.factories import (
    make_appearance,
)
from tests.registration.groups.facilitating import LETTER, PEOPLE, WRITE, Hubs
from tests.registration.groups.hubs import make_member


class WritingTests(Hubs):
    def preview(self, **changes):
        response = self.client.post(WRITE, LETTER | changes)
        return response, {name: response.context[name] for name in ("seen", "key")}

    def send(self, shown, **changes):
        return self.client.post(WRITE, LETTER | shown | changes | {"step": "send"})

    def recipients(self):
        return sorted(Outbox.objects.values_list("recipient", flat=True))

    def emails(self, *names):
        return sorted(User.objects.filter(name__in=names).values_list("email", flat=True))

    def test_the_letter_is_shown_with_its_number_before_anything_is_sent(self):
        response, _shown = self.preview()

        self.assertContains(response, "It goes to 2 people")
        self.assertContains(response, "&lt;b&gt;&amp;")
        self.assertEqual(self.recipients(), [])

    def test_everybody_of_the_group_gets_one_mail_with_the_words_as_they_were_typed(self):
        _response, shown = self.preview()
        self.assertRedirects(self.send(shown), PEOPLE)

        self.assertEqual(self.recipients(), self.emails("Ada", "Ben"))
        mail = Outbox.objects.first()
        self.assertEqual(mail.subject, "See you")
        self.assertIn("Noor writes to the people of the group “Belgium” in “Country groups”", mail.text)
        self.assertIn("**Not bold** {{ x }} <b>&", mail.text)
        self.assertIn("&lt;b&gt;&amp;", mail.html)
        self.assertNotIn(self.noor.email, mail.text)
        self.assertNotIn("Ben", mail.text)
        self.assertEqual(LogEntry.objects.get().change_message, "Wrote to 2 people: Belgium.")

    def test_nobody_is_counted_who_cannot_be_reached_yet(self):
        stand_in = User.objects.create_stand_in("Bo")
        self.edition.registrations.filter(user__name="Ben").update(user=stand_in)
        self.assertContains(self.client.get(PEOPLE), "not taken over yet")
        response, shown = self.preview()
        self.assertContains(response, "It goes to 1 person.")
        self.send(shown)

        self.assertEqual(self.recipients(), self.emails("Ada"))

    def test_pressing_the_button_twice_sends_once(self):
        _response, shown = self.preview()
        self.send(shown)
        self.assertRedirects(self.send(shown), PEOPLE)

        self.assertEqual(len(self.recipients()), 2)

    def test_a_letter_that_could_not_be_sent_is_not_taken_for_sent(self):
        _response, shown = self.preview()
        people = User.objects.filter(name__in=["Ada", "Ben"])
        people.update(is_active=False)
        self.send(shown)
        people.update(is_active=True)
        self.send(shown)

        self.assertEqual(self.recipients(), self.emails("Ada", "Ben"))

    def test_when_other_people_would_get_it_it_is_shown_again(self):
        _response, shown = self.preview()
        make_member(self.plan, "Cas")
        services.deal_out(plan=self.plan)
        response = self.send(shown)

        self.assertEqual((response.status_code, self.recipients()), (409, []))
        self.assertContains(response, "It goes to 3 people", status_code=409)

    def test_without_having_been_shown_nothing_is_sent(self):
        self.assertEqual(self.send({}).status_code, 409)
        self.assertEqual(self.recipients(), [])

    def test_a_rehearsal_goes_to_the_writer_alone(self):
        self.preview(step="rehearse")

        self.assertEqual(self.recipients(), [self.noor.email])

    def test_a_group_one_does_not_lead_cannot_be_written_to(self):
        _response, shown = self.preview()
        for to in (str(self.italy.pk), "all"):
            self.assertEqual(self.send(shown, to=to).status_code, 422)
        self.assertEqual(self.recipients(), [])

    def test_who_leads_everything_chooses_a_group_or_writes_to_all(self):
        make_appearance(self.session, self.noor.speaker)
        for to, names in ((str(self.italy.pk), ["Gia"]), ("all", ["Ada", "Ben", "Gia"])):
            Outbox.objects.all().delete()
            _response, shown = self.preview(to=to)
            self.send(shown, to=to)
            self.assertEqual(self.recipients(), self.emails(*names))
        self.assertEqual(self.client.post(WRITE, LETTER | {"to": "999"}).status_code, 422)

    def test_readers_get_it_in_their_language_and_closed_accounts_get_nothing(self):
        User.objects.filter(name="Ada").update(language="nl")
        User.objects.filter(name="Ben").update(is_active=False)
        self.belgium.name_nl = "België"
        self.belgium.save()
        _response, shown = self.preview(may_answer="on")
        self.send(shown, may_answer="on")

        mail = Outbox.objects.get()
        self.assertIn("België", mail.text)
        self.assertIn(self.noor.email, mail.text)
        self.assertIn("/nl/ed/sessions/hubs/", mail.text)

    def test_header_tricks_stay_on_one_line_of_the_subject(self):
        changes = {"subject": "Hi\r\nBcc: x@example.org =?utf-8?q?x?="}
        _response, shown = self.preview(**changes)
        self.send(shown, **changes)

        self.assertEqual(Outbox.objects.first().subject, "Hi Bcc: x@example.org = ?utf-8?q?x?=")

    @override_settings(ACCOUNT_RATE_LIMITS=ACCOUNT_RATE_LIMITS)
    def test_nobody_writes_more_than_six_letters_in_an_hour(self):
        statuses = []
        for _turn in range(7):
            _response, shown = self.preview()
            statuses.append(self.send(shown).status_code)

        self.assertEqual(statuses, [302] * 6 + [429])
        self.assertEqual(len(self.recipients()), 12)

    def test_the_form_asks_again_when_something_is_missing(self):
        response = self.client.post(WRITE, {"subject": "", "text": "x"})

        self.assertEqual(response.status_code, 422)
        self.assertContains(self.client.post(WRITE, LETTER | {"step": "change"}), "Bring a pen.")
        self.assertEqual(read_form(self.client, WRITE)["subject"], "")
