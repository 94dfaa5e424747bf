"""Every role against every audience, state and moment, over the pages that name many presentations or cite one."""

import re
from itertools import product

from django.test import TestCase

from conference.models import Edition, Theme
from sessions.models import Presentation, Topic
from tests.test_access_matrix import (
    AUDIENCES,
    MOMENTS,
    ROLES,
    STATES,
    client_of,
    expected,
    make_one,
    make_people,
)

TITLE = re.compile(r"Slides (\d+)\b")
EVERYBODY = "anonymous"


class AccessListTests(TestCase):
    """What one may not know of is named nowhere; every presentation is about one topic and one theme."""

    @classmethod
    def setUpTestData(cls):
        cls.people = make_people()
        combinations = list(product(AUDIENCES, STATES, MOMENTS))
        cls.made = [
            (each, make_one(*each, cls.people, number)[0]) for number, each in enumerate(combinations, 1)
        ]
        cls.topic = Topic.objects.create(name="Peace", slug="peace")
        cls.topic.presentations.set(Presentation.objects.all())
        cls.theme = Theme.objects.create(title="Gender", slug="gender", start_year=2018, end_year=2019)
        Edition.objects.update(theme=cls.theme)

    def known_to(self, role, *, is_public=False):
        """Titles of what this role may know of, or of that what is public."""
        return {
            one.title
            for combination, one in self.made
            if expected(role, *combination) != "nothing" and (not is_public or combination[1] == "approved")
        }

    def titles_at(self, client, url):
        answer = client.get(url)
        self.assertEqual(answer.status_code, 200, url)
        return {f"Slides {number}" for number in TITLE.findall(answer.content.decode())}

    def test_the_pages_of_a_topic_and_a_theme_name_what_each_role_may_know_of(self):
        for role in ROLES:
            client = client_of(role, self.people)
            for prefix in ("", "/nl"):
                with self.subTest(role=role, prefix=prefix):
                    self.assertEqual(self.titles_at(client, f"{prefix}/topics/peace/"), self.known_to(role))
                    self.assertEqual(
                        self.titles_at(client, f"{prefix}/themes/gender/"),
                        self.known_to(role, is_public=True),
                    )

    def test_the_feed_names_to_everybody_what_everybody_may_know_of(self):
        for role in ROLES:
            client = client_of(role, self.people)
            with self.subTest(role=role):
                self.assertEqual(self.titles_at(client, "/library/feed.atom"), self.known_to(EVERYBODY))

    def test_the_feed_of_an_edition_is_that_of_the_library_and_of_a_hidden_edition_there_is_none(self):
        for combination, one in self.made:
            answer = client_of("organiser", self.people).get(f"/{one.edition.slug}/presentations/feed.atom")
            if combination[1] == "edition hidden":
                self.assertEqual(answer.status_code, 404)
            else:
                named = TITLE.findall(answer.content.decode())
                self.assertEqual(bool(named), expected(EVERYBODY, *combination) != "nothing", combination)

    def test_a_reference_is_given_to_whom_may_know_of_it(self):
        """To each role one presentation of each outcome in every state."""
        for role in ROLES:
            client, firsts = client_of(role, self.people), {}
            for combination, one in self.made:
                firsts.setdefault((expected(role, *combination), combination[1]), one)
            for (outcome, state), one in firsts.items():
                status = 404 if outcome == "nothing" else 200
                url = f"/presentations/{one.guid}/cite.bib"
                self.assertEqual(client.get(url).status_code, status, (role, outcome, state))
