"""Who speaks where, what they starred, and what organisers did with the timetable."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from conference.privacy import words
from conference.privacy.register import Rule, table
from conference.privacy.words import Basis, Group
from sessions.collecting.forgetting import forget_old_links

LINKS = Rule("forget old upload links", _("30 days after it ran out or was taken back."), forget_old_links)
STAGE: dict[str, Any] = {"group": Group.STAGE, "basis": Basis.CONTRACT}
WORK: dict[str, Any] = {
    "group": Group.WORK,
    "basis": Basis.INTEREST,
    "seen_by": words.EDITORS,
    "until": words.UNTIL_NAMELESS,
}

table("conference_sessions.Appearance", of="speaker__user", beside="session").keeps(
    "speaker part role expertise organisation", what=_("In which sessions you appear, as what and from where"),
    **STAGE, purpose=_("To announce who speaks."), seen_by=words.EVERYBODY, until=words.AS_YOU_CHOOSE,
).keeps(
    "asked_at", what=_("When we asked you for your presentations"), **STAGE,
    purpose=_("So that nobody is asked twice."), seen_by=words.EDITORS, until=words.UNTIL_NAMELESS,
).plain("session position", "which session, in which order")  # fmt: skip

table("conference_sessions.Slot", of="session__appearances__speaker__user").keeps(
    "speaker_names", what=_("Your name in timetables that were published"), **STAGE,
    purpose=_("So that an earlier timetable stays readable."),
    seen_by=words.EVERYBODY, until=words.AS_YOU_CHOOSE, not_handed_out="it stands with your appearances",
).plain(
    "guid session release room starts_at ends_at title room_name sequence is_cancelled", "the timetable"
)  # fmt: skip

table("conference_sessions.Star", of="user", beside="session").keeps(
    "user created_at", what=_("Sessions that you starred"), group=Group.REGISTRATION, basis=Basis.CONTRACT,
    purpose=_("For your own programme, and to tell you when one of them changes."),
    seen_by=words.YOU, until=words.UNTIL_CHANGED,
).plain("session", "which session")  # fmt: skip

table("conference_sessions.UploadLink", of="speaker__user", addressed="email", beside="session").keeps(
    "speaker email created_at expires_at revoked_at used_at",
    what=_("Links by which you can upload without an account"), **STAGE,
    purpose=_("To show an organiser where it went."), seen_by=words.EDITORS, until=LINKS,
).keeps(
    "digest", what=_("What checks such a link"), **STAGE, purpose=_("To know that it is you."),
    seen_by=words.NOBODY, until=LINKS, not_handed_out="secret",
).keeps(
    "created_by", of="created_by", what=_("That you sent somebody such a link"), **WORK | {"until": LINKS},
    purpose=_("So that others know whom to ask."),
).plain("session", "which session")  # fmt: skip

table("conference_sessions.Release", of="released_by", beside="edition number").keeps(
    "released_by created_at", what=_("That you published a timetable"), **WORK,
    purpose=_("So that others know whom to ask."),
).plain("edition number note is_latest told_up_to told_at", "the timetable")  # fmt: skip

table("conference_sessions.SlotChange", of="changed_by", beside="edition session").keeps(
    "changed_by created_at", what=_("That you moved a session"), **WORK,
    purpose=_("So that others know whom to ask, and can undo it."),
).plain("edition session before after undone_at", "where the session stood")  # fmt: skip

table("conference_sessions.Publication").keeps(
    "editors", what=_("Names of editors, as printed on a publication"), **STAGE,
    purpose=_("To say whose work it is."), seen_by=words.EVERYBODY, until=_("Until an organiser deletes it."),
    not_handed_out="it stands in the publication",
).plain(
    "guid title subtitle slug series introduction start_year end_year language licence doi published_on is_published "
    "created_at updated_at",
    "the publication",
)  # fmt: skip
