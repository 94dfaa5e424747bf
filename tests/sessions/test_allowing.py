"""Organisers set for an edition to whom speakers may open a presentation at most, and from when at the earliest."""

from datetime import UTC, datetime, timedelta

from django.test import override_settings
from django.utils import timezone

from sessions.exceptions import PresentationRefused
from sessions.library.index import reindex
from sessions.models import LibraryEntry, Presentation
from sessions.services.describing import describe
from sessions.services.presentations import add_presentation
from tests.admin_forms import make_staff, read_form
from tests.factories import make_presentation, make_preview
from tests.sessions.test_desk import DETAILS, DeskCase, a_file

EARLIEST = datetime(2099, 3, 1, 8, 0, tzinfo=UTC)  # 9:00 in Brussels
SAID = "1 March 2099, 09:00"


class AllowingCase(DeskCase):
    def allow(self, **fields):
        type(self.session.edition).objects.update(**fields)
        self.session.edition.refresh_from_db()

    def add(self, **fields):
        return self.client.post(self.add_url, {**DETAILS, "file": a_file(), **fields})

    def change(self, presentation, **fields):
        address = self.manage_url(presentation)
        return self.client.post(address, {**DETAILS, "form": "details", **fields})

    def offered(self, address, form="form"):
        return [value for value, _words in self.client.get(address).context[form].fields["audience"].choices]


class AudienceTests(AllowingCase):
    def test_the_form_offers_what_the_edition_allows_and_proposes_the_widest(self):
        table = {
            "everyone": (["everyone", "members", "attendees"], "members"),
            "members": (["members", "attendees"], "members"),
            "attendees": (["attendees"], "attendees"),
        }
        for widest, expected in table.items():
            self.allow(widest_audience=widest)
            with self.subTest(widest):
                form = self.client.get(self.add_url).context["form"]
                self.assertEqual((self.offered(self.add_url), form["audience"].value()), expected)

    def test_what_is_wider_is_refused_and_what_is_not_is_taken(self):
        self.allow(widest_audience="members")

        answers = [self.add(audience=one).status_code for one in ("everyone", "members", "attendees")]

        self.assertEqual(answers, [422, 302, 302])
        given = Presentation.objects.order_by("pk").values_list("audience", flat=True)
        self.assertEqual(list(given), ["members", "attendees"])

    def test_what_an_organiser_opened_wider_stays_until_it_is_made_narrower(self):
        presentation = make_presentation(self.session, audience="everyone")
        self.allow(widest_audience="attendees")
        self.assertEqual(self.offered(self.manage_url(presentation), "details"), ["everyone", "attendees"])

        statuses = [
            self.change(presentation, audience=one).status_code
            for one in ("everyone", "attendees", "everyone")
        ]

        self.assertEqual(statuses, [302, 302, 422])

    def test_a_practice_is_not_offered_to_attendees_of_no_edition(self):
        practice = make_presentation(is_practice=True, uploaded_by=self.speaker.user)

        self.assertEqual(self.offered(self.manage_url(practice), "details"), ["everyone", "members"])
        self.assertEqual(self.change(practice, audience="attendees").status_code, 422)


