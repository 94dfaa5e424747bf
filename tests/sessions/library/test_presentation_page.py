"""What the page of a presentation says of it, to people and to machines."""

import json

from django.test import TestCase

from conference.content import touch
from sessions.models import Audience, Competence, Credit, Level, Presentation, Subject, Topic
from tests.factories import make_appearance, make_edition, make_presentation, make_session, make_speaker
from tests.sessions.pages import organiser_client, text_of
from tests.sessions.test_event_data import BLOCK, empties


class PresentationPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.session = make_session(make_edition("Second conference", slug="ed"), "Opening")
        cls.speaker = make_speaker("Ada Lovelace", slug="ada")
        make_appearance(cls.session, cls.speaker)
        cls.deck = make_presentation(
            cls.session, "Dialogue </script>", audience="members", age_from=10, age_to=12, country="BE",
            doi="10.1234/a(1)", licence="cc-by-sa", description="What *helps*.",
        )  # fmt: skip
        Credit.objects.create(presentation=cls.deck, name="Ada L.", speaker=cls.speaker)
        cls.deck.topics.add(Topic.objects.create(name="Peace", slug="peace"))
        cls.deck.for_whom.add(Audience.objects.create(name="Choirs", slug="choirs"))
        cls.deck.levels.add(Level.objects.create(name="Evening", slug="evening"))
        cls.deck.subjects.add(Subject.objects.create(name="Latin", slug="latin"))
        cls.deck.competences.add(Competence.objects.create(name="Empathy", slug="empathy"))
        cls.bare = make_presentation(title="Bare")

    def data(self, presentation):
        (block,) = BLOCK.findall(text_of(self.client, presentation.get_absolute_url()))
        return json.loads(block)

    def test_each_word_leads_into_the_library(self):
        page = text_of(self.client, self.deck.get_absolute_url())

        for address, words in {
            "/topics/peace/": "Peace", "/library/?audience=choirs": "Choirs", "/library/?level=evening": "Evening",
            "/library/?subject=latin": "Latin", "/library/?competence=empathy": "Empathy",
            "/library/?country=BE": "Belgium", "https://doi.org/10.1234/a%281%29": "10.1234/a(1)",
        }.items():  # fmt: skip
            self.assertIn(f'<a href="{address}">{words}</a>', page)
        self.assertIn("<dd>10–12</dd>", page)

    def test_machines_read_what_it_teaches_whom_and_what_it_costs(self):
        said = self.data(self.deck)

        self.assertEqual(said["@type"], ["LearningResource", "PresentationDigitalDocument"])
        self.assertEqual(
            (said["name"], said["teaches"], said["educationalLevel"], said["about"]),
            ("Dialogue </script>", ["Empathy"], ["Evening"], ["Peace", "Latin"]),
        )
        self.assertEqual((said["isAccessibleForFree"], said["conditionsOfAccess"]), (True, "Free account"))
        self.assertEqual(said["license"], "https://creativecommons.org/licenses/by-sa/4.0/")
        self.assertEqual((said["typicalAgeRange"], said["spatialCoverage"]["name"]), ("10-12", "Belgium"))
        self.assertEqual(said["author"][0]["name"], "Ada L.")
        self.assertEqual(said["@reverse"]["workFeatured"]["name"], "Second conference")

    def test_nothing_empty_is_said(self):
        for presentation in (self.deck, self.bare):
            self.assertEqual(empties(self.data(presentation)), [])

    def test_what_only_attendees_get_is_not_free_for_the_asking(self):
        Presentation.objects.filter(pk=self.deck.pk).update(audience="attendees")

        self.assertFalse(self.data(self.deck)["isAccessibleForFree"])

    def test_a_minor_is_called_by_the_first_name_whatever_was_printed(self):
        self.deck.credits.update(name="Ada Canarysurname")
        addresses = [
            self.deck.get_absolute_url(),
            "/library/feed.atom",
            f"/packs/session/{self.deck.session.guid}/",
        ]
        addresses += [f"/presentations/{self.deck.guid}/cite.{ending}" for ending in ("bib", "ris", "json")]
        self.assertIn("Canarysurname", text_of(self.client, addresses[0]))

        type(self.speaker).objects.update(name="Ada Canarysurname", is_minor=True)

        touch()
        for address in addresses:
            with self.subTest(address):
                page = text_of(self.client, address)
                self.assertNotIn("Canarysurname", page)

    def test_a_minor_has_no_address(self):
        type(self.speaker).objects.update(is_minor=True)

        self.assertNotIn("url", self.data(self.deck)["author"][0])

    def test_machines_read_nothing_of_what_is_hidden(self):
        Presentation.objects.filter(pk=self.deck.pk).update(audience="organisers")
        page = text_of(organiser_client(), self.deck.get_absolute_url())

        self.assertEqual(BLOCK.findall(page), [])

    def test_references_stand_on_the_page_and_open(self):
        page = text_of(self.client, self.deck.get_absolute_url())

        for ending in ("bib", "ris", "json"):
            address = f"/presentations/{self.deck.guid}/cite.{ending}"
            self.assertIn(f'href="{address}"', page)
            self.assertEqual(self.client.get(address).status_code, 200)
