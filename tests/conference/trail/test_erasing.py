"""A closed account leaves no trace in former states; what others changed stays."""

from django.apps import apps
from django.test import TestCase

from conference.accounts.closing import close_account
from conference.models import Page, User
from conference.trail.records import TRACKED, acting
from registration.models import Registration
from speakers.models import Speaker
from tests.factories import (
    make_appearance,
    make_organiser,
    make_registration,
    make_session,
    make_speaker,
    make_user,
)

CANARIES = ["Ada Lovelace", "ada.canary@example.org", "canary-biography", "canary-school"]


def everything_kept():
    """All that stands in any history table, as one text."""
    models = [model for model in apps.get_models() if model.__name__.startswith("Historical")]
    return "\n".join(str(row) for model in models for row in model._base_manager.values_list())


class ErasingTests(TestCase):
    def setUp(self):
        self.olga = make_organiser("Olga")
        self.ada = make_user("Ada Lovelace", email="ada.canary@example.org")
        self.speaker = make_speaker(
            "Ada Lovelace", biography="canary-biography", email=self.ada.email, country="BE"
        )
        self.speaker.user = self.ada
        self.speaker.save()
        self.place = make_registration(user=self.ada, organisation_name="canary-school")
        self.page = Page.objects.create(title="About", slug="about", body="Written by Ada Lovelace.")

    def test_there_was_something_to_find(self):
        said = everything_kept()
        self.assertEqual([word for word in CANARIES if word not in said], [])

    def test_nothing_of_the_person_is_left(self):
        close_account(user=self.ada, name_stays=False)

        said = everything_kept()
        self.assertEqual([word for word in CANARIES if word in said], [])
        for model in (Registration, Speaker, User):
            kind = TRACKED[model]
            column = "id" if kind.person == "id" else f"{kind.person}_id"
            self.assertFalse(kind.history.objects.filter(**{column: self.ada.pk}).exists(), model)

    def test_whoever_speaks_keeps_a_page_without_former_states(self):
        make_appearance(make_session(), self.speaker)

        close_account(user=self.ada, name_stays=True)

        (only,) = TRACKED[Speaker].history.objects.filter(id=self.speaker.pk)
        self.assertEqual((only.email, only.biography, only.user_id), ("", "", None))

    def test_what_they_did_stays_but_not_that_it_was_they(self):
        with acting(self.ada):
            self.page.position = 4
            self.page.save()
        key = self.ada.pk

        close_account(user=self.ada)

        changed = TRACKED[Page].history.objects.filter(id=self.page.pk).latest("history_id")
        self.assertEqual((changed.position, changed.history_user_id), (4, 0))
        self.client.force_login(self.olga)
        line = self.client.get("/admin/trail/?kind=conference.page").context["lines"][0]
        self.assertEqual(line.entry.who, "–")
        self.assertNotIn(f"'history_user_id': {key}", everything_kept())

    def test_states_of_others_stay_as_they_are(self):
        ben = make_registration("Ben", organisation_name="Ben's school")

        close_account(user=self.ada)

        self.assertEqual(TRACKED[Registration].history.objects.filter(user=ben.user).count(), 1)
        self.assertIn("Ben's school", everything_kept())
