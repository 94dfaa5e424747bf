"""A publication with one part of every kind, and themes with what belongs to them."""

import itertools

from conference.models import Theme
from registration.models import Outcome
from sessions.models import Publication
from tests.factories import make_edition, make_presentation, make_session

counter = itertools.count(1)
PICTURE = b"\x89PNG a picture"


def make_publication(title="Looking back", **fields):
    fields = {"slug": f"publication-{next(counter)}", "is_published": True, **fields}
    return Publication.objects.create(title=title, **fields)


def make_part(publication, kind="text", **fields):
    if kind == "text":
        fields.setdefault("body", "What the editors say")
    fields.setdefault("position", publication.parts.count())
    return publication.parts.create(kind=kind, **fields)


def make_theme(title="Gender", start=2018, end=2019, series=None):
    number = next(counter)
    return Theme.objects.create(
        title=title, slug=f"theme-{number}", start_year=start, end_year=end, series=series
    )


def make_outcome(session, problem="Files get lost", **fields):
    return Outcome.objects.create(session=session, problem=problem, **{"status": "approved", **fields})


def make_theme_with_slides(title="Gender", start=2018, audience="members", **fields):
    """A theme, its edition, a session with slides and something decided."""
    theme = make_theme(title, start, start + 1)
    edition = make_edition(f"Year of {title}", theme=theme, **fields)
    session = make_session(edition, f"Lecture on {title}")
    presentation = make_presentation(session, f"Slides on {title}", audience=audience)
    make_outcome(session, f"What to do about {title}")
    return theme, session, presentation
