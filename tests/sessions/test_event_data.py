"""What search engines read of a page: the truth of the page, nothing empty, nothing that acts."""

import json
import re
from datetime import date, datetime, timedelta

from django.test import TestCase
from django.utils import timezone

from conference.models import EditionOrganisation
from sessions.event_data import MOST_EVENTS
from sessions.models import Session
from sessions.services.publishing import cancel
from tests.factories import (
    make_booking,
    make_edition,
    make_organisation,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_speaker,
)
from tests.sessions.exchange.formats import full_edition, released
from tests.sessions.pages import organiser_client, text_of

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SCHEMA = "https://schema.org"


def empties(said, path=""):
    """Where nothing is said."""
    if isinstance(said, dict):
        return [found for name, value in said.items() for found in empties(value, f"{path}/{name}")]
    if isinstance(said, list) and said:
        return [found for value in said for found in empties(value, path)]
    return [path] if said in ("", None, [], {}) else []


class EventDataTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = full_edition(city="Ghent", country="BE", summary="Two days")
        school = make_organisation("A school", website="https://school.example/")
        EditionOrganisation.objects.create(edition=cls.edition, organisation=school, part="organiser")
        EditionOrganisation.objects.create(
            edition=cls.edition, organisation=make_organisation("P"), part="partner"
        )
        released(cls.edition)
        cls.opening = Session.objects.get(slug="opening")

    def data(self, url):
        (block,) = BLOCK.findall(text_of(self.client, url))
        return json.loads(block)

    def test_no_page_says_anything_empty(self):
        make_session(self.edition, slug="bare")
        for url in (
            "/ed/",
            "/ed/sessions/opening/",
            "/ed/sessions/bare/",
            "/ed/workshops/hands-on/",
            "/speakers/ada/",
        ):
            self.assertEqual(empties(self.data(url)), [], url)

    def test_an_edition_says_when_where_and_who(self):
        said = self.data("/ed/")

        self.assertEqual(
            (said["@type"], said["name"], said["description"]), ("Event", "Second conference", "Two days")
        )
        self.assertEqual((said["startDate"], said["endDate"]), ("2027-03-13", "2027-03-14"))
        address = {"@type": "PostalAddress", "addressLocality": "Ghent", "addressCountry": "BE"}
        self.assertEqual(said["location"], {"@type": "Place", "name": "Ghent", "address": address})
        self.assertEqual(
            said["organizer"],
            [{"@type": "Organization", "name": "A school", "url": "https://school.example/"}],
        )
        self.assertEqual([one["name"] for one in said["performer"]], ["Ada Lovelace", "Tim"])
        self.assertEqual([one["name"] for one in said["subEvent"]], ["Opening", "Hands on"])
        self.assertEqual(said["subEvent"][0]["startDate"], "2027-03-13T09:30+01:00")

    def test_an_edition_says_that_registering_is_free_and_until_when(self):
        offer = self.data("/ed/")["offers"]

        self.assertEqual((offer["price"], offer["availability"]), ("0", f"{SCHEMA}/InStock"))
        self.assertEqual(offer["url"], "http://localhost:8000/ed/register/")
        closes = self.edition.registration_closes_at.replace(second=0, microsecond=0)
        self.assertEqual(datetime.fromisoformat(offer["validThrough"]), closes)

    def test_closed_registration_has_no_places_and_without_registration_there_is_no_offer(self):
        self.edition.registration_closes_at = timezone.now() - timedelta(days=1)
        self.edition.save()
        self.assertEqual(self.data("/ed/")["offers"]["availability"], f"{SCHEMA}/SoldOut")

        self.edition.registration_closes_at = None
        self.edition.save()
        self.assertNotIn("offers", self.data("/ed/"))

    def test_a_large_edition_names_only_the_first_of_its_sessions(self):
        release = self.edition.releases.get()
        for number in range(MOST_EVENTS):
            make_slot(make_session(self.edition, f"More {number}"), release=release)

        self.assertEqual(len(self.data("/ed/")["subEvent"]), MOST_EVENTS)

    def test_a_session_says_its_time_with_its_zone_its_room_and_its_edition(self):
        said = self.data("/ed/sessions/opening/")

        self.assertEqual(
            (said["startDate"], said["endDate"]), ("2027-03-13T09:30+01:00", "2027-03-13T11:00+01:00")
        )
        self.assertEqual(
            (said["location"]["name"], said["location"]["address"]["addressLocality"]), ("Hall", "Ghent")
        )
        self.assertEqual(said["superEvent"]["url"], "http://localhost:8000/ed/")
        self.assertEqual((said["eventStatus"], said["inLanguage"]), (f"{SCHEMA}/EventScheduled", "en"))
        self.assertEqual([one["name"] for one in said["performer"]], ["Ada Lovelace", "Tim"])

    def test_a_minor_has_no_address_and_a_page_without_data(self):
        ada, tim = self.data("/ed/sessions/opening/")["performer"]

        self.assertEqual(
            (ada["url"], tim), ("http://localhost:8000/speakers/ada/", {"@type": "Person", "name": "Tim"})
        )
        self.assertEqual(BLOCK.findall(text_of(self.client, "/speakers/tim/")), [])

    def test_a_cancelled_session_says_so(self):
        cancel(session=self.opening)

        self.assertEqual(self.data("/ed/sessions/opening/")["eventStatus"], f"{SCHEMA}/EventCancelled")

    def test_a_workshop_that_takes_bookings_is_free(self):
        said = self.data("/ed/workshops/hands-on/")

        self.assertEqual(
            (said["offers"]["price"], said["offers"]["availability"]), ("0", f"{SCHEMA}/InStock")
        )

    def test_its_places_are_free_few_or_gone(self):
        workshop = Session.objects.get(slug="hands-on")
        registration = make_registration(edition=self.edition)
        for capacity, booked, word in ((20, 0, "InStock"), (3, 0, "LimitedAvailability"), (1, 1, "SoldOut")):
            Session.objects.filter(pk=workshop.pk).update(capacity=capacity)
            if booked:
                make_booking(registration, workshop)
            offer = self.data("/ed/workshops/hands-on/")["offers"]
            self.assertEqual(offer["availability"], f"{SCHEMA}/{word}")

    def test_a_session_at_two_times_says_both(self):
        make_slot(self.opening, release=self.edition.releases.get())

        self.assertEqual(len(self.data("/ed/sessions/opening/")["subEvent"]), 2)

    def test_a_person_says_where_they_speak(self):
        said = self.data("/speakers/ada/")

        self.assertEqual(
            (said["@type"], said["name"], said["description"]), ("Person", "Ada Lovelace", "Counts")
        )
        self.assertEqual(
            [one["url"] for one in said["performerIn"]], ["http://localhost:8000/ed/sessions/opening/"]
        )

    def test_a_title_cannot_end_the_block(self):
        evil = "</script><script>alert(1)</script><!-- & \u2028"
        session = make_session(self.edition, evil, slug="evil", abstract=evil)
        session.appearances.create(speaker=make_speaker(evil, slug="evil"))
        make_slot(session, release=make_release(self.edition))

        for url in ("/ed/", "/ed/sessions/evil/", "/speakers/evil/"):
            self.assertIn("</script><script>alert(1)</script>", json.dumps(self.data(url)))
            self.assertNotIn("<script>alert", text_of(self.client, url))

    def test_a_month_is_not_made_a_day(self):
        make_edition(slug="past", starts_on=date(2024, 3, 1), ends_on=None, date_precision="month")
        said = self.data("/past/")

        self.assertEqual((said["startDate"], said.get("endDate")), ("2024-03", None))

    def test_a_preview_says_nothing_to_machines(self):
        make_session(self.edition, slug="hidden", status="draft")

        self.assertEqual(BLOCK.findall(text_of(organiser_client(), "/ed/sessions/hidden/")), [])
