"""The people of a session as those who lead it see them: names and organisations, and what concerns the room."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from conference.models import User
from registration.groups.access import Leading
from registration.groups.members import members_of, standing
from registration.groups.own import Circle, circles_by_group, circles_in, published_plan
from registration.models import Group, GroupPlan, Question, Registration
from registration.questions.answers import answers_of
from registration.questions.asking import with_options
from sessions.models import Session


@dataclass
class Row:
    """One person who comes."""

    registration: Registration
    answers: list[str] = field(
        default_factory=list
    )  # in the order of the company's questions; empty: no answer

    @property
    def name(self) -> str:
        return self.registration.user.name


@dataclass
class Company:
    """Those who come together: a group, or everyone in a workshop."""

    circle: Circle | None = None
    rows: list[Row] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def group(self) -> Group | None:
        return self.circle.group if self.circle else None

    @property
    def has_needs(self) -> bool:
        return any(row.registration.access_needs for row in self.rows)

    @property
    def readers(self) -> list[User]:
        """Whom a letter reaches: not yet those who did not take over what a colleague registered for them."""
        return [row.registration.user for row in self.rows if row.registration.user.is_active]

    @property
    def key(self) -> str:
        return str(self.circle.group.pk) if self.circle else "all"


def companies_of(leading: Leading, at: datetime | None = None) -> list[Company]:
    """Who comes, by group, as far as this person leads them; nothing where nobody can be known to come."""
    if not leading.may_see_people(at):
        return []
    session = leading.session
    plan = published_plan(session)
    if plan:
        companies = companies_of_groups(plan, leading)
    elif session.takes_bookings and leading.group_ids is None:
        companies = [Company(rows=rows_of(members_of(session).select_related("user", "organisation")))]
    else:
        return []
    add_answers(session, companies)
    return companies


def companies_of_groups(plan: GroupPlan, leading: Leading) -> list[Company]:
    circles = [circle for circle in circles_in(plan.groups.all()) if leading.includes(circle.group.pk)]
    companies = {circle.group.pk: Company(circle) for circle in circles}
    homes = circles_by_group(circles)
    places = standing().filter(plan=plan, group__in=list(homes))
    places = places.select_related("registration__user", "registration__organisation")
    for place in places.order_by("registration__user__name", "pk"):
        companies[homes[place.group_id].group.pk].rows.append(Row(place.registration))
    return list(companies.values())


def rows_of(registrations: Iterable[Registration]) -> list[Row]:
    return sorted(
        (Row(one) for one in registrations), key=lambda row: (row.name.casefold(), row.registration.pk)
    )


def add_answers(session: Session, companies: list[Company]) -> None:
    """Only to questions that the organisers marked for the room, and none that are sensitive; one or two queries."""
    rows = [row for company in companies for row in company.rows]
    of_room = Question.objects.filter(edition=session.edition_id, concerns_room=True, is_sensitive=False)
    questions = list(with_options(of_room)) if rows else []
    if not questions:
        return
    answers = answers_of([row.registration for row in rows], questions)
    for company in companies:
        company.questions = questions
        for row in company.rows:
            of_one = answers.get(row.registration.pk, {})
            row.answers = [of_one.get(question.pk, "") for question in questions]
