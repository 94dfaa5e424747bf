"""Overview, sessions, workshops and speakers of an edition as a visitor sees them."""

from datetime import date
from html.parser import HTMLParser

from django.test import TestCase

from conference.models import EditionOrganisation, PartOf, Site, Venue
from sessions.models import Kind, Session
from tests.factories import (
    make_appearance,
    make_edition,
    make_organisation,
    make_presentation,
    make_release,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)
from tests.sessions.pages import text_of

XSS = "<script>alert(1)</script>\" onload='x' {{ 7 }} & Co"


def markup_that_acts(page):
    """Scripts with a text of their own that is no data, and elements with a handler."""
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(page)
    return [
        (tag, attributes)
        for tag, attributes in found
        if (tag == "script" and "src" not in attributes and attributes != {"type": "application/ld+json"})
        or any(name.startswith("on") for name in attributes)
    ]


class OverviewTests(TestCase):
    def setUp(self):
        self.edition = make_edition("Mobility", introduction="Come **together**", slug="mobility")

    def page(self):
        return text_of(self.client, "/mobility/")

    def test_sessions_keep_their_numbers_and_gaps(self):
        for number in (6, 1, 4):
            make_session(self.edition, f"Title {number}", number=number)

        numbers = [entry.session.number for entry in self.client.get("/mobility/").context["sessions"]]
        self.assertEqual(numbers, [1, 4, 6])
        self.assertIn('<span aria-hidden="true">4</span>', self.page())

    def test_workshops_stand_in_their_session_or_under_the_edition(self):
        hubs = make_session(self.edition, "Hubs", number=6)
        make_workshop(self.edition, "Belgium", part_of=hubs)
        make_workshop(self.edition, "Dossin")
        context = self.client.get("/mobility/").context

        [session], [workshop] = context["sessions"], context["workshops"]
        self.assertEqual([part.session.title for part in session.workshops], ["Belgium"])
        self.assertEqual(workshop.session.title, "Dossin")

    def test_presentations_stand_in_two_labelled_groups(self):
        make_presentation(make_workshop(self.edition), "Hand-out of the workshop")
        make_presentation(make_session(self.edition), "Slides of the speaker")
        page = self.page()

        speakers, workshops = page.split('id="workshop-presentations"')
        self.assertIn("Slides of the speaker", speakers.split('id="speaker-presentations"')[1])
        self.assertIn("Hand-out of the workshop", workshops)

    def test_those_behind_the_edition_are_named_with_what_the_funder_wants_said(self):
        PartOf.objects.create(edition=self.edition, title="The Festival", website="https://example.org/f")
        funder = make_organisation("Erasmus+")
        EditionOrganisation.objects.create(
            edition=self.edition, organisation=funder, part="funder", disclaimer="Views are the authors'."
        )
        page = self.page()

        self.assertIn('<a href="https://example.org/f" rel="external noopener">The Festival</a>', page)
        self.assertInHTML('<p class="org-disclaimer">Views are the authors\'.</p>', page)
        self.assertIn("<strong>together</strong>", page)

    def test_an_edition_with_nothing_in_it_renders(self):
        make_edition("Empty", slug="empty", starts_on=None, ends_on=None, registration_closes_at=None)

        self.assertIn("The programme is being made", text_of(self.client, "/empty/"))

    def test_a_date_known_to_the_month_is_not_made_more_precise(self):
        make_edition(slug="past", starts_on=date(2024, 3, 1), ends_on=None, date_precision="month")

        self.assertIn('<time datetime="2024-03">March 2024</time>', text_of(self.client, "/past/"))

    def test_titles_of_organisers_are_never_markup(self):
        Site.objects.create(pk=1, name=XSS)
        edition = make_edition(XSS, slug="xss", summary=XSS, introduction=XSS)
        session = make_session(edition, XSS, slug="evil", abstract=XSS, subtitle=XSS)
        make_appearance(
            session, make_speaker(XSS, biography=XSS), role=XSS, organisation=make_organisation(XSS)
        )
        make_presentation(session, XSS)
        make_slot(session, release=make_release(edition), room_name=XSS)
        speaker = session.appearances.get().speaker

        urls = ["/xss/", "/xss/programme/", "/xss/sessions/evil/", "/xss/speakers/", "/editions/"]
        for url in [*urls, speaker.get_absolute_url()]:
            with self.subTest(url=url):
                page = text_of(self.client, url)
                self.assertIn("&lt;script&gt;", page)
                self.assertIn("{{ 7 }}", page)
                self.assertEqual(markup_that_acts(page), [])

    def test_an_anonymous_page_sets_no_cookie_and_holds_no_form_to_post(self):
        make_workshop(self.edition, slug="w", capacity=2)
        for url in ("/mobility/", "/mobility/workshops/w/", "/mobility/programme/"):
            response = self.client.get(url)
            with self.subTest(url=url):
                self.assertEqual(dict(response.cookies), {})
                self.assertNotIn('method="post"', response.content.decode().lower())


