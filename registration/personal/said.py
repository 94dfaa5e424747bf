"""What people answer, agree to, and want to have invoiced."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.privacy import words
from conference.privacy.register import table
from conference.privacy.words import Basis, Group
from registration.personal import rules

GIVEN: dict[str, Any] = {"group": Group.REGISTRATION, "basis": Basis.CONSENT}
SEEN = _("You and organisers; sensitive answers only organisers who may read needs.")

table("registration.Answer", of="registration__user", beside="question").keeps(
    "registration text version answered_at deleted_at", what=_("Your answers to the questions of a conference"),
    **GIVEN, purpose=_("What stands beside each question."), seen_by=SEEN, until=rules.ANSWERS,
).plain("question", "which question")  # fmt: skip
table("registration.Answer_options", of="answer__registration__user", beside="answer").keeps(
    "questionoption", what=_("Your answers to the questions of a conference"),
    **GIVEN, purpose=_("What stands beside each question."), seen_by=SEEN, until=rules.ANSWERS,
).plain("answer", "which answer")  # fmt: skip
table("registration.ConsentChange", of="registration__user", beside="question").keeps(
    "registration is_given version words at", what=_("What you agreed to or withdrew, in which words, and when"),
    **GIVEN, purpose=_("To prove it."), seen_by=words.ORGANISERS, until=words.UNTIL_CLOSED,
).plain("question", "which question")  # fmt: skip


def invoices_of(user: Any) -> Q:
    """Who asked keeps it, also when the registration is somebody else's by now."""
    return Q(kept_by=user) | Q(kept_by=None, registration__user=user)


table("registration.InvoiceRequest").keeps(
    "registration billing_name billing_address vat_number order_number billing_email status amount currency "
    "created_at sent_at paid_at kept_by",
    whose=invoices_of, what=_("What stands on your invoice"), group=Group.REGISTRATION, basis=Basis.CONTRACT,
    purpose=_("To write it, and to see that it is paid."), seen_by=words.ORGANISERS, until=words.UNTIL_CLOSED,
)  # fmt: skip
table("registration.FeedbackSheet").keeps(
    "given", what=_("That you gave feedback on a session, and not what you said"),
    group=Group.REGISTRATION, basis=Basis.INTEREST,
    purpose=_("So that nobody answers twice."), seen_by=words.NOBODY, until=rules.FEEDBACK,
    not_handed_out="one list holds the numbers of all who answered",
).keeps(
    "texts tallies hidden", what=_("What people said as feedback, without their names and in no order"),
    group=Group.REGISTRATION, basis=Basis.INTEREST,
    purpose=_("So that sessions become better."),
    seen_by=_("Organisers, and the speakers of the session, from five answers on."), until=words.UNTIL_NAMELESS,
    not_handed_out="nobody can tell whose it is",
).plain("plan session count", "how many answered")  # fmt: skip
