from datetime import date

from django.contrib.admin.models import LogEntry
from django.test import TestCase
from django.urls import reverse

from conference.models import Edition
from sessions.models import Slot
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import make_edition, make_organiser, make_room, make_session, make_slot, make_workshop


class CopyPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.organiser = make_organiser()
        cls.edition = make_edition(
            "First conference",
            slug="first",
            ordinal=1,
            starts_on=date(2027, 3, 13),
            ends_on=date(2027, 3, 14),
        )
        make_slot(make_session(cls.edition, number=1), room=make_room(cls.edition))
        make_workshop(cls.edition)
        cls.address = reverse("admin:conference_edition_copy", args=[cls.edition.pk])

    def setUp(self):
        self.client.force_login(self.organiser)

    def send(self, **changes):
        data = {**read_form(self.client, self.address), "slug": "second", **changes}
        return self.client.post(
            self.address, {name: value for name, value in data.items() if value is not None}
        )

    def test_page_says_what_is_taken_along_and_what_stays(self):
        page = self.client.get(self.address)

        for words in ("1 session or break", "1 workshop", "1 time in the timetable", "1 venue", "1 room"):
            self.assertContains(page, f"<li>{words}</li>", html=True)
        self.assertNotContains(page, "1 track")
        self.assertContains(page, "Nothing of people is copied")

    def test_next_ordinal_and_the_same_weekday_a_year_later_are_suggested(self):
        form = read_form(self.client, self.address)

        self.assertEqual((form["ordinal"], form["starts_on"], form["slug"]), ("2", "2028-03-11", ""))

    def test_copy_leads_to_the_form_of_the_new_edition_and_says_what_comes_next(self):
        answer = self.send()

        new = Edition.objects.get(slug="second")
        self.assertRedirects(
            answer, reverse("admin:conference_edition_change", args=[new.pk]), fetch_redirect_response=False
        )
        self.assertContains(self.client.get(answer.url), "nobody but organisers sees it")
        self.assertEqual((new.is_published, new.sessions.count(), new.ordinal), (False, 2, 2))
        self.assertEqual(
            LogEntry.objects.get(object_id=new.pk).get_change_message(), "Copied from First conference."
        )

    def test_second_press_makes_no_second_copy_and_says_so(self):
        self.send()
        answer = self.send(ordinal="")

        self.assertContains(answer, "already exists")
        self.assertEqual(Edition.objects.count(), 2)

    def test_refused_addresses_and_missing_words_are_said_beside_the_field(self):
        for changes, words in (
            ({"slug": "admin"}, "is an address of the site itself"),
            ({"slug": "nl"}, "is an address of the site itself"),
            ({"slug": "first"}, "already exists"),
            ({"slug": "no spaces"}, "Enter a valid"),
            ({"title": ""}, "This field is required."),
            ({"starts_on": ""}, "This field is required."),
            ({"ordinal": "1"}, "has an edition with that ordinal already"),
            ({"sessions": None}, "A timetable is copied with its sessions only."),
        ):
            with self.subTest(changes=changes):
                self.assertContains(self.send(**changes), words)
        self.assertEqual(Edition.objects.count(), 1)

    def test_what_is_not_chosen_stays(self):
        self.send(timetable=None)

        self.assertEqual(Edition.objects.get(slug="second").sessions.count(), 2)
        self.assertEqual(Slot.objects.count(), 1)

    def test_button_is_shown_to_those_who_may_add_an_edition(self):
        form = reverse("admin:conference_edition_change", args=[self.edition.pk])
        self.assertContains(self.client.get(form), f'href="{self.address}"')

        self.client.force_login(make_staff("programme editor"))
        self.assertNotContains(self.client.get(form), f'href="{self.address}"')
        self.assertEqual(self.client.post(self.address, {"slug": "second"}).status_code, 403)

    def test_number_of_queries_does_not_grow(self):
        with_one = queries_of(self.client, self.address)
        for number in (2, 3):
            make_slot(
                make_session(self.edition, number=number), room=make_room(self.edition, f"Room {number}")
            )

        self.assertEqual(queries_of(self.client, self.address), with_one)
