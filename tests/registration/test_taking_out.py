"""Waiting lists as files: everybody's position is right, and it is not counted anew for each of thousands."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.sheets.cells import read_csv
from tests.admin_forms import make_staff
from tests.factories import (
    make_booking,
    make_edition,
    make_registration,
    make_registration_type,
    make_user,
    make_workshop,
)

REGISTRATIONS = reverse("admin:registration_registration_sheet")
BOOKINGS = reverse("admin:registration_workshopbooking_sheet")
NAME_AND_POSITION = [["ada", "–"], ["ben", "1"], ["cleo", "2"], ["dora", "3"], ["emil", "1"]]


class WaitingListTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.client.force_login(make_staff("organiser"))

    def waiting(self, name, number, kind):
        return make_registration(
            user=make_user(name, email=f"{name}@example.org"), edition=self.edition, registration_type=kind,
            status="waiting", queue_number=number,
        )  # fmt: skip

    def make_queues(self):
        """Two queues; in the first Ben is next, and Cleo and Dora have one number, so that who came first is."""
        full, other = (make_registration_type(self.edition, capacity=0) for _number in range(2))
        self.waiting("cleo", 9, full)
        self.waiting("dora", 9, full)
        self.waiting("ben", 4, full)
        self.waiting("emil", 1, other)
        make_registration(user=make_user("ada"), edition=self.edition, registration_type=full)

    def take(self, address, *columns):
        """Rows of the file, by name, and what the database was asked."""
        with CaptureQueriesContext(connection) as asked:
            response = self.client.post(address, {"form": "csv", "columns": columns})
        _header, *rows = read_csv(response.content.decode())
        return rows, [query["sql"] for query in asked]

    def test_each_has_the_position_of_the_list_on_the_screen(self):
        self.make_queues()

        rows, _asked = self.take(REGISTRATIONS, "name", "position")

        self.assertEqual(sorted(rows), NAME_AND_POSITION)

    def test_positions_count_those_who_are_filtered_away(self):
        self.make_queues()

        rows, _asked = self.take(f"{REGISTRATIONS}?q=dora", "name", "position")

        self.assertEqual(rows, [["dora", "3"]])

    def test_sorted_by_position_the_file_is_sorted_so_too(self):
        self.make_queues()
        page = self.client.get(REGISTRATIONS.replace("/list/", "/"))
        number = page.context["cl"].list_display.index("position")

        rows, _asked = self.take(f"{REGISTRATIONS}?o=-{number}&status__exact=waiting", "name", "position")

        self.assertEqual([position for _name, position in rows], ["3", "2", "1", "1"])

    def test_bookings_have_theirs(self):
        workshop = make_workshop(self.edition)
        for name, number in (("ben", 5), ("ada", 3)):
            one = make_registration(user=make_user(name, email=f"{name}@example.org"), edition=self.edition)
            make_booking(one, workshop, status="waiting", queue_number=number)

        rows, _asked = self.take(BOOKINGS, "name", "position")

        self.assertEqual(sorted(rows), [["ada", "1"], ["ben", "2"]])

    def test_no_row_of_thousands_is_counted_by_those_before_it(self):
        self.make_queues()
        _rows, asked = self.take(REGISTRATIONS, "name", "position")
        for number in range(3):
            self.waiting(f"more{number}", 20 + number, self.edition.registration_types.first())

        rows, asked_with_more = self.take(REGISTRATIONS, "name", "position")

        self.assertEqual((len(rows), len(asked_with_more)), (8, len(asked)))
        everybody = [
            sql for sql in asked_with_more if "registration_registration" in sql and "LIMIT" not in sql
        ]
        self.assertEqual([sql for sql in everybody if "COUNT(U0" in sql.replace('"', "")], [])
        self.assertEqual(sum("ROW_NUMBER()" in sql for sql in everybody), 1)
