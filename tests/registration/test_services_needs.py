from datetime import UTC, date, datetime, timedelta

from django.test import TestCase

from registration.services.needs import delete_due_needs, needs_deleted_on
from tests.factories import make_edition, make_registration

NEEDS = {"dietary_needs": "no nuts", "access_needs": "a ramp"}


def at(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


class DeleteDueNeedsTests(TestCase):
    def setUp(self):
        self.edition = make_edition(starts_on=date(2027, 3, 12), ends_on=date(2027, 3, 13))
        self.due = date(2027, 4, 12)

    def test_needs_are_erased_thirty_days_after_the_last_day_and_not_before(self):
        place = make_registration("Ada", self.edition, **NEEDS)

        early = delete_due_needs(at(self.due - timedelta(days=1)))
        on_time = delete_due_needs(at(self.due))

        place.refresh_from_db()
        self.assertEqual((early, on_time), (0, 1))
        self.assertEqual((place.dietary_needs, place.access_needs), ("", ""))
        self.assertEqual(place.needs_deleted_at, at(self.due))

    def test_doing_it_again_finds_nothing(self):
        make_registration("Ada", self.edition, **NEEDS)
        make_registration("Ben", self.edition, dietary_needs="vegan")

        self.assertEqual([delete_due_needs(at(self.due)) for _time in range(2)], [2, 0])

    def test_needs_of_another_edition_stay(self):
        later = make_registration("Ada", make_edition(starts_on=self.due, ends_on=self.due), **NEEDS)

        delete_due_needs(at(self.due))

        later.refresh_from_db()
        self.assertEqual(later.dietary_needs, "no nuts")

    def test_a_month_counts_to_its_end(self):
        edition = make_edition(starts_on=date(2024, 3, 1), ends_on=None, date_precision="month")

        self.assertEqual(needs_deleted_on(edition), date(2024, 4, 30))

    def test_without_a_date_needs_go_thirty_days_after_cancelling(self):
        edition = make_edition(starts_on=None, ends_on=None)
        now = at(self.due)
        make_registration("Ada", edition, **NEEDS)
        make_registration("Ben", edition, status="cancelled", cancelled_at=now - timedelta(days=29), **NEEDS)
        make_registration("Cy", edition, status="cancelled", cancelled_at=now - timedelta(days=31), **NEEDS)

        self.assertEqual(delete_due_needs(now), 1)
