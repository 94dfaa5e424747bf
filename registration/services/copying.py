"""Copy an edition as a whole: what each floor owns of it, in one transaction, without anything of people."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from conference.models import Edition
from conference.services.copying import Copied, copy_edition, copy_of
from registration.models import RegistrationType
from registration.models.registration_type import new_invitation_key
from sessions.services.copying import copy_programme


@dataclass(frozen=True)
class Plan:
    """What the new edition is called, when it begins, and what it takes along."""

    title: str
    short_title: str
    slug: str
    starts_on: date
    ordinal: int | None = None
    sessions: bool = True
    texts: bool = True
    timetable: bool = True


@transaction.atomic
def copy_whole_edition(*, edition: Edition, plan: Plan) -> Edition:
    """All or nothing; raises AddressTaken if an edition has that address meanwhile."""
    copied = copy_edition(
        edition=edition,
        title=plan.title,
        short_title=plan.short_title,
        slug=plan.slug,
        ordinal=plan.ordinal,
        starts_on=plan.starts_on,
    )
    copy_programme(copied=copied, sessions=plan.sessions, texts=plan.texts, timetable=plan.timetable)
    types = RegistrationType.objects.filter(edition=copied.old)
    RegistrationType.objects.bulk_create(copy_of_type(one, copied) for one in types)
    return copied.edition


def copy_of_type(one: RegistrationType, copied: Copied) -> RegistrationType:
    opens_at, closes_at = copied.moved(one.opens_at), copied.moved(one.closes_at)
    return copy_of(
        one,
        edition=copied.edition,
        opens_at=opens_at,
        closes_at=closes_at,
        changes_close_at=copied.moved(one.changes_close_at),
        invitation_key=new_invitation_key(),  # the old link leads to the old edition only
    )
