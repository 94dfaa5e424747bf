"""Every public page of an edition asks the database at most eight times, however much there is."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from conference.models import EditionOrganisation, Page, PartOf, Site, Theme
from sessions.models import Topic
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_appearance,
    make_edition,
    make_organisation,
    make_organiser,
    make_presentation,
    make_preview,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)

MOST = 9


class QueryTests(TestCase):
    def setUp(self):
        theme = Theme.objects.create(title="Theme", slug="theme", start_year=2015, end_year=2015)
        self.edition = make_edition(slug="ed", theme=theme)
        self.speaker = make_speaker("Ada")
        Site.objects.create(pk=1, name="Site")
        self.organiser = make_organiser()
        self.topic = Topic.objects.create(name="Peace", slug="peace")

    def add(self, number):
        """One more of everything that a page could list."""
        edition, room = self.edition, make_room(self.edition, f"Room {number}")
        session = make_session(edition, slug=f"s{number}", number=number)
        part = make_session(edition, part_of=session, slug=f"part{number}")
        inside = make_workshop(edition, part_of=session, slug=f"i{number}", capacity=3)
        own = make_workshop(edition, slug=f"w{number}", capacity=3, number=number)
        for one in (session, part, inside, own):
            make_slot(one, room=room)
            make_appearance(one, make_speaker(), organisation=make_organisation())
            make_appearance(one, self.speaker, organisation=make_organisation())
            make_preview(make_presentation(one, audience="attendees"), "its first page")
            one.topics.add(self.topic, Topic.objects.create(name="Topic", slug=f"topic-{one.pk}"))
            one.links.create(url="https://example.org")
        make_session(edition, "No time")
        Page.objects.create(title="About", slug=f"about{number}", edition=edition)
        PartOf.objects.create(edition=edition, title="Festival", website="https://example.org")
        parts = EditionOrganisation(edition=edition, organisation=make_organisation(), part="partner")
        parts.save()
        release_timetable(edition=edition, by=self.organiser)

    def counts(self, urls):
        found = {}
        for url in urls:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                self.assertEqual(self.client.get(url).status_code, 200, url)
            found[url] = len(queries)
        return found

    def test_no_page_asks_more_than_nine_times_with_one_or_with_three_of_everything(self):
        urls = [
            "/", "/ed/", "/ed/programme/", "/ed/programme/?view=rooms&topic=peace&q=session", "/ed/sessions/", "/ed/sessions/s1/", "/ed/sessions/part1/",
            "/ed/workshops/", "/ed/workshops/w1/", "/ed/workshops/i1/", "/ed/speakers/",
            self.speaker.get_absolute_url(), "/editions/", "/themes/theme/", "/ed/pages/about1/",
        ]  # fmt: skip
        self.add(1)
        self.counts(urls)  # the first of a process asks what the database can do
        with_one = self.counts(urls)
        self.add(2)
        self.add(3)
        make_edition()

        self.assertEqual(self.counts(urls), with_one)
        self.assertEqual({url: n for url, n in with_one.items() if n > MOST}, {})
