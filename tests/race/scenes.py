"""Places: who is approved, placed, moved, handed over, and who chooses what only some can have. See tests/race/overtaking.py."""

from registration.models import WorkshopBooking
from registration.questions.asking import Given
from registration.services import claims
from registration.services.approving import approve, refuse
from registration.services.booking import book_workshop
from registration.services.colleagues import Colleague, register_colleagues
from registration.services.moving import change_type
from registration.services.placing import place_on_purpose
from registration.services.registering import cancel_registration, register
from tests.factories import (
    make_membership,
    make_organisation,
    make_question,
    make_release,
    make_slot,
    make_workshop,
)
from tests.race.overtaking import DONE, Scene
from tests.race.people import chosen, claim, kind, mails, person, queue, registered, statuses

TEACHER = {"role": "teacher", "country": "BE"}
CONFIRMED, WAITING, PENDING, CANCELLED = "confirmed", "waiting", "pending", "cancelled"


def approving_two_for_one_place():
    few, olga = kind(capacity=1, needs_approval=True), person("Olga")
    ada, ben = (registered(few, name, status=PENDING, queue_number=0) for name in ("Ada", "Ben"))
    return Scene(
        lambda: approve(registration=ada, by=olga),
        lambda: approve(registration=ben, by=olga),
        lambda: queue(few),
        [(DONE, DONE, [(CONFIRMED, 1), (WAITING, 2)])],
    )


def approving_and_refusing_the_same():
    ada, olga = registered(kind(needs_approval=True), status=PENDING), person("Olga")
    return Scene(
        lambda: approve(registration=ada, by=olga),
        lambda: refuse(registration=ada, by=olga, reason="Too far"),
        lambda: (statuses(ada), mails(ada.user)),
        [(DONE, "NotPending", ([CONFIRMED], 1)), ("NotPending", DONE, ([CANCELLED], 1))],
    )


def placing_the_same_on_purpose():
    full, olga = kind(capacity=0), person("Olga")
    ada = registered(full, status=WAITING)

    def place():
        place_on_purpose(registration=ada, by=olga)

    return Scene(
        place,
        place,
        lambda: (queue(full), mails(ada.user)),
        [
            (DONE, "NothingToPlace", ([(CONFIRMED, 1)], 1)),
            ("NothingToPlace", DONE, ([(CONFIRMED, 1)], 1)),
        ],
    )


def placing_and_booking_at_one_time():
    """An organiser puts somebody into one of two parallel workshops while the person books the other."""
    anyone, olga = kind(), person("Olga")
    ada, release = registered(anyone), make_release(anyone.edition)
    workshops = [make_workshop(anyone.edition) for _number in range(2)]
    for workshop in workshops:
        make_slot(workshop, release=release)
    return Scene(
        lambda: place_on_purpose(registration=ada, workshop=workshops[0], by=olga),
        lambda: book_workshop(registration=ada, workshop=workshops[1]),
        lambda: WorkshopBooking.objects.active().filter(registration=ada).count(),
        [(DONE, "WorkshopClash", 1), ("WorkshopClash", DONE, 1)],
    )


def moving_two_to_one_place():
    many = kind()
    few = kind(many.edition, capacity=1)
    ada, ben = registered(many, "Ada"), registered(many, "Ben", queue_number=2)
    return Scene(
        lambda: change_type(registration=ada, registration_type=few),
        lambda: change_type(registration=ben, registration_type=few),
        lambda: queue(few),
        [(DONE, "PlaceWouldBeLost", [(CONFIRMED, 1)]), ("PlaceWouldBeLost", DONE, [(CONFIRMED, 1)])],
        before="registration_placechange",
    )


def moving_and_registering_for_one_place():
    many = kind()
    few = kind(many.edition, capacity=1)
    ada, ben = registered(many), person("Ben")
    return Scene(
        lambda: change_type(registration=ada, registration_type=few),
        lambda: register(user=ben, registration_type=few, **TEACHER),
        lambda: queue(few),
        [(DONE, DONE, [(CONFIRMED, 1), (WAITING, 2)]), ("PlaceWouldBeLost", DONE, [(CONFIRMED, 1)])],
        before="registration_placechange",
    )


def registering_with_two_kinds():
    """No lock is common to both: the constraint decides."""
    one = kind()
    two, ada = kind(one.edition), person()
    return Scene(
        lambda: register(user=ada, registration_type=one, **TEACHER),
        lambda: register(user=ada, registration_type=two, **TEACHER),
        lambda: (ada.registrations.count(), mails(ada)),
        [(DONE, "AlreadyRegistered", (1, 1)), ("AlreadyRegistered", DONE, (1, 1))],
    )


