"""What an edition asks and lets people choose, copied without what anybody answered, chose or was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conference.services.copying import Copied, copy_of, copy_rows
from conference.trail.records import MADE, note
from registration.models import (
    CertificateRule,
    Group,
    GroupPlan,
    Question,
    QuestionOption,
    RegistrationType,
    Round,
    RoundWorkshop,
)
from registration.models.registration_type import new_invitation_key
from registration.models.round import new_salt
from sessions.models import Session

Types = dict[int, RegistrationType]


@dataclass
class Questions:
    """What became of questions and of their options, by the keys of the old ones."""

    questions: dict[int, Question]
    options: dict[int, QuestionOption]

    def value(self, value: str) -> str:
        """A value of a group: an option's key becomes that of its copy; a country, a role, yes or no stays."""
        option = self.options.get(int(value)) if value.isdecimal() else None
        return str(option.pk) if option else value


def copy_types(copied: Copied) -> Types:
    """With the organisations they are for; by the keys of the old ones."""
    old = list(RegistrationType.objects.filter(edition=copied.old))
    new = RegistrationType.objects.bulk_create(copy_of_type(one, copied) for one in old)
    made = {one.pk: its for one, its in zip(old, new, strict=True)}
    copy_pairs(RegistrationType.organisations.through, "registrationtype", made)
    note(new, MADE)
    return made


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


def copy_pairs(
    through: Any, name: str, made: Mapping[int, Any], targets: Mapping[int, Any] | None = None
) -> None:
    """The rows of a many-to-many field of what was made; its targets are others too, or the same as before."""
    target = next(field.attname for field in through._meta.fields if field.is_relation and field.name != name)
    pairs = through.objects.filter(**{f"{name}__in": list(made)}).values_list(f"{name}_id", target)
    rows = [
        through(**{f"{name}_id": made[one].pk, target: targets[other].pk if targets else other})
        for one, other in pairs
    ]
    through.objects.bulk_create(rows)


def copy_questions(copied: Copied, types: Types) -> Questions:
    """With options, conditions and types; their days move along, and each consent begins with its first version."""
    old = list(Question.objects.filter(edition=copied.old))
    new = [
        copy_of(
            one,
            edition=copied.edition,
            after=None,
            version=1,
            delete_on=one.delete_on and one.delete_on + copied.days,
        )
        for one in old
    ]
    Question.objects.bulk_create(new)
    made = {one.pk: its for one, its in zip(old, new, strict=True)}
    follow = [one for one in old if one.after_id]
    for one in follow:
        made[one.pk].after = made[one.after_id or 0]
    Question.objects.bulk_update([made[one.pk] for one in follow], ["after"])
    copy_pairs(Question.types.through, "question", made, types)
    note(new, MADE)
    return Questions(made, copy_options(made))


def copy_options(made: Mapping[int, Question]) -> dict[int, QuestionOption]:
    old = list(QuestionOption.objects.filter(question__in=list(made)))
    new = QuestionOption.objects.bulk_create(copy_of(one, question=made[one.question_id]) for one in old)
    note(new, MADE)
    return {one.pk: its for one, its in zip(old, new, strict=True)}


def copy_rounds(copied: Copied, sessions: Mapping[int, Session]) -> None:
    """The ways and times of choosing, with the workshops that came along; nobody's wishes, and no result."""
    old = list(Round.objects.filter(edition=copied.old))
    new = [
        copy_of(
            one,
            edition=copied.edition,
            opens_at=copied.moved(one.opens_at),
            closes_at=copied.moved(one.closes_at),
            salt=new_salt(),
            seed="",  # it decided once; another year takes another
            published_at=None,
        )
        for one in old
    ]
    Round.objects.bulk_create(new)
    note(new, MADE)
    made = {one.pk: its for one, its in zip(old, new, strict=True)}
    choices = RoundWorkshop.objects.filter(round__in=list(made), workshop__in=list(sessions))
    RoundWorkshop.objects.bulk_create(
        copy_of(one, round=made[one.round_id], workshop_id=sessions[one.workshop_id].pk) for one in choices
    )


def copy_group_plans(copied: Copied, sessions: Mapping[int, Session], questions: Questions) -> None:
    """How a session splits into groups, with their rooms; neither people nor facilitators, and nothing merged."""
    old = list(GroupPlan.objects.filter(session__in=list(sessions)))
    new = [
        copy_of(
            one,
            session=sessions[one.session_id],
            question=questions.questions.get(one.question_id or 0),
            dealt_at=None,
            is_published=False,
        )
        for one in old
    ]
    GroupPlan.objects.bulk_create(new)
    note(new, MADE)
    made = {one.pk: its for one, its in zip(old, new, strict=True)}
    groups = Group.objects.filter(plan__in=list(made))
    Group.objects.bulk_create(
        copy_of(
            one,
            plan=made[one.plan_id],
            room=copied.rooms.get(one.room_id or 0),
            values=[questions.value(str(value)) for value in one.values],
            merged_into=None,
        )
        for one in groups
    )


def copy_certificate_rule(copied: Copied) -> None:
    copy_rows(CertificateRule, CertificateRule.objects.filter(edition=copied.old), edition=copied.edition)
