"""What is computed, published, issued and scanned once, whoever else asks for it. See tests/race/overtaking.py."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from conference.models import Task
from registration.badges.people import said_now
from registration.certificates.issuing import issue, issue_due
from registration.groups.services import deal_out
from registration.models import (
    AllocatedPlace,
    Certificate,
    CertificateRule,
    Group,
    GroupPlan,
    WorkshopBooking,
)
from registration.services import claims
from registration.services.allocating import compute
from registration.services.badges import confirm_printed
from registration.services.check_in import Kind as Scan
from registration.services.check_in import check_in
from registration.services.publishing_rounds import publish
from registration.services.ranking import fingerprint, ranking_of, save_ranking
from registration.services.tickets import reissue
from tests.factories import (
    make_check_in,
    make_ranking,
    make_release,
    make_round,
    make_session,
    make_slot,
    make_workshop,
)
from tests.race.overtaking import DONE, Scene
from tests.race.people import claim, kind, mails, person, registered

HOUR = timedelta(hours=1)


def round_of(registrations, **fields):
    """Ranked choice between two workshops of one place each; everybody wants the first one most."""
    edition = registrations[0].edition
    workshops = [make_workshop(edition, capacity=1) for _number in range(2)]
    made = make_round(edition, workshops, **fields)
    for one in registrations:
        make_ranking(one, made, *workshops)
    return made


def two_of(kind):
    return [registered(kind, name, queue_number=number) for number, name in enumerate(("Ada", "Ben"), 1)]


# --- Rounds ------------------------------------------------------------------------------------------------------


def ranking_and_computing():
    """Whoever was told that it is saved is in the result; the request came in time, and took its time."""
    now = timezone.now()
    ada, ben = two_of(kind())
    made = round_of([ben], closes_at=now - HOUR)
    ranking = [choice.pk for choice in made.choices.all()]

    def wanted_and_computed():
        return len(ranking_of(ada, made)), AllocatedPlace.objects.filter(registration=ada).count()

    return Scene(
        lambda: save_ranking(registration=ada, round_=made, ranking=ranking, at=now - 2 * HOUR),
        lambda: compute(round_=made, by=None),
        wanted_and_computed,
        [(DONE, DONE, (2, 1))],
        is_one_way=True,
    )


def ranking_in_two_windows():
    """Each showed the empty order; the later one is told that it changed."""
    ada, ben = two_of(kind())
    made = round_of([ben])
    one, two = (choice.pk for choice in made.choices.all())

    def save(ranking):
        return lambda: save_ranking(registration=ada, round_=made, ranking=ranking, seen=fingerprint([]))

    return Scene(
        save([one]),
        save([two]),
        lambda: ranking_of(ada, made),
        [(DONE, "RankingChanged", [one]), ("RankingChanged", DONE, [two])],
    )


def publishing_two_results():
    ada, ben = people = two_of(kind())
    made = round_of(people, closes_at=timezone.now() - HOUR)
    results = [compute(round_=made, by=None) for _number in range(2)]

    def booked_and_told():
        rows = WorkshopBooking.objects.filter(registration__in=people, status="confirmed")
        return (
            rows.count(),
            mails(ada.user),
            mails(ben.user),
            made.allocations.exclude(published_at=None).count(),
        )

    return Scene(
        lambda: publish(allocation=results[0], waits=True, by=None),
        lambda: publish(allocation=results[1], waits=True, by=None),
        booked_and_told,
        [(DONE, "AlreadyPublished", (2, 1, 1, 1)), ("AlreadyPublished", DONE, (2, 1, 1, 1))],
    )


# --- Certificates and groups -------------------------------------------------------------------------------------


def present(kind):
    """Two people who were at a session of an hour, at an edition with a rule."""
    session = make_session(kind.edition)
    make_slot(session, release=make_release(kind.edition))
    CertificateRule.objects.create(edition=kind.edition)
    people = two_of(kind)
    for one in people:
        make_check_in(one, session)
    return people


def issuing_to_everybody_twice():
    anyone = kind()
    ada, ben = present(anyone)

    def issued():
        rows = Certificate.objects.filter(edition=anyone.edition).order_by("number")
        return list(rows.values_list("number", flat=True)), mails(ada.user), mails(ben.user)

    def issue_all():
        issue_due(edition=anyone.edition, by=None)

    return Scene(issue_all, issue_all, issued, [(DONE, DONE, ([1, 2], 1, 1))], is_order_hidden=True)


def issuing_to_everybody_and_by_hand():
    anyone = kind()
    ada, ben = present(anyone)

    def issued():
        rows = Certificate.objects.filter(edition=anyone.edition).order_by("number")
        return list(rows.values_list("number", flat=True)), mails(ada.user), mails(ben.user)

    right = ([1, 2], 1, 1)
    return Scene(
        lambda: issue_due(edition=anyone.edition, by=None),
        lambda: issue(registration=ada, by=None),
        issued,
        [(DONE, DONE, right), (DONE, "HasCertificate", right)],
    )


def dealing_out_twice():
    anyone = kind()
    people = two_of(anyone)
    plan = GroupPlan.objects.create(session=make_session(anyone.edition))
    Group.objects.create(plan=plan, name="Everybody", home=Group.Home.OTHERS)

    def deal():
        deal_out(plan=plan)

    return Scene(
        deal, deal, lambda: plan.places.count() == len(people), [(DONE, DONE, True)], is_order_hidden=True
    )


# --- At the door -------------------------------------------------------------------------------------------------


def scan(registration):
    """Whoever has the former ticket is at the door; told "welcome", or else why not."""
    nonce, edition, code = uuid4(), registration.edition, registration.ticket_code

    def act():
        found = check_in(edition=edition, nonce=nonce, code=code, by=None).kind
        if found != Scan.WELCOME:
            raise type(found.name, (Exception,), {})

    return act


def scanning_and_issuing_anew():
    ada = registered(kind())
    return Scene(
        scan(ada),
        lambda: reissue(registration=ada, by=None),
        ada.check_ins.count,
        [(DONE, DONE, 1), ("UNKNOWN", DONE, 0)],
        is_order_hidden=True,
    )


def scanning_and_claiming():
    """Whoever is in is nobody else later, and the former ticket lets nobody in for another."""
    ada = registered(kind(can_be_handed_over=True))
    token, ben = claim(ada), person("Ben")
    return Scene(
        scan(ada),
        lambda: claims.take_over(token=token, user=ben, role="teacher", country="BE"),
        lambda: (ada.check_ins.count(), ben.registrations.count()),
        [(DONE, "NoHandingOver", (1, 0)), ("UNKNOWN", DONE, (0, 1))],
    )


def printing_and_issuing_anew():
    """A badge whose code opens nothing counts as not printed."""
    ada, olga = registered(kind()), person("Olga")
    made = {str(ada.pk): said_now(ada)}
    task = Task.objects.create(
        kind="badges", edition=ada.edition, by=olga, status=Task.Status.DONE, options={"made": made}
    )

    def is_printed():
        ada.refresh_from_db()
        return ada.badge_printed_at is not None

    return Scene(
        lambda: confirm_printed(task=task, by=olga),
        lambda: reissue(registration=ada, by=olga),
        is_printed,
        [(DONE, DONE, False)],
    )


ONCE = (
    ranking_and_computing,
    ranking_in_two_windows,
    publishing_two_results,
    issuing_to_everybody_twice,
    issuing_to_everybody_and_by_hand,
    dealing_out_twice,
    scanning_and_issuing_anew,
    scanning_and_claiming,
    printing_and_issuing_anew,
)