def colleagues_and_somebody_for_two_places():
    """Both colleagues or none of them."""
    few, ada, ben = kind(capacity=2), person(), person("Ben")
    school = make_organisation()
    make_membership(school, ada, is_administrator=True)
    ada.emailaddress_set.create(email=ada.email, verified=True, primary=True)
    colleagues = [Colleague(name, f"{name}{few.pk}@example.org") for name in ("cas", "dan")]
    cas = {"by": ada, "organisation": school, "registration_type": few, "colleagues": colleagues}
    return Scene(
        lambda: register_colleagues(**cas),
        lambda: register(user=ben, registration_type=few, **TEACHER),
        lambda: queue(few),
        [
            (DONE, DONE, [(CONFIRMED, 1), (CONFIRMED, 2), (WAITING, 3)]),
            ("PlacesLack", DONE, [(CONFIRMED, 1)]),
        ],
    )


def claiming_by_two():
    ada = registered(kind(can_be_handed_over=True))
    token, ben, cas = claim(ada), person("Ben"), person("Cas")

    def holders():
        return ben.registrations.count(), cas.registrations.count(), mails(ada.user)

    return Scene(
        lambda: claims.take_over(token=token, user=ben, **TEACHER),
        lambda: claims.take_over(token=token, user=cas, **TEACHER),
        holders,
        [(DONE, "ClaimSpent", (1, 0, 1)), ("ClaimSpent", DONE, (0, 1, 1))],
    )


def claiming_and_withdrawing():
    ada = registered(kind(can_be_handed_over=True))
    token, ben = claim(ada), person("Ben")
    return Scene(
        lambda: claims.take_over(token=token, user=ben, **TEACHER),
        lambda: claims.withdraw(registration=ada, by=ada.user),
        lambda: ben.registrations.count(),
        [(DONE, "ChangedMeanwhile", 1), ("ClaimSpent", DONE, 0)],
    )


def claiming_and_cancelling():
    """Whoever handed it over does not cancel what is another's by now."""
    ada = registered(kind(can_be_handed_over=True))
    token, ben = claim(ada), person("Ben")
    return Scene(
        lambda: claims.take_over(token=token, user=ben, **TEACHER),
        lambda: cancel_registration(registration=ada),
        lambda: (ben.registrations.active().count(), statuses(ada)),
        [(DONE, "ChangedMeanwhile", (1, [CONFIRMED])), ("ClaimSpent", DONE, (0, [CANCELLED]))],
    )


def handing_over_and_cancelling():
    ada = registered(kind(can_be_handed_over=True))
    return Scene(
        lambda: claims.hand_over(registration=ada, name="Ben", email=f"ben{ada.pk}@example.org"),
        lambda: cancel_registration(registration=ada),
        lambda: (statuses(ada), ada.claims.count()),
        [(DONE, DONE, ([CANCELLED], 1)), ("RegistrationGone", DONE, ([CANCELLED], 0))],
        is_order_hidden=True,
    )


def claiming_two_kinds_by_one():
    """No lock is common to both: the constraint decides."""
    one, two = (kind(can_be_handed_over=True) for _number in range(2))
    two.edition = one.edition
    two.save()
    tokens, ben = [claim(registered(one)), claim(registered(two))], person("Ben")
    return Scene(
        lambda: claims.take_over(token=tokens[0], user=ben, **TEACHER),
        lambda: claims.take_over(token=tokens[1], user=ben, **TEACHER),
        lambda: ben.registrations.count(),
        [(DONE, "AlreadyRegistered", 1), ("AlreadyRegistered", DONE, 1)],
    )


def choosing_the_last_fish():
    """By two people who register with different kinds."""
    one, ada, ben = kind(), person("Ada"), person("Ben")
    two = kind(one.edition)
    lunch = make_question(one.edition, "Lunch", [("fish", 1), ("soup", None)])
    fish = {lunch: Given(options=(lunch.options.get(label="fish").pk,))}
    return Scene(
        lambda: register(user=ada, registration_type=one, given=fish, **TEACHER),
        lambda: register(user=ben, registration_type=two, given=fish, **TEACHER),
        lambda: (chosen(lunch), len(queue(one)) + len(queue(two))),
        [(DONE, "OptionFull", (1, 1)), ("OptionFull", DONE, (1, 1))],
        before="registration_answer",
    )


PLACES = (
    approving_two_for_one_place,
    approving_and_refusing_the_same,
    placing_the_same_on_purpose,
    placing_and_booking_at_one_time,
    moving_two_to_one_place,
    moving_and_registering_for_one_place,
    registering_with_two_kinds,
    colleagues_and_somebody_for_two_places,
    claiming_by_two,
    claiming_and_withdrawing,
    claiming_and_cancelling,
    handing_over_and_cancelling,
    claiming_two_kinds_by_one,
    choosing_the_last_fish,
)
