"""Who sees the people of a session, and what of them; and a letter that goes to them, once."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.models import Outbox, User
from conference.settings import ACCOUNT_RATE_LIMITS
from registration.groups import services
from registration.models import Answer, Question
from sessions.models import Session
from tests.admin_forms import make_staff, read_form
from tests.factories import (
    make_appearance,
    make_booking,
    make_organiser,
    make_session,
    make_speaker,
    make_user,
    make_workshop,
)
from tests.registration.groups.hubs import make_hubs, make_member

PEOPLE, WRITE, OUTCOMES = (f"/ed/sessions/hubs/{page}/" for page in ("people", "people/write", "outcomes"))
PAGES = (PEOPLE, WRITE, OUTCOMES)
LETTER = {"subject": "See you", "text": "Bring a pen.\n\n**Not bold** {{ x }} <b>&"}


class Hubs(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_hubs()
        cls.session = cls.plan.session
        cls.edition = cls.session.edition
        cls.belgium, cls.italy, cls.others = cls.plan.groups.all()
        cls.noor, cls.giorgio = (User.objects.get(name=name) for name in ("Noor", "Giorgio"))

    def setUp(self):
        cache.clear()
        self.client.force_login(self.noor)

    def statuses(self, person):
        self.client.force_login(person)
        return {self.client.get(page).status_code for page in PAGES}


@override_settings(STAFF_SECOND_FACTOR=False)
class WhoLeadsTests(Hubs):
    def names(self, page=PEOPLE):
        text = self.client.get(page).content.decode()
        return [name for name in ("Ada", "Ben", "Gia") if f">{name}<" in text]

    def test_a_facilitator_sees_the_people_of_the_own_group_only(self):
        self.assertEqual(self.names(), ["Ada", "Ben"])
        self.client.force_login(self.giorgio)
        self.assertEqual(self.names(), ["Gia"])

    def test_after_a_merge_both_facilitators_see_everyone_who_sits_together(self):
        services.merge(group=self.italy, into=self.belgium)
        for person in (self.noor, self.giorgio):
            self.client.force_login(person)
            self.assertEqual(self.names(), ["Ada", "Ben", "Gia"])

    def test_whoever_leads_the_whole_session_and_organisers_see_all(self):
        for part in ("facilitator", "chair", "speaker"):
            user = make_user(part)
            make_appearance(self.session, make_speaker(user=user), part=part)
            self.client.force_login(user)
            self.assertEqual(self.names(), ["Ada", "Ben", "Gia"], part)
        self.client.force_login(make_staff("organiser"))
        self.assertEqual(self.names(), ["Ada", "Ben", "Gia"])

    def test_for_everybody_else_nothing_is_there(self):
        elsewhere = make_user("Speaker elsewhere")
        make_appearance(make_session(self.edition), make_speaker(user=elsewhere), part="facilitator")
        panellist = make_user("Panellist")
        make_appearance(self.session, make_speaker(user=panellist), part="panellist")
        attendee = self.edition.registrations.first().user
        staff = [make_staff(role) for role in ("helper", "registration desk", "programme editor")]
        for person in (elsewhere, panellist, attendee, make_user("Plain"), *staff):
            self.assertEqual(self.statuses(person), {404}, person)
            for page in (WRITE, OUTCOMES):
                self.assertEqual(self.client.post(page, LETTER | {"step": "send"}).status_code, 404)
        self.client.logout()
        self.assertEqual({self.client.get(page).status_code for page in PAGES}, {302})
        self.assertEqual(Outbox.objects.count(), 0)

    def test_staff_without_their_second_factor_are_nobody_here(self):
        with override_settings(STAFF_SECOND_FACTOR=True):
            self.assertEqual(self.statuses(make_staff("organiser")), {404})

    def test_a_facilitator_who_is_taken_off_the_group_is_out_at_once(self):
        self.assertEqual(self.statuses(self.noor), {200})
        self.belgium.facilitators.clear()
        self.assertEqual(self.statuses(self.noor), {404})

    def test_an_account_that_is_no_longer_that_of_the_speaker_is_out_at_once(self):
        self.belgium.facilitators.update(user=None)
        self.assertEqual(self.statuses(self.noor), {404})

    def test_of_what_does_not_take_place_or_is_not_published_facilitators_see_nothing(self):
        for status in ("cancelled", "withdrawn", "draft"):
            Session.objects.filter(pk=self.session.pk).update(status=status)
            self.assertEqual(self.statuses(self.noor), {404}, status)
        Session.objects.filter(pk=self.session.pk).update(status="published")
        services.take_back(plan=self.plan)
        self.assertEqual(self.statuses(self.noor), {404})

    def test_organisers_can_still_write_to_the_people_of_a_cancelled_session(self):
        Session.objects.filter(pk=self.session.pk).update(status="cancelled")
        self.assertEqual(self.statuses(make_staff("organiser")), {200})

    def test_a_session_of_another_edition_is_not_reached_through_this_one(self):
        self.client.force_login(make_organiser())
        other = make_session(slug="other")
        self.assertEqual(self.client.get(PEOPLE.replace("hubs", other.slug)).status_code, 404)

    def test_the_list_closes_for_facilitators_when_the_needs_are_deleted(self):
        today = timezone.now().date()
        for days, expected in ((29, ["Ada", "Ben"]), (31, [])):
            day = today - timedelta(days=days)
            type(self.edition).objects.filter(pk=self.edition.pk).update(starts_on=day, ends_on=day)
            self.assertEqual(self.names(), expected)
        self.assertContains(self.client.get(PEOPLE), "the list of people is closed")
        self.assertEqual(self.client.post(WRITE, LETTER | {"step": "send"}).status_code, 422)
        self.assertEqual(Outbox.objects.count(), 0)


class WhatIsSeenTests(Hubs):
    def test_needs_of_the_room_are_shown_and_nothing_else(self):
        ada = self.edition.registrations.get(user__name="Ada")
        ada.access_needs, ada.dietary_needs, ada.organisation_name = "A ramp", "CANARY-DIET", "A school"
        ada.save()
        for label, fields in {
            "Laptop?": {"concerns_room": True},
            "CANARY-PRIVATE": {},
            "CANARY-SENSITIVE": {
                "concerns_room": True, "is_sensitive": True, "purpose": "x", "delete_on": "2030-01-01",
            },
        }.items():  # fmt: skip
            question = Question.objects.create(edition=self.edition, label=label, **fields)
            Answer.objects.create(
                registration=ada, question=question, text=f"answer {label}", answered_at=timezone.now()
            )
        text = self.client.get(PEOPLE).content.decode()

        for words in ("A ramp", "A school", "answer Laptop?"):
            self.assertIn(words, text)
        for words in ("CANARY", ada.user.email, ada.reference, ada.ticket_code):
            self.assertNotIn(words, text)

    def test_a_workshop_shows_those_with_a_place_and_a_session_without_places_nobody(self):
        workshop = make_workshop(self.edition, slug="shop")
        ada, ben = self.edition.registrations.filter(country="BE").order_by("user__name")
        make_booking(ada, workshop)
        make_booking(ben, workshop, status="waiting")
        plenary = make_session(self.edition, slug="plenary")
        for session in (workshop, plenary):
            make_appearance(session, self.noor.speaker)
        listed = self.client.get("/ed/sessions/shop/people/")

        self.assertContains(listed, ">Ada<")
        self.assertNotContains(listed, ">Ben<")
        self.assertContains(self.client.get("/ed/sessions/plenary/people/"), "there is no list")

    def test_the_same_number_of_queries_for_two_and_for_four_people(self):
        question = Question.objects.create(edition=self.edition, label="Laptop?", concerns_room=True)
        counts = []
        for names in ((), ("Cas", "Dov")):
            for name in names:
                make_member(self.plan, name).answers.create(
                    question=question, text="x", answered_at=timezone.now()
                )
            services.deal_out(plan=self.plan)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(PEOPLE)
            counts.append(len(queries))

        self.assertEqual(counts[0], counts[1])

    def test_the_desk_of_a_speaker_and_the_page_of_the_session_lead_there(self):
        for page in ("/speaker/", "/ed/sessions/hubs/"):
            self.assertContains(self.client.get(page), PEOPLE)
        self.client.force_login(self.edition.registrations.first().user)
        for page in ("/speaker/", "/ed/sessions/hubs/"):
            self.assertNotContains(self.client.get(page), PEOPLE)


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

    def test_pressing_the_button_twice_sends_once(self):
        _response, shown = self.preview()
        self.send(shown)
        self.assertRedirects(self.send(shown), PEOPLE)

        self.assertEqual(len(self.recipients()), 2)

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