class SessionPageTests(TestCase):
    def setUp(self):
        self.edition = make_edition(slug="ed")

    def test_a_session_with_nothing_but_a_title_of_300_characters_renders(self):
        make_session(self.edition, "W" * 299 + "?", slug="long")

        page = text_of(self.client, "/ed/sessions/long/")
        self.assertIn("W" * 299 + "?</h1>", page)
        self.assertIn("Time and room to be announced", page)

    def test_time_and_room_appear_only_by_release(self):
        session = make_session(self.edition, slug="s")
        slot = make_slot(session, room=make_room(self.edition, "Blue room"))
        self.assertNotIn("Blue room", text_of(self.client, "/ed/sessions/s/"))

        slot.pk, slot.release, slot.room_name = None, make_release(self.edition), "Blue room"
        slot.save()
        page = text_of(self.client, "/ed/sessions/s/")
        self.assertIn("Saturday 13 March 2027, 10:30–11:30</time>, Blue room", page)
        self.assertIn("Time in Brussels", page)

    def test_a_place_elsewhere_is_named_with_the_way_to_it(self):
        venue = Venue.objects.create(edition=self.edition, name="Dossin", travel_note="Take **bus 1**.")
        make_workshop(self.edition, slug="w", venue=venue)
        page = text_of(self.client, "/ed/workshops/w/")

        self.assertIn("<strong>bus 1</strong>", page)

    def test_people_appear_with_the_role_and_organisation_of_then(self):
        session = make_session(self.edition, slug="s")
        make_appearance(
            session, make_speaker("Chris"), role="strategist", organisation=make_organisation("Arendt"),
            expertise="dilemmas", part="facilitator",
        )  # fmt: skip
        page = text_of(self.client, "/ed/sessions/s/")

        for words in ("Chris", "Facilitator", "strategist", "Arendt", "dilemmas"):
            self.assertIn(words, page)

    def test_the_address_of_another_kind_leads_on_for_good(self):
        make_workshop(self.edition, slug="w")
        make_session(self.edition, slug="s")

        self.assertRedirects(self.client.get("/ed/sessions/w/"), "/ed/workshops/w/", 301)
        self.assertRedirects(self.client.get("/ed/workshops/s/"), "/ed/sessions/s/", 301)

    def test_before_and_after_are_links(self):
        for number in (1, 2, 3):
            make_session(self.edition, number=number, slug=f"s{number}")
        page = text_of(self.client, "/ed/sessions/s2/")

        self.assertIn('rel="prev" href="/ed/sessions/s1/"', page)
        self.assertIn('rel="next" href="/ed/sessions/s3/"', page)

    def test_slugs_of_other_editions_and_nonsense_are_not_found(self):
        make_session(make_edition(slug="other"), slug="theirs")
        slugs = ["theirs", "nothing", "🦊", "..", "%ff", "x" * 10_000, "é", "é"]
        for slug in slugs:
            with self.subTest(slug=slug[:20]):
                self.assertEqual(self.client.get(f"/ed/sessions/{slug}/").status_code, 404)
        self.assertEqual(self.client.get("/ed/sessions/a%00b/").status_code, 400)


class SpeakerListTests(TestCase):
    def test_each_speaker_stands_once_by_name_and_minors_by_first_name_only(self):
        edition = make_edition(slug="ed")
        one, two = make_session(edition), make_session(edition, kind=Kind.WORKSHOP)
        ada = make_speaker("Ada Lovelace")
        make_appearance(two, make_speaker("Zoë Surname", is_minor=True, portrait="portraits/z.png"))
        make_appearance(one, ada)
        make_appearance(two, ada)
        make_appearance(make_session(edition, status=Session.Status.DRAFT), make_speaker("Hidden"))
        people = self.client.get("/ed/speakers/").context["people"]

        self.assertEqual([one.speaker.public_name for one in people], ["Ada Lovelace", "Zoë"])
        page = text_of(self.client, "/ed/speakers/")
        self.assertNotIn("Surname", page)
        self.assertNotIn("portraits/z.png", page)
