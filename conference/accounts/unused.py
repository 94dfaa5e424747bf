"""Accounts that nobody has logged in to for years: first a letter, and a month later they are closed.

Only where the site says after how many years (`UNUSED_ACCOUNT_YEARS`). The letter itself, in the outbox, is what says
that somebody was told; mail is kept for longer than the month.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from conference import clock
from conference.accounts.closing import close_account
from conference.mail import absolute, queue_mail
from conference.models import Outbox, User
from conference.models.user import STAND_IN

TOLD_BEFORE = timedelta(days=30)
MOST_IN_A_NIGHT = 200  # letters; the others come the next night
LETTER = "account_unused"
Status = Outbox.Status


def unused(at: datetime) -> QuerySet[User]:
    """Not logged in for so many years. Who organises, or is logged in now, uses the site."""
    before = at - timedelta(days=365.25 * settings.UNUSED_ACCOUNT_YEARS)
    people = User.objects.filter(is_staff=False, is_superuser=False, usersession=None)
    people = people.exclude(email__endswith=STAND_IN)
    return people.annotate(seen_at=Coalesce("last_login", "created_at")).filter(seen_at__lt=before)


def letters() -> QuerySet[Outbox]:
    """To this person, since they were here last."""
    return Outbox.objects.filter(kind=LETTER, recipient=OuterRef("email"), created_at__gt=OuterRef("seen_at"))


def close_unused(at: datetime | None = None) -> int:
    """Write to whom nobody has written, and close what was not used in the month after; how many were closed."""
    if not settings.UNUSED_ACCOUNT_YEARS:
        return 0
    at = at or clock.now()
    told = letters().filter(status__in=[Status.SENT, Status.FAILED], created_at__lt=at - TOLD_BEFORE)
    closing = list(unused(at).filter(Exists(told)).order_by("pk"))
    for user in closing:
        close_account(user=user)  # they were told a month ago
    tell_unused(at)
    return len(closing)


def tell_unused(at: datetime) -> None:
    people = unused(at).filter(~Exists(letters())).order_by(F("seen_at"), "pk")
    for user in people[:MOST_IN_A_NIGHT]:
        with translation.override(user.language):
            link = absolute(reverse("account_login"))
        context = {"name": user.name, "link": link}
        queue_mail(to=user.email, template=LETTER, context=context, language=user.language)


def until_words() -> str:
    """For the register: what the site does by its settings."""
    years = settings.UNUSED_ACCOUNT_YEARS
    if not years:
        return _("Until you close your account.")
    return _(
        "Until you close your account, or have not logged in for so many years: %(years)s. A letter comes a month before."
    ) % {"years": years}
