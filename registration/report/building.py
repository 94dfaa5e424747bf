"""The report of an edition, or of a series, as tables."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django_countries import countries

from conference.dates import dates_of
from conference.models import Edition, EditionOrganisation, Series
from conference.templatetags.texts import shown
from registration.figures.counting import Bar
from registration.report.edition import EditionFigures, Rating, figures_of
from registration.report.tables import Cell, Report, Row, Table, sum_of_shown

Part = EditionOrganisation.Part
NOT_NOTED = "–"


# --- An edition -----------------------------------------------------------------------------------


def report_of(edition: Edition) -> Report:
    found = figures_of(edition)
    facts = [
        (_("When"), dates_of(edition)),
        (_("Where"), where_of(edition)),
        *((label, names) for label, names in organisations_of(edition)),
    ]
    tables = [
        people_table(found),
        bars_table("countries", _("Countries"), _("Country"), _("People"), found.countries),
        bars_table("roles", _("Roles"), _("Role"), _("People"), found.roles),
        bars_table("organisations", _("Organisations"), _("Kind of organisation"), _("People"), found.kinds),
        programme_table(found),
        sessions_table(found),
        bars_table("views", _("Views by country"), _("Country"), _("Views"), found.views_by_country),
        bars_table("downloads", _("Downloads by country"), _("Country"), _("Downloads"), found.downloads_by_country),
        ratings_table(found.ratings),
        outcomes_table(found),
    ]  # fmt: skip
    return Report(shown(edition, "title")[0], _("Report"), facts, [one for one in tables if one.rows])


def where_of(edition: Edition) -> str:
    country = countries.name(str(edition.country))
    return ", ".join(words for words in (shown(edition, "city")[0], country) if words)


def organisations_of(edition: Edition) -> list[tuple[str, str]]:
    """Who made it possible, by part; one query."""
    parts = list(edition.parts.select_related("organisation"))  # type: ignore[attr-defined]
    return [
        (words, ", ".join(names))
        for part, words in ((Part.ORGANISER, _("Organised by")), (Part.FUNDER, _("Funded by")))
        if (names := [one.organisation.name for one in parts if one.part == part])
    ]


def people_table(found: EditionFigures) -> Table:
    rows = [
        Row(_("People with a place"), [found.registered]),
        Row(_("Came"), [found.came if found.has_door else NOT_NOTED]),
        Row(_("Did not come"), [found.absent if found.has_door else NOT_NOTED]),
        Row(_("Were noted as present in a session"), [found.in_sessions]),
        Row(_("Got a certificate"), [found.certificates]),
        Row(_("Organisations they come from"), [found.organisations]),
    ]
    return Table("people", _("People"), [_("What"), _("Number")], rows)


def bars_table(name: str, heading: str, column: str, number: str, bars: Iterable[Bar]) -> Table:
    rows = [Row(bar.words, [bar.count]) for bar in bars]
    total = Row(_("In all"), [sum_of_shown(row.cells[0] for row in rows)]) if rows else None
    return Table(name, heading, [column, number], rows, total)


def programme_table(found: EditionFigures) -> Table:
    rows = [
        Row(_("Sessions"), [found.held["sessions"]]),
        Row(_("Workshops"), [found.held["workshops"]]),
        Row(_("People on stage"), [found.held["speakers"]]),
        Row(_("Presentations"), [found.held["presentations"]]),
        Row(_("Views of presentations"), [found.views]),
        Row(_("Downloads of presentations"), [found.downloads]),
        Row(_("Outcomes agreed on"), [len(found.outcomes)]),
    ]
    return Table("programme", _("Programme"), [_("What"), _("Number")], rows)


def sessions_table(found: EditionFigures) -> Table:
    rows = [
        Row(
            one.words,
            [
                one.hours,
                NOT_NOTED if one.capacity is None else one.capacity,
                one.booked if one.takes_bookings else NOT_NOTED,
                one.present if one.is_noted else NOT_NOTED,
                one.attended if one.is_noted else NOT_NOTED,
            ],
        )
        for one in found.sessions
    ]
    columns = [_("Session"), _("Hours"), _("Places"), _("Booked"), _("Present"), _("Hours attended")]
    total = Row(_("In all"), ["", "", found.booked, found.present, found.attended])
    note = _("Hours attended are hours times people, of the sessions whose people are shown.")
    return Table("sessions", _("Workshops and presence"), columns, rows, total, note)


def ratings_table(ratings: Iterable[Rating]) -> Table:
    rows = [Row(one.words, [one.answers, one.mean]) for one in ratings]
    columns = [_("Question"), _("Answers"), _("Average of 5")]
    return Table("ratings", _("Feedback"), columns, rows)


def outcomes_table(found: EditionFigures) -> Table:
    """What was agreed on, without whom to ask."""
    rows = [
        Row(one.problem, [shown(one.session, "title")[0], one.action, one.who, one.deadline])
        for one in found.outcomes
    ]
    columns = [_("Problem"), _("Session"), _("Action"), _("Who"), _("By when")]
    return Table("outcomes", _("Outcomes"), columns, rows)


# --- A series -------------------------------------------------------------------------------------


def report_of_series(series: Series) -> Report:
    """Made only of what the editions' reports show."""
    editions = Edition.objects.filter(series=series, is_published=True).order_by("starts_on", "pk")
    found = [figures_of(one) for one in editions]
    tables = [
        editions_table(found),
        together("countries", _("Countries"), _("Country"), _("People"), [one.countries for one in found]),
        together("roles", _("Roles"), _("Role"), _("People"), [one.roles for one in found]),
        together(
            "organisations", _("Organisations"), _("Kind of organisation"), _("People"), [one.kinds for one in found]
        ),
        together("views", _("Views by country"), _("Country"), _("Views"), [one.views_by_country for one in found]),
        together(
            "downloads", _("Downloads by country"), _("Country"), _("Downloads"),
            [one.downloads_by_country for one in found],
        ),
        ratings_of_series(found),
    ]  # fmt: skip
    return Report(shown(series, "title")[0], _("Report"), [], [one for one in tables if one.rows])


