"""What organisers leave behind by their work, and counts that keep the site from being misused."""

from django.utils.translation import gettext_lazy as _

from conference.personal import rules
from conference.privacy import words
from conference.privacy.register import table
from conference.privacy.words import Basis, Group

table("admin.LogEntry", of="user", beside="content_type").keeps(
    "user action_time action_flag", what=_("What you changed as an organiser, and when"),
    group=Group.WORK, basis=Basis.INTEREST,
    purpose=_("So that everybody can see how something came about."),
    seen_by=words.ORGANISERS, until=words.UNTIL_NAMELESS,
).keeps(
    "object_repr change_message", what=_("What the history calls the things and people that were changed"),
    group=Group.WORK, basis=Basis.INTEREST,
    purpose=_("So that everybody can see how something came about."),
    seen_by=words.ORGANISERS, until=words.UNTIL_NAMELESS, not_handed_out="it may name others",
).plain("content_type object_id", "which row it was")  # fmt: skip

table("conference.Task", of="by").keeps(
    "by kind created_at finished_at status", what=_("Long work that you asked for"),
    group=Group.FILES, basis=Basis.CONTRACT,
    purpose=_("To do it and to give you what came out."), seen_by=words.YOU, until=rules.TASKS,
).keeps(
    "options message file file_name content_type", what=_("What you asked for, and the file that came out"),
    group=Group.FILES, basis=Basis.CONTRACT,
    purpose=_("To do it and to give you what came out."), seen_by=words.YOU, until=rules.TASKS,
    not_handed_out="you can fetch it where you asked for it; it may hold data of others",
).plain("guid edition attempts done total beat_at", "how the work goes")  # fmt: skip

table("conference.RateCount").keeps(
    "key count ends_at", what=_("How often something was tried from one network address or account"),
    group=Group.LOGS, basis=Basis.INTEREST,
    purpose=_(
        "Against guessing passwords and against flooding, and so that taking a file twice counts once. "
        "The address cannot be read from it."
    ),
    seen_by=words.NOBODY, until=rules.COUNTS, not_handed_out="it does not say whose it is",
)  # fmt: skip
