"""Copy an edition as a whole: what each floor owns of it, in one transaction, without anything of people."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from conference.models import Edition
from conference.services.copying import copy_edition
from registration.services.copying_choices import (
    copy_certificate_rule,
    copy_group_plans,
    copy_questions,
    copy_rounds,
    copy_types,
)
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
    sessions = copy_programme(
        copied=copied, sessions=plan.sessions, texts=plan.texts, timetable=plan.timetable
    )
    questions = copy_questions(copied, copy_types(copied))
    copy_rounds(copied, sessions)
    copy_group_plans(copied, sessions, questions)
    copy_certificate_rule(copied)
    return copied.edition