class MomentTests(AllowingCase):
    def setUp(self):
        super().setUp()
        self.allow(presentations_open_from=EARLIEST)

    def opens(self):
        row = Presentation.objects.get()
        return row.opens_at, row.opens_after_session

    def test_each_way_to_open_begins_at_the_earliest_moment(self):
        table = {
            "now": (EARLIEST, False),
            "after": (EARLIEST, True),
            "moment": (EARLIEST + timedelta(minutes=1), False),
        }
        for opens, expected in table.items():
            with self.subTest(opens):
                self.add(opens=opens, opens_at="2099-03-01T09:01")
                self.assertEqual(self.opens(), expected)
                Presentation.objects.update(current_file=None)
                Presentation.objects.all().delete()

    def test_an_earlier_moment_is_refused_beside_its_field(self):
        response = self.add(opens="moment", opens_at="2099-03-01T08:59")

        self.assertContains(
            response, f"The organisers let presentations open from {SAID} on.", status_code=422
        )
        self.assertContains(response, 'id="id_opens_at_error"', status_code=422)
        self.assertFalse(Presentation.objects.exists())

    def test_the_form_says_when_in_the_time_of_the_edition(self):
        response = self.client.get(self.add_url)

        self.assertContains(response, f"As soon as the organisers allow it: {SAID}")
        self.assertContains(response, f"After the session, and not before {SAID}")
        self.assertNotContains(response, "As soon as it is approved")

    def test_a_moment_that_is_over_hinders_nobody(self):
        self.allow(presentations_open_from=timezone.now() - timedelta(seconds=1))

        self.assertContains(self.client.get(self.add_url), "As soon as it is approved")
        self.add(opens="now")
        self.assertEqual(self.opens(), (None, False))

    def test_what_is_open_already_stays_open_when_its_title_is_changed(self):
        presentation = make_presentation(self.session, audience="members")

        self.assertEqual(self.change(presentation, title="Better", opens="now").status_code, 302)

        presentation.refresh_from_db()
        self.assertEqual((presentation.title, self.opens()), ("Better", (None, False)))

    def test_what_opens_later_does_not_come_forward(self):
        presentation = make_presentation(self.session, audience="members", opens_at=EARLIEST)

        self.change(presentation, opens="now")

        self.assertEqual(self.opens(), (EARLIEST, False))


class ServiceTests(AllowingCase):
    def test_it_refuses_whatever_the_form_let_through(self):
        self.allow(widest_audience="members", presentations_open_from=EARLIEST)
        early = EARLIEST - timedelta(seconds=1)
        for choice in (
            {"audience": "everyone", "opens_at": EARLIEST},
            {"audience": "organisers", "opens_at": EARLIEST},
            {"audience": "members"},
            {"audience": "members", "opens_at": early},
            {"audience": "members", "opens_after_session": True},
        ):
            with self.subTest(choice), self.assertRaises(PresentationRefused):
                add_presentation(
                    session=self.session,
                    by=self.speaker.user,
                    link="https://example.org",
                    title="One",
                    **choice,
                )
        self.assertFalse(Presentation.objects.exists())

    def test_organisers_decide_otherwise(self):
        presentation = make_presentation(self.session, audience="attendees", opens_at=EARLIEST)
        self.allow(widest_audience="attendees", presentations_open_from=EARLIEST)
        values = {"audience": "everyone", "opens_at": None}

        with self.assertRaises(PresentationRefused):
            describe(presentation=presentation, values=values, labels={}, is_by_speaker=True)
        describe(presentation=presentation, values=values, labels={})

        presentation.refresh_from_db()
        self.assertEqual((presentation.audience, presentation.opens_at), ("everyone", None))

    @override_settings(STAFF_SECOND_FACTOR=False)
    def test_pages_that_an_edition_opens_are_found_at_once(self):
        self.allow(open_pages=1)
        presentation = make_presentation(self.session)
        make_preview(presentation, "one", "two")
        reindex(presentation)
        self.client.force_login(make_staff("organiser"))
        address = f"/admin/conference/edition/{self.session.edition.pk}/change/"

        self.client.post(address, {**read_form(self.client, address), "open_pages": "2"})

        self.assertEqual(LibraryEntry.objects.get(presentation=presentation).open_pages, 2)

    @override_settings(STAFF_SECOND_FACTOR=False)
    def test_both_are_set_on_the_form_of_the_edition(self):
        edition = self.session.edition
        self.client.force_login(make_staff("organiser"))
        address = f"/admin/conference/edition/{edition.pk}/change/"
        data = {
            "widest_audience": "members",
            "presentations_open_from_0": "2099-03-01",
            "presentations_open_from_1": "09:00",
        }

        self.client.post(address, {**read_form(self.client, address), **data})

        edition.refresh_from_db()
        self.assertEqual((edition.widest_audience, edition.presentations_open_from), ("members", EARLIEST))
