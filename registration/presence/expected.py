"""The list that whoever leads a session ticks: who was expected there, who else came, and who was noted before."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from registration.desk.answers import by_whom
from registration.desk.people import folded
from registration.groups.access import Leading
from registration.groups.members import members_of
from registration.groups.people import companies_of
from registration.models import CheckIn, Registration

PER_PAGE = 200  # names with two fields each; a request may hold a thousand


@dataclass(frozen=True)
class Line:
    registration: Registration
    check_in: CheckIn | None = None

    @property
    def name(self) -> str:
        return self.registration.user.name

    @property
    def words(self) -> str:
        """When and by whom, if present."""
        return by_whom(self.check_in, self.check_in.registration.edition) if self.check_in else ""


def lines_of(leading: Leading) -> list[Line]:
    """By name: everybody whom this person may know to come, and those who are noted as present already."""
    if not leading.may_see_people():
        return []
    session = leading.session
    rows = CheckIn.objects.standing().filter(session=session.pk)
    noted = {
        row.registration_id: row
        for row in rows.select_related("registration__user", "registration__edition", "by")
    }
    people = {person.pk: person for person in expected_by(leading)}
    if leading.group_ids is None:
        people |= {pk: row.registration for pk, row in noted.items()}
    lines = [Line(person, noted.get(pk)) for pk, person in people.items()]
    return sorted(lines, key=lambda line: (folded(line.name), line.registration.pk))


def expected_by(leading: Leading) -> list[Registration]:
    """Organisers may tick everybody who has a place; others those who are on their own list of who comes."""
    if leading.is_organiser:
        return list(members_of(leading.session).select_related("user"))
    return [row.registration for company in companies_of(leading) for row in company.rows]


def page_of(lines: list[Line], asked: QueryDict) -> Page:
    words = folded(asked.get("q", "")[:200]).split()
    found = [line for line in lines if all(f" {word}" in f" {folded(line.name)}" for word in words)]
    return Paginator(found, PER_PAGE).get_page(asked.get("page"))


def ticked(lines: list[Line], sent: QueryDict) -> tuple[list[Registration], list[Registration]]:
    """Who is to be present, and who was shown as present and is so no longer; of nobody who is not on the list."""
    people = {str(line.registration.pk): line.registration for line in lines}
    now, before = set(sent.getlist("present")), set(sent.getlist("was"))
    return [people[pk] for pk in people if pk in now - before], [
        people[pk] for pk in people if pk in before - now
    ]
