"""The eNSPIRED years: 2014 without a theme, then six themes, each with a guest lecture and a learning week."""

import re
from datetime import date

from conference.management.demo.base import (
    Pair,
    appear,
    both,
    presentation,
    session,
    session_type,
    speaker,
    version,
)
from conference.management.demo.library_texts import THEMES as THEME_TEXTS
from conference.models import Edition, Series, Theme, User
from sessions.models import Session

# slug, title, first and last year, years as printed, guest lecturer, country, delegation
THEMES: list[tuple[str, Pair, int, int, str, tuple[str, str], list[tuple[str, str]]]] = [
    ("intercultural-pedagogy", ("Intercultural pedagogy", "Interculturele pedagogiek"), 2015, 2015, "2015",
     ("Amara Nwosu", "NG"), [("Amara Nwosu", "NG"), ("Rosa Quispe", "PE"), ("Lakshmi Iyer", "IN")]),
    ("inclusive-education", ("Inclusive education", "Inclusief onderwijs"), 2016, 2016, "2016",
     ("Thandiwe Mokoena", "ZA"), [("Thandiwe Mokoena", "ZA"), ("Nguyễn Thị Lan", "VN"), ("Camila Rojas", "CL")]),
    ("vulnerability-in-the-classroom", ("Vulnerability in the classroom", "Kwetsbaarheid in de klas"), 2017, 2018,
     "2017–2018", ("Beatriz Oliveira", "BR"), [("Beatriz Oliveira", "BR"), ("Wanjiru Kamau", "KE"), ("Sari Dewi", "ID")]),
    ("gender", ("Gender", "Gender"), 2018, 2019, "2018–2019",
     ("Fatou Diallo", "SN"), [("Fatou Diallo", "SN"), ("Mariana Ortiz", "CO"), ("Tenzin Choden", "BT")]),
    ("multilingualism", ("Multilingualism", "Meertaligheid"), 2019, 2020, "2019–2020",
     ("Ruvimbo Chikafu", "ZW"), [("Ruvimbo Chikafu", "ZW"), ("Elena Huamán", "PE"), ("Maricel Santos", "PH")]),
    ("professional-learning-communities", ("Professional learning communities", "Professionele leergemeenschappen"),
     2021, 2021, "2021", ("Grace Achieng", "UG"), [("Grace Achieng", "UG"), ("Javier Mamani", "BO"), ("Anjali Rao", "IN")]),
]  # fmt: skip
DAYS: list[Pair] = [
    ("Arriving and listening", "Aankomen en luisteren"),
    ("In schools", "In scholen"),
    ("Practices from elsewhere", "Praktijken van elders"),
    ("Challenges and possible solutions", "Uitdagingen en mogelijke oplossingen"),
    ("What we take along", "Wat we meenemen"),
]


def load(accounts: dict[str, User]) -> None:
    series = Series.objects.create(
        slug="enspired",
        position=2,
        **both(
            title=(
                "eNSPIRED: the impact of international dialogue",
                "eNSPIRED: de impact van internationale dialoog",
            ),
            description=(
                "Since 2014, workshops, seminars and learning weeks for teacher educators, pedagogical counsellors and "
                "teachers, with education experts from Africa, Asia and South America.",
                "Sinds 2014: workshops, seminaries en leerweken voor lerarenopleiders, pedagogisch begeleiders en leraren, "
                "met onderwijsexperts uit Afrika, Azië en Zuid-Amerika.",
            ),
        ),
    )
    first = year_of(series, 2014, None, ("First meetings", "Eerste ontmoetingen"))
    session(
        first, ("Looking elsewhere for practices that work", "Elders zoeken naar praktijken die werken"),
        session_type=session_type(("Seminar", "Seminarie")), slug="seminar",
    )  # fmt: skip
    for slug, title, start, end, label, lecturer, delegation in THEMES:
        theme = Theme.objects.create(
            slug=slug, series=series, start_year=start, end_year=end, label=label, **both(title=title)
        )
        edition = year_of(series, start, theme, title, end)
        lecture = add_lecture(edition, title, lecturer)
        add_learning_week(edition, title, delegation)
        slides = presentation(
            lecture, f"{title[0]}: slides of the guest lecture", accounts["organiser"], audience="members"
        )
        version(slides, lines=told_by_the_lecture(slug))


def told_by_the_lecture(theme: str) -> tuple[str, ...]:
    """The sentences with which the publication looks back on it."""
    text = THEME_TEXTS[theme]
    words = f"{text.look_back} {text.challenges}".replace("*", "")
    return tuple(sentence.strip() for sentence in re.split(r"(?<=[.?!])\s+", words) if sentence.strip())


def year_of(series: Series, start: int, theme: Theme | None, title: Pair, end: int | None = None) -> Edition:
    """A programme year; only its years are known."""
    label = theme.years if theme else str(start)
    return Edition.objects.create(
        series=series,
        theme=theme,
        slug=f"enspired-{label.replace('–', '-')}",
        starts_on=date(start, 1, 1),
        ends_on=date(end or start, 12, 31),
        date_precision=Edition.Precision.YEAR,
        accent_hue=330,
        is_published=True,
        country="BE",
        **both(
            title=title,
            short_title=(f"eNSPIRED {label}", f"eNSPIRED {label}"),
            summary=(
                f"The eNSPIRED year {label}: a guest lecture by an international expert, and a week of learning together.",
                f"Het eNSPIRED-jaar {label}: een gastcollege door een internationale expert, en een week samen leren.",
            )
            if theme
            else (
                "The first year of eNSPIRED, before there were themes.",
                "Het eerste jaar van eNSPIRED, toen er nog geen thema's waren.",
            ),
        ),
    )


def add_lecture(edition: Edition, title: Pair, lecturer: tuple[str, str]) -> Session:
    lecture = session(
        edition, (f"Guest lecture: {title[0].lower()} seen from elsewhere", f"Gastcollege: {title[1].lower()} van elders bekeken"),
        session_type=session_type(("Guest lecture", "Gastcollege")), slug="guest-lecture", number=1,
    )  # fmt: skip
    name, country = lecturer
    appear(lecture, speaker(name, country=country))
    return lecture


def add_learning_week(edition: Edition, title: Pair, delegation: list[tuple[str, str]]) -> None:
    week = session(
        edition, (f"Learning week: {title[0].lower()}", f"Leerweek: {title[1].lower()}"),
        session_type=session_type(("Learning week", "Leerweek")), slug="learning-week", number=2,
        abstract=(
            "A delegation of educational experts shares inspiring practices with professionals in Flanders.",
            "Een delegatie van onderwijsexperts deelt inspirerende praktijken met professionals in Vlaanderen.",
        ),
    )  # fmt: skip
    for name, country in delegation:
        appear(week, speaker(name, country=country))
    day_type = session_type(("Day", "Dag"))
    for number, day in enumerate(DAYS, start=1):
        session(edition, day, part_of=week, number=number, session_type=day_type, slug=f"day-{number}")
