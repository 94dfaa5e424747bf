"""How often presentations were looked at and taken: by presentation, session, edition and theme, by time and country.

Numbers name nobody; those of countries are hidden where they are small. About a dozen queries, however much there is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_countries import countries

from conference.models import Edition, Theme
from conference.templatetags.texts import shown
from registration.figures.counting import MOST_STEPS, Bar, bars
from registration.models import Download, ViewCount
from sessions.models import Presentation

LENGTHS = (1, 7, 28, 91)  # days of one step, so that all steps fit a page


@dataclass(frozen=True)
class Reading:
    """One line: what it is of, and how often it was looked at and taken."""

    words: str
    views: int
    downloads: int
    of: str = ""  # the session of a presentation
    session: int | None = None


@dataclass(frozen=True)
class Step:
    """Until this day, since the last one."""

    day: date
    views: int
    downloads: int


def counted(rows: QuerySet, key: str, count: Count | Sum) -> Counter:
    """By what the key says; one query."""
    return Counter(dict(rows.order_by().values_list(key).annotate(total=count)))


def views_by(key: str, rows: QuerySet[ViewCount]) -> Counter:
    return counted(rows, key, Sum("count"))


def downloads_by(key: str, rows: QuerySet[Download]) -> Counter:
    return counted(rows, key, Count("pk"))


def of_presentations(presentations: Iterable[Presentation]) -> dict[int, Reading]:
    """By the key of each, which comes with its session; two queries."""
    rows = list(presentations)
    keys = [one.pk for one in rows]
    views = views_by("presentation", ViewCount.objects.filter(presentation__in=keys))
    taken = downloads_by("version__presentation", Download.objects.filter(version__presentation__in=keys))
    return {
        one.pk: Reading(
            one.title,
            views[one.pk],
            taken[one.pk],
            shown(one.session, "title")[0] if one.session else "",
            one.session_id,
        )
        for one in rows
    }


def of_sessions(readings: Iterable[Reading]) -> list[Reading]:
    """Sums by session, in the order of the first presentation of each; what has no session is left out."""
    sums: dict[int, Reading] = {}
    for one in readings:
        if one.session:
            so_far = sums.get(one.session, Reading(one.of, 0, 0))
            sums[one.session] = Reading(one.of, so_far.views + one.views, so_far.downloads + one.downloads)
    return list(sums.values())


def of_editions() -> list[Reading]:
    """All of them, for comparing, and what belongs to none, such as practices; three queries."""
    views = views_by("presentation__edition", ViewCount.objects.all())
    taken = downloads_by("version__presentation__edition", Download.objects.all())
    rows = [
        Reading(shown(one, "short_title")[0], views[one.pk], taken[one.pk]) for one in Edition.objects.all()
    ]
    return with_any([*rows, Reading(_("Without an edition"), views[None], taken[None])])


def of_themes() -> list[Reading]:
    """A presentation's own theme, else that of its edition; three queries."""
    own = Coalesce("presentation__theme", "presentation__edition__theme")
    of_version = Coalesce("version__presentation__theme", "version__presentation__edition__theme")
    views = views_by("of", ViewCount.objects.annotate(of=own))
    taken = downloads_by("of", Download.objects.annotate(of=of_version))
    return with_any(
        [Reading(shown(one, "title")[0], views[one.pk], taken[one.pk]) for one in Theme.objects.all()]
    )


def with_any(rows: Iterable[Reading]) -> list[Reading]:
    return [one for one in rows if one.views or one.downloads]


def over_time(edition: Edition) -> list[Step]:
    """By days, weeks or longer, so that they fit a page; two queries."""
    views = views_by("day", ViewCount.objects.filter(presentation__edition=edition))
    rows = Download.objects.filter(version__presentation__edition=edition)
    taken = downloads_by("of", rows.annotate(of=TruncDate("created_at", tzinfo=edition.zone)))
    return steps_of(views, taken)


def steps_of(views: Counter[date], taken: Counter[date]) -> list[Step]:
    """Pure: numbers by day become steps of one length, without gaps, the last up to the last day."""
    days = [*views, *taken]
    if not days:
        return []
    first, last = min(days), max(days)
    span = (last - first).days
    length = next((size for size in LENGTHS if span // size < MOST_STEPS), 365)
    found: list[list[int]] = [[0, 0] for _step in range(span // length + 1)]
    for place, counts in enumerate((views, taken)):
        for day, count in counts.items():
            found[(day - first).days // length][place] += count
    ends = [min(first + timedelta((number + 1) * length - 1), last) for number in range(len(found))]
    return [Step(end, *pair) for end, pair in zip(ends, found, strict=True)]


def by_country(edition: Edition) -> tuple[list[Bar], list[Bar]]:
    """Views and downloads by the country of the account, the small ones together; two queries."""
    views = views_by("country", ViewCount.objects.filter(presentation__edition=edition))
    taken = downloads_by("country", Download.objects.filter(version__presentation__edition=edition))
    return bars(in_words(views)), bars(in_words(taken))


def in_words(counts: Counter[str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for code, count in counts.items():
        found[countries.name(code) or capfirst(_("without an account, or not said"))] += count
    return dict(found)


def presentations_in(edition: Edition) -> Sequence[Presentation]:
    rows = Presentation.objects.filter(edition=edition, current_file__isnull=False).select_related("session")
    return list(rows.order_by("session__position", F("session__number").asc(nulls_last=True), "title", "pk"))
