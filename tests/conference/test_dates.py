"""Dates are shown as precisely as they are known, in the language of the page."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.template import Context, Template
from django.test import SimpleTestCase
from django.utils import translation

from conference.dates import clock_range, date_format, dates_of, machine_date, moment_range, zone_name
from conference.models import Edition

BRUSSELS = ZoneInfo("Europe/Brussels")


def edition(first, last=None, precision="day"):
    return Edition(
        starts_on=date.fromisoformat(first) if first else None,
        ends_on=date.fromisoformat(last) if last else None,
        date_precision=precision,
    )


class DateTests(SimpleTestCase):
    def test_dates_of_editions(self):
        for wanted, *fields in [
            ("", None),
            ("13 March 2027", "2027-03-13"),
            ("13 March 2027", "2027-03-13", "2027-03-13"),
            ("13–14 March 2027", "2027-03-13", "2027-03-14"),
            ("30 March – 2 April 2027", "2027-03-30", "2027-04-02"),
            ("30 December 2027 – 2 January 2028", "2027-12-30", "2028-01-02"),
            ("March 2024", "2024-03-01", None, "month"),
            ("March–April 2024", "2024-03-01", "2024-04-30", "month"),
            ("December 2024 – January 2025", "2024-12-01", "2025-01-31", "month"),
            ("2015", "2015-01-01", "2015-12-31", "year"),
            ("2017–2018", "2017-01-01", "2018-12-31", "year"),
        ]:
            with self.subTest(wanted=wanted):
                self.assertEqual(dates_of(edition(*fields)), wanted)

    def test_months_are_in_the_language_of_the_page(self):
        with translation.override("nl"):
            self.assertEqual(dates_of(edition("2027-03-13", "2027-03-14")), "13–14 maart 2027")

    def test_the_day_before_a_month_is_written_as_the_language_does(self):
        first, third = date(2027, 3, 1), date(2027, 3, 3)
        wanted = {
            "en": ("1 March", "3 Mar 2027"),
            "fr": ("1er mars", "3 mars 2027"),
            "de": ("1. März", "3. März 2027"),
        }
        for code, words in wanted.items():
            with translation.override(code):
                self.assertEqual((date_format(first, "j F"), date_format(third, "j M Y")), words)
                self.assertEqual(date_format(first, "Y-m-d"), "2027-03-01")
        with translation.override("de"):
            self.assertEqual(date_format(first, "l j F"), "Montag, 1. März")

    def test_templates_write_the_day_so_too(self):
        with translation.override("fr"):
            written = Template("{{ day|date:'l j F' }}, {{ day|date }}, {{ none|date:'j F' }}")
            context = Context({"day": date(2027, 3, 1), "none": None})
            self.assertEqual(written.render(context), "lundi 1er mars, 1er mars 2027, ")

    def test_machines_read_the_same_precision(self):
        found = [machine_date(edition("2024-03-01", None, one)) for one in ("day", "month", "year")]

        self.assertEqual(found, ["2024-03-01", "2024-03", "2024"])

    def test_times_past_midnight_name_the_day_they_end(self):
        starts_at = datetime(2027, 3, 13, 21, tzinfo=UTC)

        self.assertEqual(clock_range(starts_at, starts_at.replace(hour=22), BRUSSELS), "22:00–23:00")
        night = starts_at.replace(day=14, hour=0)
        self.assertEqual(clock_range(starts_at, night, BRUSSELS), "22:00 – Sunday 14 March 01:00")
        self.assertEqual(
            moment_range(starts_at, starts_at.replace(hour=22), BRUSSELS),
            "Saturday 13 March 2027, 22:00–23:00",
        )

    def test_a_zone_is_named_as_a_place(self):
        self.assertEqual(zone_name(ZoneInfo("America/New_York")), "New York")

    def test_a_month_is_over_when_its_last_day_is(self):
        march = edition("2024-03-01", None, "month")
        phases = [march.phase(datetime(2024, 3, day, 12, tzinfo=UTC)) for day in (1, 31)]

        self.assertEqual(phases, ["during", "during"])
        self.assertEqual(march.phase(datetime(2024, 4, 1, 12, tzinfo=UTC)), "after")
