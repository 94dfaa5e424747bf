"""When something of this floor is deleted by itself."""

from datetime import timedelta

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from conference.accounts.unused import close_unused, until_words
from conference.limits import forget_ended_counts
from conference.mail.bounces import forget_old_bounces
from conference.privacy.ended import (
    forget_ended_cache,
    forget_ended_logins,
    forget_ended_sessions,
    forget_old_mail,
)
from conference.privacy.register import Rule
from conference.tasks import forget_old_tasks

SESSIONS = Rule(
    "clear expired sessions", _("14 days after your last visit, or when you log out."), forget_ended_sessions
)
LOGINS = Rule(
    "forget ended log-ins", _("A day after the session ended: when you log out, or after 14 days."),
    forget_ended_logins,
)  # fmt: skip
MAIL = Rule("forget old mail", _("90 days after it was sent or given up."), forget_old_mail)
BOUNCES = Rule(
    "forget refused addresses", _("When a mail arrives there, or 180 days after the last refusal."),
    forget_old_bounces,
)  # fmt: skip
TASKS = Rule("forget old tasks", _("After a day."), forget_old_tasks, timedelta(hours=1))
COUNTS = Rule(
    "forget ended counts of limits",
    _("After a day at most; wrong passwords with the next right one, or after a year."),
    forget_ended_counts,
)
CACHE = Rule("forget what the cache remembers", _("After a day at most."), forget_ended_cache)
UNUSED = Rule("close unused accounts", lazy(until_words, str)(), close_unused)
