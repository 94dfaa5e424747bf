"""A person over all editions, with the role they had then."""

from datetime import date

from django.test import TestCase

from tests.factories import make_appearance, make_edition, make_organisation, make_session, make_speaker


class SpeakerPageTests(TestCase):
    def page(self, speaker):
        response = self.client.get(speaker.get_absolute_url())
        self.assertEqual(response.status_code, 200)
        return response.content.decode()

    def test_every_edition_stands_there_latest_first_with_the_role_of_then(self):
        ada = make_speaker(
            "Ada Lovelace", biography="Writes **programs**.", country="GB", website="https://a.org"
        )
        old = make_edition("Old", starts_on=date(2015, 1, 1), ends_on=None, date_precision="year")
        new = make_edition("New", starts_on=date(2027, 1, 1), ends_on=None)
        make_appearance(make_session(old), ada, role="student", organisation=make_organisation("School"))
        make_appearance(make_session(new), ada, role="director", part="chair")
        make_appearance(make_session(new), ada, role="writer")
        editions = self.client.get(ada.get_absolute_url()).context["editions"]

        found = [(edition.title, [one.role for one in appearances]) for edition, appearances in editions]
        self.assertEqual(found, [("New", ["director", "writer"]), ("Old", ["student"])])
        page = self.page(ada)
        for words in (
            "Chair: director",
            "student, <a href=",
            ">School</a>",
            "<strong>programs</strong>",
            "United Kingdom",
        ):
            self.assertIn(words, page)
        self.assertIn('href="https://a.org" rel="external noopener nofollow"', page)

    def test_a_minor_is_shown_by_first_name_only(self):
        tom = make_speaker(
            "Tom Secret", is_minor=True, country="BE", website="https://tom.example", biography="Tom Secret",
            portrait="portraits/tom.png", email="tom@example.org",
        )  # fmt: skip
        session = make_session(slug="s")
        make_appearance(session, tom, role="pupil")

        for page in (self.page(tom), self.client.get(session.get_absolute_url()).content.decode()):
            self.assertIn("Tom", page)
            for words in ("Secret", "tom.example", "tom.png", "Belgium", "tom@"):
                self.assertNotIn(words, page)

    def test_no_page_shows_an_email_address(self):
        ada = make_speaker("Ada", email="ada@example.org")
        make_appearance(make_session(), ada)

        self.assertNotIn("ada@example.org", self.page(ada))

    def test_nonsense_is_not_found(self):
        for slug in ("nobody", "🦊", "..", "x" * 10_000):
            self.assertEqual(self.client.get(f"/speakers/{slug}/").status_code, 404)
