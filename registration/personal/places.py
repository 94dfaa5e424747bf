"""Registrations, bookings, wishes, and who got which place."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from conference.privacy import words
from conference.privacy.register import table
from conference.privacy.words import Basis, Group
from registration.personal import rules

PLACE: dict[str, Any] = {"group": Group.REGISTRATION, "basis": Basis.CONTRACT}
WORK: dict[str, Any] = {
    "group": Group.WORK,
    "basis": Basis.INTEREST,
    "seen_by": words.ORGANISERS,
    "until": words.UNTIL_NAMELESS,
}
ORDER = "the order of places"

table("registration.Registration", of="user", beside="edition").keeps(
    "user registration_type status created_at confirmed_at cancelled_at refusal_reason",
    what=_("At which conferences you registered, and what became of it"), **PLACE,
    purpose=_("To keep your place."), seen_by=words.DOOR, until=words.UNTIL_NAMELESS,
).keeps(
    "role country organisation organisation_name",
    what=_("Role, country and organisation"), **PLACE,
    purpose=_("For your badge, to make groups, and for numbers for those who fund the conference."),
    seen_by=words.DESK, until=words.UNTIL_NAMELESS,
).keeps(
    "dietary_needs access_needs", what=_("Dietary and access needs, if you tell us"),
    group=Group.REGISTRATION, basis=Basis.CONSENT,
    purpose=_("So that you can eat and take part."), seen_by=_("You and organisers who may read needs."),
    until=rules.NEEDS,
).keeps(
    "needs_deleted_at", what=_("When your needs were deleted"), **PLACE,
    purpose=_("To show that they were."), seen_by=words.ORGANISERS, until=words.UNTIL_NAMELESS,
).keeps(
    "reference ticket_code", what=_("Number and QR code of your ticket"), **PLACE,
    purpose=_("To let you in."), seen_by=words.DOOR, until=words.UNTIL_CLOSED,
).keeps(
    "badge_printed_at badge_said", what=_("Whether your badge is printed"), **PLACE,
    purpose=_("So that it is printed once."), seen_by=words.DESK, until=words.UNTIL_CLOSED,
).keeps(
    "consent_at consent_version", what=_("Your consent to this page: when, and to which version"),
    group=Group.REGISTRATION, basis=Basis.CONSENT,
    purpose=_("To prove it."), seen_by=words.ORGANISERS, until=words.UNTIL_CLOSED,
).keeps(
    "registered_by", of="registered_by", what=_("That you registered a colleague"), **PLACE,
    purpose=_("So that you can follow it."), seen_by=words.ORGANISERS, until=words.UNTIL_NAMELESS,
).plain("guid edition", "which registration").plain("queue_number", ORDER)  # fmt: skip


def offer(row: Any) -> dict[str, Any]:
    """The registration itself may be somebody else's, who hands it over."""
    said = ("name", "email", "is_handing_over", "created_at", "expires_at", "claimed_at", "withdrawn_at")
    return {name: getattr(row, name) for name in said} | {"edition": str(row.registration.edition)}


table("registration.Claim", addressed="email").keeps(
    "registration name email is_handing_over created_at expires_at claimed_at withdrawn_at",
    what=_("Your name and address, when a colleague registers you or hands a place over to you"), **PLACE,
    purpose=_("To write to you, so that you can take the place over."), seen_by=words.ORGANISERS, until=rules.CLAIMS,
    read=offer,
).keeps(
    "token_hash", what=_("What checks the link in such a mail"), **PLACE,
    purpose=_("To know that it is you."), seen_by=words.NOBODY, until=rules.CLAIMS, not_handed_out="secret",
).keeps(
    "offered_by", of="offered_by", what=_("That you registered a colleague"), **PLACE,
    purpose=_("So that you can follow it."), seen_by=words.ORGANISERS, until=words.UNTIL_NAMELESS,
)  # fmt: skip

table("registration.WorkshopBooking", of="registration__user", beside="workshop").keeps(
    "registration status created_at confirmed_at cancelled_at", what=_("Your places in workshops"), **PLACE,
    purpose=_("To keep your place."), seen_by=_("You, organisers, the registration desk and whoever leads it."),
    until=words.UNTIL_NAMELESS,
).plain("workshop", "which workshop").plain("queue_number", ORDER)  # fmt: skip

table("registration.Preference", of="registration__user", beside="choice").keeps(
    "registration rank created_at", what=_("Your wishes for workshops"), **PLACE,
    purpose=_("To give as many as possible what they wish."), seen_by=words.ORGANISERS, until=words.UNTIL_CLOSED,
).plain("choice", "which workshop")  # fmt: skip
table("registration.FixedPlace", of="registration__user", beside="choice").keeps(
    "registration", what=_("A place that an organiser gave you"), **PLACE,
    purpose=_("To keep your place."), seen_by=words.ORGANISERS, until=words.UNTIL_CLOSED,
).keeps(
    "by", of="by", what=_("That you gave somebody a place"), **WORK, purpose=_("So that others know whom to ask."),
).plain("round choice", "which workshop")  # fmt: skip
table("registration.AllocatedPlace", of="registration__user", beside="choice").keeps(
    "registration rank reason", what=_("Which of your wishes you got, and why"), **PLACE,
    purpose=_("So that everybody can check the result."), seen_by=words.ORGANISERS, until=words.UNTIL_NAMELESS,
).plain("allocation choice", "which result")  # fmt: skip
table("registration.Allocation", of="by", beside="round number").keeps(
    "by created_at", what=_("That you had places given out"), **WORK, purpose=_("So that others know whom to ask."),
).plain("round number seed problem report published_at", "wishes under numbers that lead to nobody")  # fmt: skip

table("registration.PlaceChange", of="registration__user", beside="registration_type workshop").keeps(
    "registration booking reason before after note at", what=_("Each change of your places, and why"),
    group=Group.REGISTRATION, basis=Basis.INTEREST,
    purpose=_("So that everybody can check that the queue was kept."),
    seen_by=words.ORGANISERS, until=words.UNTIL_NAMELESS,
).keeps(
    "by", of="by", what=_("That you gave somebody a place"), **WORK, purpose=_("So that others know whom to ask."),
).plain("registration_type workshop", "which places").plain("queue_number capacity", ORDER)  # fmt: skip

table("registration.GroupPlace", of="registration__user", beside="plan").keeps(
    "registration group is_fixed told", what=_("In which group of a session you are"), **PLACE,
    purpose=_("So that you find your group."),
    seen_by=_("You, organisers and whoever leads it."), until=words.UNTIL_NAMELESS,
).plain("plan", "which session")  # fmt: skip
table("registration.Group_facilitators", of="speaker__user", beside="group").keeps(
    "speaker", what=_("Groups that you lead"), group=Group.STAGE, basis=Basis.CONTRACT,
    purpose=_("So that people know whom to turn to."), seen_by=_("The people of the group and organisers."),
    until=words.UNTIL_NAMELESS,
).plain("group", "which group")  # fmt: skip
