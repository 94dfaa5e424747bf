"""Mails about claims: to third parties nothing that anybody made up, only the confirmed address of who acts."""

from django.urls import reverse
from django.utils.translation import override

from conference.mail import absolute, queue_mail
from conference.models import User
from registration.models import Claim
from registration.moments import moment_words


def offered(claim: Claim, token: str, language: str) -> None:
    """In the language of whoever offers, since the reader's is not known; the token is nowhere else."""
    edition = claim.registration.edition
    with override(language):
        context = {
            "url": absolute(reverse("registration:claim", args=[token])),
            "moment": moment_words(claim.expires_at, edition),
            "by": claim.offered_by.email if claim.offered_by else "",
            "edition": edition,
            "is_handing_over": claim.is_handing_over,
        }
    queue_mail(to=claim.email, template="claim_offered", context=context, language=language, is_secret=True)


def taken_over(claim: Claim, former: User, *, has_invoice: bool) -> None:
    """To whoever handed their place over; the address is the one they typed."""
    with override(former.language):
        link = absolute(reverse("registration:my_registrations"))
    context = {
        "name": former.name,
        "edition": claim.registration.edition,
        "email": claim.email,
        "has_invoice": has_invoice,
        "link": link,
    }
    queue_mail(to=former.email, template="claim_taken_over", context=context, language=former.language)


def ran_out(claim: Claim) -> None:
    """To whoever kept a place for a colleague who did not come in time."""
    by = claim.offered_by
    if by is None or not by.is_active:
        return
    edition = claim.registration.edition
    with override(by.language):
        link = absolute(reverse("registration:register_colleagues", args=[edition.slug]))
    context = {"name": by.name, "edition": edition, "email": claim.email, "link": link}
    queue_mail(to=by.email, template="claim_ran_out", context=context, language=by.language)
