"""What the register says of people on stage."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from conference.privacy import words
from conference.privacy.register import Rule, table
from conference.privacy.words import Basis, Group
from speakers.services.invitations import forget_old_invitations

STAGE: dict[str, Any] = {"group": Group.STAGE, "basis": Basis.CONTRACT}
INVITATIONS = Rule(
    "forget old invitations", _("30 days after it was accepted or ran out."), forget_old_invitations
)

table("speakers.Speaker", of="user").keeps(
    "user name slug", what=_("Name and address of your page"), **STAGE,
    purpose=_("To announce who speaks."), seen_by=words.EVERYBODY, until=words.AS_YOU_CHOOSE,
).keeps(
    "biography portrait portrait_description website country",
    what=_("Biography, portrait, website and country, as far as you give them"), **STAGE,
    purpose=_("To announce who speaks."), seen_by=words.EVERYBODY, until=words.UNTIL_CHANGED,
).keeps(
    "email", what=_("Address to which an invitation goes"), **STAGE,
    purpose=_("To invite you to your page."), seen_by=words.EDITORS, until=words.UNTIL_DELETED,
).keeps(
    "is_minor", what=_("That you are a minor"), **STAGE,
    purpose=_("Then the site shows your first name only, no portrait and no links."),
    seen_by=words.EDITORS, until=words.UNTIL_DELETED,
).keeps(
    "origin", what=_("What an imported programme said about you"), **STAGE,
    purpose=_("So that nothing is lost when the programme is exported again."),
    seen_by=words.EDITORS, until=words.UNTIL_DELETED,
).plain("guid created_at updated_at", "about the page")  # fmt: skip

table("speakers.Availability", of="speaker__user", beside="edition").keeps(
    "speaker starts_at ends_at", what=_("When you can be there"), **STAGE,
    purpose=_("To plan the programme."), seen_by=words.EDITORS, until=words.UNTIL_CHANGED,
).plain("edition", "which edition")  # fmt: skip

table("speakers.Invitation", of="speaker__user", addressed="email").keeps(
    "speaker email created_at expires_at used_at", what=_("Invitations to your page"), **STAGE,
    purpose=_("To show an organiser where it went."), seen_by=words.EDITORS, until=INVITATIONS,
).keeps(
    "token_hash", what=_("What checks the link in an invitation"), **STAGE,
    purpose=_("To know that it is you."), seen_by=words.NOBODY, until=INVITATIONS, not_handed_out="secret",
).keeps(
    "invited_by", of="invited_by", what=_("That you invited a speaker"), group=Group.WORK, basis=Basis.INTEREST,
    purpose=_("So that others know whom to ask."), seen_by=words.EDITORS, until=INVITATIONS,
)  # fmt: skip
