"""Mail, and addresses that refuse it."""

from django.utils.translation import gettext_lazy as _

from conference.personal import rules
from conference.privacy import words
from conference.privacy.register import table
from conference.privacy.words import Basis, Group

table("conference.Outbox", addressed="recipient").keeps(
    "recipient subject text status created_at sent_at last_error", what=_("Mails that the site sent you"),
    group=Group.MAIL, basis=Basis.CONTRACT,
    purpose=_("To send them, and to find out why one did not arrive."),
    seen_by=words.ORGANISERS_ONLY, until=rules.MAIL,
).keeps(
    "html unsubscribe_link enclosures", what=_("The same mails as they are laid out"),
    group=Group.MAIL, basis=Basis.CONTRACT,
    purpose=_("To send them, and to find out why one did not arrive."),
    seen_by=words.ORGANISERS_ONLY, until=rules.MAIL, not_handed_out="the same words as in the text",
).plain(
    "guid is_urgent is_secret is_forgotten is_by_hand attempts due_at claimed_at",
    "how the sending goes",
)  # fmt: skip
table("conference.Bounce", addressed="address").keeps(
    "address count last_at", what=_("That your address refused mail"),
    group=Group.MAIL, basis=Basis.INTEREST,
    purpose=_("To send no more mail to where nobody is."), seen_by=words.ORGANISERS_ONLY, until=rules.BOUNCES,
)  # fmt: skip
