"""Views and downloads as sheets: whatever the page shows, with the same small numbers hidden."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from conference.models import Edition
from registration.figures import reading
from registration.figures.counting import Bar


@dataclass(frozen=True)
class Sheet:
    header: list[str]
    lines: list[list[str]]


def of_presentations(edition: Edition) -> Sheet:
    rows = reading.of_presentations(reading.presentations_in(edition)).values()
    header = [_("Presentation"), _("Session"), _("Views"), _("Downloads")]
    return Sheet(header, [[one.words, one.of, str(one.views), str(one.downloads)] for one in rows])


def of_sessions(edition: Edition) -> Sheet:
    rows = reading.of_presentations(reading.presentations_in(edition)).values()
    return of_readings(_("Session"), reading.of_sessions(rows))


def of_editions(edition: Edition) -> Sheet:
    return of_readings(_("Edition"), reading.of_editions())


def of_themes(edition: Edition) -> Sheet:
    return of_readings(_("Theme"), reading.of_themes())


def over_time(edition: Edition) -> Sheet:
    header = [_("Until"), _("Views"), _("Downloads")]
    steps = reading.over_time(edition)
    return Sheet(header, [[one.day.isoformat(), str(one.views), str(one.downloads)] for one in steps])


def views_by_country(edition: Edition) -> Sheet:
    return of_countries(_("Views"), reading.by_country(edition)[0])


def downloads_by_country(edition: Edition) -> Sheet:
    return of_countries(_("Downloads"), reading.by_country(edition)[1])


def of_readings(column: str, rows: Iterable[reading.Reading]) -> Sheet:
    header = [column, _("Views"), _("Downloads")]
    return Sheet(header, [[one.words, str(one.views), str(one.downloads)] for one in rows])


def of_countries(column: str, bars: Iterable[Bar]) -> Sheet:
    return Sheet([_("Country"), column], [[one.words, str(one.count)] for one in bars])


SHEETS: dict[str, Callable[[Edition], Sheet]] = {
    "presentations": of_presentations,
    "sessions": of_sessions,
    "editions": of_editions,
    "themes": of_themes,
    "time": over_time,
    "views-by-country": views_by_country,
    "downloads-by-country": downloads_by_country,
}
