"""The day itself and what stays of it: presence, certificates, outcomes, calendars."""

import logging
from typing import Any

from django.utils.translation import gettext_lazy as _

from conference.privacy import words
from conference.privacy.register import Made, table
from conference.privacy.words import Basis, Group
from conference.typesetting import TypesettingFailed
from registration.certificates.pdf import file_name, pdf_of

DAY: dict[str, Any] = {"group": Group.REGISTRATION, "basis": Basis.CONTRACT}
WORK: dict[str, Any] = {
    "group": Group.WORK,
    "basis": Basis.INTEREST,
    "seen_by": words.ORGANISERS,
    "until": words.UNTIL_NAMELESS,
    "purpose": _("So that others know whom to ask."),
}
log = logging.getLogger(__name__)

table("registration.CheckIn", of="registration__user", beside="session").keeps(
    "registration at way undone_at", what=_("When you came through the door or were in a session"), **DAY,
    purpose=_("For your certificate, and for numbers for those who fund the conference."),
    seen_by=_("You, organisers, the registration desk and whoever leads the session."), until=words.UNTIL_NAMELESS,
).keeps(
    "by device undone_by", of="by undone_by", what=_("That you let somebody in, and the name of your device"), **WORK,
).plain("nonce session received_at", "which scan")  # fmt: skip


def paper(row: Any) -> list[Made]:
    try:
        return [(file_name(row), pdf_of(row))]
    except TypesettingFailed as failure:
        log.error("The certificate %s could not be handed out as PDF: %s", row.guid, failure)
        return []


certificates = table("registration.Certificate", of="registration__user", beside="edition number")
certificates.keeps(
    "registration code language name hours facts issued_at revoked_at revoke_reason",
    what=_("Your certificates: name, hours, sessions, and a code with which anybody can check one"), **DAY,
    purpose=_("To prove what you attended."), seen_by=_("You, organisers, and whoever you show the certificate to."),
    until=_("Until you close your account; then it is revoked and names nobody."),
).keeps(
    "issued_by revoked_by", of="issued_by revoked_by", what=_("That you issued or revoked a certificate"), **WORK,
).plain("guid edition number", "which certificate")  # fmt: skip
certificates.makes.append(paper)

table("registration.CertificateRule").keeps(
    "signed_by signed_as", what=_("Name and office of whoever signs certificates"), group=Group.WORK,
    basis=Basis.INTEREST, purpose=_("To say who stands for them."),
    seen_by=_("Whoever sees such a certificate."), until=_("Until an organiser deletes it."),
    not_handed_out="it stands on the certificates",
).plain("edition minimum_hours door_counts text", "the rule")  # fmt: skip

table("registration.Outcome", of="written_by", beside="session").keeps(
    "written_by created_at updated_at", what=_("That you wrote down what a workshop agreed on"), **DAY,
    purpose=_("To ask you about it."), seen_by=words.EDITORS, until=words.UNTIL_NAMELESS,
).keeps(
    "problem action who deadline contact reason", what=_("What it agreed on, and whom to turn to, if you name somebody"),
    **DAY, purpose=_("So that something comes of it."),
    seen_by=_("You and organisers; once it is approved, everybody."),
    until=_("It stays; name and address of the contact go when that person's account is closed."),
).plain("session group status approved_at", "which workshop")  # fmt: skip

table("registration.CalendarFeed", of="user").keeps(
    "user created_at token", what=_("The secret address of your own calendar"), **DAY,
    purpose=_("So that your calendar program shows your sessions."), seen_by=words.YOU, until=words.UNTIL_CHANGED,
)  # fmt: skip
