"""Letters of organisers, and to whom they went."""

from django.utils.translation import gettext_lazy as _

from conference.privacy import words
from conference.privacy.register import table
from conference.privacy.words import Basis, Group
from registration.personal import rules

table("registration.Addressee", of="user speaker__user", addressed="address", beside="letter").keeps(
    "user speaker address language written_at is_left_out", what=_("Which letters of organisers went to you"),
    group=Group.MAIL, basis=Basis.CONTRACT,
    purpose=_("So that each letter reaches you once, and organisers see whether it did."),
    seen_by=words.ORGANISERS_ONLY, until=rules.LETTERS,
).plain("letter mail", "which letter, and the mail that it became")  # fmt: skip
table("registration.Letter").keeps(
    "written_by", of="written_by", what=_("That you wrote a letter to people as an organiser"),
    group=Group.WORK, basis=Basis.INTEREST,
    purpose=_("So that others who organise can ask you about it."), seen_by=words.ORGANISERS,
    until=words.UNTIL_NAMELESS,
).keeps(
    "sent_by", of="sent_by", what=_("That you sent a letter to people as an organiser"),
    group=Group.WORK, basis=Basis.INTEREST,
    purpose=_("So that others who organise can ask you about it."), seen_by=words.ORGANISERS,
    until=words.UNTIL_NAMELESS,
).plain(
    "guid edition occasion days clock subjects texts audience is_news status reader_count left_out_count "
    "created_at updated_at began_at finished_at",
    "what organisers write to many",
)  # fmt: skip
