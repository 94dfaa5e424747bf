"""What is written down of each change: once, with who, and with the links of the object."""

from django.db.models import F
from django.test import TestCase
from django.utils import timezone

from conference.accounts.services import rename
from conference.models import Page, User
from conference.services.copying import copy_rows
from conference.trail.records import DELETED, TRACKED, acting, note
from registration.models import Registration
from sessions.models import Session, Topic, Workshop
from tests.factories import (
    make_edition,
    make_organiser,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_user,
)


def states(row):
    return list(
        TRACKED[type(row)._meta.concrete_model].history.objects.filter(id=row.pk).order_by("history_id")
    )


class StatesTests(TestCase):
    def setUp(self):
        self.page = Page.objects.create(title="About", slug="about", body="First")

    def test_making_changing_and_deleting_each_leave_a_state(self):
        key = self.page.pk
        self.page.body = "Second"
        self.page.save()
        self.page.delete()

        found = TRACKED[Page].history.objects.filter(id=key).order_by("history_id")
        self.assertEqual(
            [(one.history_type, one.body_en) for one in found],
            [("+", "First"), ("~", "Second"), (DELETED, "Second")],
        )

    def test_saving_without_a_change_leaves_none(self):
        Page.objects.get(pk=self.page.pk).save()

        self.assertEqual(len(states(self.page)), 1)

    def test_logging_in_changes_nothing_and_asks_nothing(self):
        ada = make_user("Ada")
        ada.last_login = timezone.now()
        with self.assertNumQueries(1):
            ada.save(update_fields=["last_login"])
        ada.save()

        self.assertEqual(len(states(ada)), 1)

    def test_every_language_is_kept(self):
        self.page.body_nl = "Tweede"
        self.page.save()

        self.assertEqual((states(self.page)[-1].body_en, states(self.page)[-1].body_nl), ("First", "Tweede"))

    def test_without_a_person_it_was_the_site_and_in_a_task_whoever_asked(self):
        olga = make_organiser()
        with acting(olga):
            self.page.body = "Hers"
            self.page.save()

        self.assertEqual([one.history_user_id for one in states(self.page)], [None, olga.pk])

    def test_what_one_statement_wrote_is_noted(self):
        Page.objects.filter(pk=self.page.pk).update(position=7)
        note(Page.objects.filter(pk=self.page.pk))

        self.assertEqual([one.position for one in states(self.page)], [0, 7])

    def test_services_that_write_with_one_statement_note_it(self):
        ada = make_user("Ada")
        rename(user=ada, name="Ada Lovelace")

        self.assertEqual([one.name for one in states(ada)], ["Ada", "Ada Lovelace"])

    def test_a_copied_edition_begins_with_the_states_of_its_parts(self):
        session = make_session(title="Opening")
        copied = copy_rows(Session, Session.objects.filter(pk=session.pk), slug="another", number=None)

        self.assertEqual([one.history_type for one in states(copied[session.pk])], ["+"])

    def test_what_the_database_computes_is_read_back(self):
        self.page.position = F("position") + 3
        self.page.save()

        self.assertEqual(states(self.page)[-1].position, 3)


class LinksTests(TestCase):
    def setUp(self):
        self.session, self.topic = make_session(), Topic.objects.create(name="Peace", slug="peace")

    def test_links_belong_to_the_state_that_was_saved_with_them(self):
        self.session.title = "Another"
        self.session.save()
        self.session.topics.add(self.topic)

        self.assertEqual(
            [one.linked for one in states(self.session)][-1], {"topics": [self.topic.pk], "competences": []}
        )
        self.assertEqual(len(states(self.session)), 2)

    def test_links_changed_by_another_person_are_a_state_of_their_own(self):
        with acting(make_organiser()):
            self.session.topics.add(self.topic)

        self.assertEqual(
            [one.linked.get("topics", []) for one in states(self.session)], [[], [self.topic.pk]]
        )

    def test_many_rows_are_noted_with_their_links(self):
        self.session.topics.add(self.topic)
        note([self.session])

        self.assertEqual(states(self.session)[-1].linked["topics"], [self.topic.pk])


class WhatIsKeptTests(TestCase):
    def test_a_workshop_saved_under_its_own_name_is_kept_too(self):
        workshop = Workshop.objects.get(pk=make_session(kind="workshop").pk)
        workshop.title = "Renamed"
        workshop.save()

        self.assertEqual(states(workshop)[-1].title_en, "Renamed")

    def test_of_slots_the_draft_only(self):
        edition = make_edition()
        session = make_session(edition)
        drafted, released = make_slot(session), make_slot(session, release=make_release(edition))

        self.assertEqual((len(states(drafted)), len(states(released))), (1, 0))

    def test_no_state_holds_needs_codes_keys_or_passwords(self):
        secret = {
            Registration: ["dietary_needs", "access_needs", "ticket_code"], User: ["password", "last_login"],
            TRACKED[Registration].model._meta.get_field("registration_type").related_model: ["invitation_key"],
        }  # fmt: skip
        for model, names in secret.items():
            kept = {one.name for one in TRACKED[model].history._meta.get_fields()}
            self.assertEqual(kept & set(names), set(), model)

    def test_stand_ins_who_hold_a_place_are_nobody(self):
        nobody = User.objects.create_stand_in("Colleague")

        self.assertEqual(states(nobody), [])

    def test_what_organisers_edit_is_kept_and_machine_rows_are_not(self):
        names = {model.__name__ for model in TRACKED}
        self.assertLess(
            {"Edition", "Session", "Slot", "Speaker", "Presentation", "Registration", "User"}, names
        )
        self.assertEqual(names & {"Outbox", "Task", "LibraryEntry", "Star", "Answer", "CheckIn"}, set())

    def test_a_registration_says_whose_it_was(self):
        place = make_registration("Ada")

        self.assertEqual(states(place)[0].user_id, place.user_id)
