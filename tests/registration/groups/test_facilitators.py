"""Who sees the people of a session, and what of them."""

from datetime import timedelta

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.models import Outbox
from registration.groups import services
from registration.models import Answer, Question
from sessions.models import Session
from tests.admin_forms import make_staff
from tests.factories import (
    make_appearance,
    make_booking,
    make_organisation,
    make_organiser,
    make_session,
    make_speaker,
    make_user,
    make_workshop,
)
from tests.registration.groups.facilitating import LETTER, OUTCOMES, PAGES, PEOPLE, WRITE, Hubs
from tests.registration.groups.hubs import make_member


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
        today = timezone.localdate()
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

        for words in ("A ramp", "A school", ">Laptop?<", "answer Laptop?"):
            self.assertEqual(text.count(words), 1, words)
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
                member = make_member(self.plan, name, organisation=make_organisation(f"School of {name}"))
                member.answers.create(question=question, text="x", answered_at=timezone.now())
            services.deal_out(plan=self.plan)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(PEOPLE)
            counts.append(len(queries))

        self.assertEqual(counts[0], counts[1])
        self.assertContains(self.client.get(PEOPLE), "School of Cas")

    def test_the_desk_of_a_speaker_and_the_page_of_the_session_lead_there(self):
        for page in ("/speaker/", "/ed/sessions/hubs/"):
            for link in (*PAGES, f"{PEOPLE}presence/"):
                self.assertContains(self.client.get(page), f'href="{link}"')
        self.client.force_login(self.edition.registrations.first().user)
        for page in ("/speaker/", "/ed/sessions/hubs/"):
            self.assertNotContains(self.client.get(page), PEOPLE)
