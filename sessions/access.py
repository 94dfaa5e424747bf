"""What opens a presentation to this viewer, in words; whether it is open the one rule has decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conference import clock
from conference.dates import date_format
from conference.models import Edition
from conference.translated_columns import in_languages
from conference.viewer import ANONYMOUS, Viewer
from sessions.models import Presentation
from sessions.models.presentation import PresentationQuerySet
from sessions.previews.covers import with_cover

State = Literal["open", "account", "registration", "later", "closed"]
Audience = Presentation.Audience
NEEDED = ["audience", "opens_at", "withdrawn_at", "current_file", "edition__time_zone"]
NEEDED += ["edition__registration_opens_at", "edition__registration_closes_at"]
ROW = ["guid", "title", "kind", "language", "audience", "opens_at", "withdrawn_at", "edition"]
ROW += ["current_file__link", "current_file__format", "current_file__size"]
ROW += ["current_file__preview__state", "current_file__preview__has_cover"]
ROW += ["session__kind", *in_languages("session__title")]


@dataclass(frozen=True)
class Access:
    """What this viewer has to do for the file; words stand beside its title in lists."""

    state: State
    words: str
    is_public: bool = True  # everyone may know of it; else only those who manage it see it

    @property
    def is_open(self) -> bool:
        return self.state == "open"


def access_of_all(
    presentations: Iterable[Presentation], viewer: Viewer, at: datetime | None = None
) -> dict[int, Access]:
    """The access of each presentation by its key, in one query for all of them."""
    at = at or clock.now()
    rows = list(presentations)
    if not all(hasattr(row, "is_downloadable") for row in rows):
        listed = Presentation.objects.filter(pk__in=[row.pk for row in rows])
        rows = list(with_access(listed, viewer, at).select_related("edition").only(*NEEDED).order_by())
    return {row.pk: _access(row, viewer, at) for row in rows}


def with_access(
    presentations: PresentationQuerySet,
    viewer: Viewer,
    at: datetime | None = None,
    among: PresentationQuerySet | None = None,
) -> PresentationQuerySet:
    """The same presentations, read together with what access_of_all() asks; they need their edition too.

    The questions are asked about all of `among`; a simple one spares the database saying the rest again.
    """
    known = presentations if among is None else among
    return presentations.annotate(
        is_downloadable=_is_among(known.downloadable_by(viewer, at)),
        is_opened=_is_among(known.open_at(at)),
        is_public=_is_among(known.public()),
    )


def rows_of(presentations: PresentationQuerySet, viewer: Viewer, edition: Edition) -> list[Presentation]:
    """Presentations of this edition with all that a list shows of them, in one query."""
    asked = with_access(presentations, viewer, among=Presentation.objects.filter(edition=edition))
    found = list(with_cover(asked).select_related("current_file__preview", "session").only(*ROW))
    for one in found:
        one.edition = edition
    return found


def _is_among(presentations: PresentationQuerySet) -> ExpressionWrapper:
    return ExpressionWrapper(Q(pk__in=presentations.order_by().values("pk")), output_field=BooleanField())


def access_of(presentation: Presentation, viewer: Viewer = ANONYMOUS, at: datetime | None = None) -> Access:
    return access_of_all([presentation], viewer, at)[presentation.pk]


def _access(row: Presentation, viewer: Viewer, at: datetime) -> Access:
    if not row.is_public:  # type: ignore[attr-defined]
        return Access("open" if row.is_downloadable else "closed", _hidden_words(row), is_public=False)  # type: ignore[attr-defined]
    if row.is_downloadable:  # type: ignore[attr-defined]
        return Access("open", _("Open"))
    if not row.is_opened:  # type: ignore[attr-defined]
        return Access("later", _opening_words(row, at))
    if row.audience == Audience.MEMBERS:
        return Access("account", _("Free account"))
    if row.audience == Audience.ATTENDEES and row.edition:
        return _for_attendees(row.edition.registration_is_open(at), viewer)
    return Access("closed", _("For organisers"))


def _hidden_words(row: Presentation) -> str:
    if row.withdrawn_at:
        return _("Withdrawn")
    return _("Not public yet") if row.current_file_id else _("Not approved yet")


def _for_attendees(registration_is_open: bool, viewer: Viewer) -> Access:
    if registration_is_open:
        return Access("registration", _("Registration"))
    if viewer.user_id is None:
        return Access("closed", _("For people who attended: log in"))
    return Access("closed", _("For people who attended"))


def _opening_words(row: Presentation, at: datetime) -> str:
    if not row.opens_at or row.opens_at <= at:
        return _("After the session")
    zone = row.edition.zone if row.edition else timezone.get_default_timezone()
    opens_at = row.opens_at.astimezone(zone)
    this_year = at.astimezone(zone).year == opens_at.year
    return _("From %(date)s") % {"date": date_format(opens_at, "j F" if this_year else "j F Y")}