def name_of(found: EditionFigures) -> str:
    return shown(found.edition, "short_title")[0]


def editions_table(found: list[EditionFigures]) -> Table:
    rows = [
        Row(
            name_of(one),
            [
                one.registered, one.came if one.has_door else NOT_NOTED, one.held["sessions"], one.held["workshops"], one.held["presentations"],
                one.views, one.downloads, len(one.outcomes), one.attended,
            ],
        )
        for one in found
    ]  # fmt: skip
    columns = [
        _("Edition"), _("People with a place"), _("Came"), _("Sessions"), _("Workshops"), _("Presentations"),
        _("Views"), _("Downloads"), _("Outcomes"), _("Hours attended"),
    ]  # fmt: skip
    cells: list[Cell] = [sum_of_shown(row.cells[place] for row in rows) for place in range(len(columns) - 1)]
    note = _("“In all” adds up what is shown. Who came to two editions is counted in both.")
    return Table("editions", _("Editions"), columns, rows, Row(_("In all"), cells), note)


def together(name: str, heading: str, column: str, number: str, groups: Iterable[list[Bar]]) -> Table:
    """Rows of the editions with the same words added up, “all others together” at the end."""
    sums: Counter[str] = Counter()
    others = _("all others together")
    for bars in groups:
        for bar in bars:
            sums[bar.words] += bar.count or 0
    rest = sums.pop(others, 0)
    order = [*sorted(sums.items(), key=lambda pair: -pair[1]), *([(others, rest)] if rest else [])]
    return bars_table(name, heading, column, number, [Bar(words, count, 0) for words, count in order])


def ratings_of_series(found: Iterable[EditionFigures]) -> Table:
    rows = [
        Row(f"{name_of(one)}: {rating.words}", [rating.answers, rating.mean])
        for one in found
        for rating in one.ratings
    ]
    columns = [_("Question"), _("Answers"), _("Average of 5")]
    return Table("ratings", _("Feedback"), columns, rows)
