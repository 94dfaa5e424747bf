"""Views and downloads by presentation, session, edition, theme, time and country; as page and as CSV."""

from collections import Counter
from datetime import date, timedelta

from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from conference.models import Theme
from registration.figures.reading import of_editions, of_themes, over_time, steps_of
from registration.models import Download, ViewCount
from sessions.models import Presentation
from tests.admin_forms import make_staff, queries_of
from tests.factories import (
    make_appearance,
    make_edition,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
)


def look(presentation, count, country="", day=None):
    ViewCount.objects.create(
        presentation=presentation, day=day or timezone.localdate(), country=country, count=count
    )


def take(presentation, count, country=""):
    Download.objects.bulk_create(
        Download(version=presentation.current_file, country=country) for _time in range(count)
    )


@override_settings(STAFF_SECOND_FACTOR=False)
class ReadingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme = Theme.objects.create(title="Gender", slug="gender", start_year=2018, end_year=2019)
        cls.edition = make_edition(theme=cls.theme)
        cls.session = make_session(cls.edition, "A hub")
        cls.one = make_presentation(cls.session, "=Slides")
        cls.other = make_presentation(cls.session, "Notes")
        cls.page = reverse("admin:conference_edition_reading", args=[cls.edition.pk])

    def setUp(self):
        self.client.force_login(make_staff("organiser"))

    def test_a_session_an_edition_and_a_theme_sum_up_their_presentations(self):
        look(self.one, 7)
        look(self.other, 2)
        take(self.one, 3)
        look(make_presentation(make_session(make_edition())), 100)

        context = self.client.get(self.page).context
        rows = {str(heading): rows for _name, heading, _column, rows in context["tables"]}
        self.assertEqual(
            [(one.words, one.views, one.downloads) for one in rows["Sessions"]], [("A hub", 9, 3)]
        )
        self.assertIn(
            (self.edition.short_title, 9, 3), [(one.words, one.views, one.downloads) for one in of_editions()]
        )
        self.assertEqual([(one.words, one.views, one.downloads) for one in of_themes()], [("Gender", 9, 3)])

    def test_small_numbers_of_countries_are_hidden(self):
        for country, count in (("BE", 9), ("NL", 6), ("MT", 2), ("FR", 3)):
            look(self.one, count, country)

        content = self.client.get(self.page).content.decode()

        self.assertIn("Belgium", content)
        self.assertIn("all others together", content)
        self.assertNotIn("Malta", content)
        self.assertNotIn("France", content)

    def test_csv_runs_nothing(self):
        look(self.one, 7)

        response = self.client.get(self.page, {"form": "csv"})

        self.assertEqual(response["Content-Type"], "text/csv; charset=utf-8")
        self.assertIn('"\'=Slides","A hub","7","0"', response.content.decode())

    def csv(self, name):
        response = self.client.get(self.page, {"form": "csv", "of": name})
        self.assertIn(f'filename="{name}-{self.edition.slug}.csv"', response["Content-Disposition"])
        return [
            line.split(",") for line in response.content.decode("utf-8-sig").replace('"', "").splitlines()
        ]

    def test_every_table_is_there_as_csv(self):
        look(self.one, 7, "BE", day=date(2027, 3, 1))
        take(self.one, 6, "BE")

        self.assertEqual(self.csv("sessions")[1:], [["A hub", "7", "6"]])
        self.assertIn([self.edition.short_title, "7", "6"], self.csv("editions"))
        self.assertEqual(self.csv("themes")[1:], [["Gender", "7", "6"]])
        self.assertEqual(sum(int(line[1]) for line in self.csv("time")[1:]), 7)
        self.assertEqual(self.csv("views-by-country")[1:], [["Belgium", "7"]])
        self.assertEqual(self.csv("downloads-by-country")[1:], [["Belgium", "6"]])
        response = self.client.get(self.page, {"form": "csv", "of": "addresses"})
        self.assertEqual(response.status_code, 404)

    def test_no_country_follows_from_the_total_of_the_same_table(self):
        look(self.one, 9, "BE")
        look(self.one, 6, "NL")
        look(self.one, 2, "MT")

        total = sum(row.views for row in of_editions())
        shown = {words: int(count) for words, count in self.csv("views-by-country")[1:]}

        self.assertEqual(sum(shown.values()), total)
        self.assertEqual(shown, {"Belgium": 9, "all others together": 8})
        take(self.one, 3, "MT")
        self.assertEqual(self.csv("downloads-by-country")[1:], [])

    def test_two_sessions_of_one_title_are_two(self):
        look(self.one, 7)
        look(make_presentation(make_session(self.edition, "A hub")), 5)

        self.assertEqual(self.csv("sessions")[1:], [["A hub", "7", "0"], ["A hub", "5", "0"]])

    def test_what_belongs_to_no_edition_is_counted_too(self):
        practice = make_presentation(self.session, "A practice")
        Presentation.objects.filter(pk=practice.pk).update(session=None, edition=None)
        look(practice, 3)

        self.assertIn(
            ("Without an edition", 3, 0), [(one.words, one.views, one.downloads) for one in of_editions()]
        )

    def test_steps_have_no_gaps_and_lose_nothing(self):
        first = date(2027, 1, 1)
        views = Counter({first: 1, first + timedelta(300): 2, first + timedelta(399): 4})
        steps = steps_of(views, Counter({first + timedelta(10): 3}))

        self.assertLessEqual(len(steps), 26)
        self.assertEqual((sum(one.views for one in steps), sum(one.downloads for one in steps)), (7, 3))
        self.assertEqual(steps[-1].day, first + timedelta(399))
        self.assertEqual(over_time(self.edition), [])

    def test_same_number_of_queries_with_one_and_with_three(self):
        look(self.one, 1)
        few = queries_of(self.client, self.page)
        for number in range(3):
            look(make_presentation(make_session(self.edition), f"More {number}"), 1, "BE")

        self.assertEqual(queries_of(self.client, self.page), few)

    def test_a_helper_does_not_see_them(self):
        self.client.force_login(make_staff("helper"))

        self.assertEqual(self.client.get(self.page).status_code, 403)

    def test_each_speaker_sees_their_own(self):
        user = make_user()
        make_appearance(self.session, make_speaker(user=user))
        look(self.one, 41)
        take(self.one, 23)
        self.client.force_login(user)

        response = self.client.get("/speaker/")

        self.assertContains(response, "41 views")
        self.assertContains(response, "23 downloads")
