"""How conflicts name sessions, times and rooms."""

from datetime import datetime

from django.utils.translation import gettext as _

from conference.dates import moment_range
from conference.templatetags.texts import shown
from sessions.conflicts.draft import Draft, Timed
from sessions.models import Session


def title_of(session: Session) -> str:
    return shown(session, "title")[0]


def room_of(slot: Timed) -> str:
    return shown(slot.room, "name")[0] if slot.room else _("the whole venue")


def time_of(draft: Draft, slot: Timed) -> str:
    return moment_range(slot.starts_at, slot.ends_at, draft.edition.zone)


def shared_time(draft: Draft, one: Timed, other: Timed) -> str:
    starts_at: datetime = max(one.starts_at, other.starts_at)
    ends_at: datetime = min(one.ends_at, other.ends_at)
    return moment_range(starts_at, ends_at, draft.edition.zone)
