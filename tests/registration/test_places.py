from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registration.middleware import viewer_of
from registration.places import places_in, with_places_left
from tests.factories import make_booking, make_edition, make_registration, make_user, make_workshop

LIST = Template(
    "{% load places %}{% load_places workshops as places %}"
    "{% for w in workshops %}{% place_of places w as place %}{{ place.state }}: {{ place.words }};{% endfor %}"
)
PANEL = Template("{% load places %}{% booking_panel workshop %}")


class PlacesTests(TestCase):
    def setUp(self):
        self.edition = make_edition()

    def words(self, confirmed=0, waiting=0, edition=None, **fields):
        edition = edition or self.edition
        workshop = make_workshop(edition, **fields)
        for number in range(confirmed + waiting):
            status = "confirmed" if number < confirmed else "waiting"
            make_booking(make_registration(edition=edition), workshop, status=status)
        return LIST.render(Context({"workshops": [workshop]}))

    def test_places_left_are_said_in_words(self):
        self.assertEqual(self.words(capacity=12), "open: 12 places left;")
        self.assertEqual(self.words(confirmed=1, capacity=4), "few: 3 places left;")
        self.assertEqual(self.words(confirmed=1, capacity=2), "few: 1 place left;")
        self.assertEqual(self.words(capacity=None), "open: places free;")

    def test_full_says_how_many_wait(self):
        self.assertEqual(self.words(confirmed=1, capacity=1), "full: full;")
        self.assertEqual(self.words(confirmed=1, waiting=4, capacity=1), "full: full, 4 waiting;")
        self.assertEqual(self.words(confirmed=3, capacity=2), "full: full;")

    def test_a_free_seat_is_not_offered_while_someone_waits(self):
        self.assertEqual(self.words(confirmed=1, waiting=1, capacity=3), "full: full, 1 waiting;")

    def test_cancelled_bookings_take_no_place(self):
        workshop = make_workshop(self.edition, capacity=1)
        make_booking(make_registration(edition=self.edition), workshop, status="cancelled")

        self.assertEqual(places_in([workshop])[workshop.pk].left, 1)

    def test_what_takes_no_bookings_or_is_over_has_no_places(self):
        yesterday = timezone.localdate() - timedelta(days=2)
        past = make_edition(
            starts_on=yesterday, ends_on=yesterday, registration_closes_at=timezone.now() - timedelta(days=9)
        )

        self.assertEqual(self.words(takes_bookings=False, capacity=3), "none: ;")
        self.assertEqual(self.words(edition=past, capacity=3), "none: ;")

    def test_what_is_withdrawn_cancelled_or_a_draft_has_no_places_to_take(self):
        for status in ("withdrawn", "cancelled", "draft"):
            workshop = make_workshop(make_edition(), capacity=5, status=status)

            self.assertEqual(places_in([workshop]), {}, status)
            self.assertEqual(with_places_left([workshop]), set(), status)

    def test_a_whole_list_takes_one_query(self):
        for count in (1, 3):
            workshops = [make_workshop(self.edition, capacity=2) for _number in range(count)]
            with self.assertNumQueries(1):
                LIST.render(Context({"workshops": workshops}))


class BookingPanelTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.workshop = make_workshop(self.edition, capacity=1)

    def panel(self, user=None):
        request = RequestFactory().get("/")
        request.user = user or AnonymousUser()
        request.viewer = viewer_of(request)
        return PANEL.render(Context({"request": request, "workshop": self.workshop, "csrf_token": "canary"}))

    def test_anonymous_visitors_get_a_link_and_no_form(self):
        panel = self.panel()

        self.assertIn(f"/{self.edition.slug}/register/?next=", panel)
        self.assertNotIn("<form", panel)
        self.assertNotIn("canary", panel)

    def test_after_closing_it_says_so(self):
        self.edition.registration_closes_at = timezone.now() - timedelta(days=1)
        self.edition.save()
        self.workshop.refresh_from_db()

        self.assertIn("Registration is closed", self.panel())

    def test_who_is_not_registered_gets_a_link(self):
        panel = self.panel(make_user())

        self.assertIn("/register/?next=", panel)
        self.assertNotIn("<form", panel)

    def test_who_waits_for_the_conference_is_told_to_wait(self):
        place = make_registration(edition=self.edition, status="waiting")

        self.assertIn("as soon as you have a place", self.panel(place.user))

    def test_attendees_take_a_place_or_join_the_waiting_list_with_the_number(self):
        place = make_registration(edition=self.edition)
        self.assertIn("Take a place", self.panel(place.user))

        make_booking(make_registration("Ben", self.edition), self.workshop)

        self.assertIn("Join the waiting list (number 1)", self.panel(place.user))

    def test_who_has_a_place_can_give_it_back(self):
        booking = make_booking(make_registration(edition=self.edition), self.workshop)

        self.assertIn("Give the place back", self.panel(booking.registration.user))

    def test_anonymous_visitors_cost_one_query(self):
        self.workshop.edition = self.edition  # which the page has already
        with CaptureQueriesContext(connection) as captured:
            self.panel()

        self.assertEqual(len(captured), 1)
