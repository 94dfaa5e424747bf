"""When something of a registration is deleted by itself."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from conference.privacy.register import Rule
from registration.services.answers import delete_due_answers
from registration.services.colleagues import erase_old_claims
from registration.services.feedback import forget_who_answered
from registration.services.needs import delete_due_needs

HOUR = timedelta(hours=1)
NEEDS = Rule("delete due needs", _("30 days after the conference."), delete_due_needs)
ANSWERS = Rule(
    "delete due answers", _("On the day that stands beside the question, else when you close your account."),
    delete_due_answers, HOUR,
)  # fmt: skip
CLAIMS = Rule(
    "forget colleagues who were asked", _("30 days after the link ran out, whether it was used or not."),
    erase_old_claims,
)  # fmt: skip
FEEDBACK = Rule("forget who gave feedback", _("When nobody can give feedback any more."), forget_who_answered)
