"""A school with members, places reserved for it, colleagues who have not come yet, and requests to decide."""

from conference.management.demo.base import both, organisation
from conference.models import Edition, Membership, Organisation, Outbox, User
from registration.models import Registration, RegistrationType
from registration.services.colleagues import Colleague, register_colleagues

Status = Membership.Status
COLLEAGUES = [
    Colleague("Milan Horvat", "milan.horvat@school.example"),
    Colleague("Zoë van Aken", "zoe.van.aken@school.example"),
]


def load(accounts: dict[str, User], crowd: list[User], second: Edition) -> None:
    school = organisation("GO! Busleyden Atheneum Pitzemburg", "school", city="Mechelen", country="BE")
    member = accounts["member"]
    belong(member, school, is_administrator=True, is_shown=True)
    belong(crowd[0], school, is_shown=True)
    belong(crowd[1], school)
    belong(accounts["attendee"], school, status=Status.ASKED)
    belong(crowd[2], organisation("AFS Low Lands", "npo"), status=Status.ASKED)  # nobody administers it yet
    second.registration_types.filter(position=1).update(can_be_handed_over=True)
    register_colleagues(
        by=member, organisation=school, registration_type=reserved(second, school), colleagues=COLLEAGUES
    )
    # Nobody is written to; “Send a new link” on the page does.
    Outbox.objects.filter(recipient__in=[one.email for one in COLLEAGUES]).delete()
    Registration.objects.filter(registered_by=member).update(country="BE")
    Registration.objects.filter(user=crowd[0], edition=second).update(organisation=school)


def belong(user: User, school: Organisation, status: str = Status.MEMBER, **fields: object) -> None:
    Membership.objects.get_or_create(user=user, organisation=school, defaults={"status": status, **fields})


def reserved(edition: Edition, school: Organisation) -> RegistrationType:
    """Only its members see this kind."""
    kind = RegistrationType.objects.create(
        edition=edition,
        capacity=6,
        position=3,
        for_whom=RegistrationType.ForWhom.MEMBERS,
        can_be_handed_over=True,
        **both(
            name=("Member of a partner school", "Lid van een partnerschool"),
            description=("Places kept for partner schools", "Plaatsen voor partnerscholen"),
        ),
    )
    kind.organisations.add(school)
    return kind
