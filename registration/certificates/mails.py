"""Mails about certificates: rows in the outbox, in the transaction of what they tell."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from conference.mail import absolute, queue_mail
from registration.models import Certificate


def issued(certificate: Certificate, replaces: Certificate | None = None) -> None:
    """Here is your certificate, with the PDF; also when it stands in for one that was wrong."""
    _tell(
        certificate,
        "certificate_issued",
        replaces=replaces,
        enclosures=[("certificate", str(certificate.guid))],
    )


def revoked(certificate: Certificate) -> None:
    _tell(certificate, "certificate_revoked")


def _tell(certificate: Certificate, template: str, enclosures: Any = (), **context: Any) -> None:
    user, edition = certificate.registration.user, certificate.edition
    with translation.override(user.language):
        mine = absolute(reverse("registration:my_registrations"))
        check = absolute(reverse("registration:verify", args=[certificate.code]))
    context |= {
        "certificate": certificate,
        "edition": edition,
        "name": user.name,
        "link": mine,
        "check": check,
    }
    queue_mail(
        to=user.email, template=template, context=context, language=user.language, enclosures=enclosures
    )
