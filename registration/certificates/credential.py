"""The credential that a certificate could be issued as: Open Badges 3.0, not signed yet.

In: a certificate with its edition. Out: a dict shaped as the class AchievementCredential of the specification
(https://www.imsglobal.org/spec/ob/v3p0/), which still lacks `proof`: whoever signs it adds that, or wraps it as VC-JWT.
It is made from the frozen facts alone, and names the person by nothing but what stands on the certificate.
"""

from datetime import UTC
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from registration.certificates.pdf import address_of
from registration.certificates.words import hours_in_words
from registration.models import Certificate

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def unsigned_credential(certificate: Certificate) -> dict[str, Any]:
    with translation.override(certificate.language):
        return {
            "@context": CONTEXT,
            "id": certificate.guid.urn,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": certificate.facts["edition"]["title"],
            "issuer": issuer_of(certificate),
            "validFrom": certificate.issued_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "credentialSubject": subject_of(certificate),
            "credentialStatus": {"id": address_of(certificate), "type": "1EdTechRevocationList"},
            "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        }


def issuer_of(certificate: Certificate) -> dict[str, Any]:
    issuer = certificate.facts["issuer"]
    return {"id": issuer["web"], "type": ["Profile"], "name": issuer["name"], "url": issuer["web"]}


def subject_of(certificate: Certificate) -> dict[str, Any]:
    edition = certificate.facts["edition"]
    days = {
        name: f"{edition[day]}T00:00:00Z"
        for name, day in (("activityStartDate", "starts_on"), ("activityEndDate", "ends_on"))
        if edition[day]
    }
    name = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": certificate.name,
        "identityType": "name",
    }
    return {
        "type": ["AchievementSubject"],
        "identifier": [name],
        "licenseNumber": str(certificate),
        "creditsEarned": float(certificate.hours),
        "role": ", ".join(dict.fromkeys(one["part"] for one in certificate.facts["parts"])),
        **days,
        "achievement": achievement_of(certificate),
    }


def achievement_of(certificate: Certificate) -> dict[str, Any]:
    """What was achieved: attending; an outcome is aligned with its list where that has an address."""
    facts, edition = certificate.facts, certificate.facts["edition"]
    outcomes = ", ".join(one["name"] for one in facts["outcomes"])
    hours = _("Hours attended: %(hours)s") % {"hours": hours_in_words(certificate.hours)}
    return {
        "id": f"{facts['issuer']['web']}/{edition['slug']}/#attendance",
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": f"{_('Certificate of attendance')}: {edition['title']}",
        "description": ". ".join(filter(None, [edition["title"], edition["place"], edition["dates"]])),
        "criteria": {"narrative": ". ".join(filter(None, [hours, outcomes]))},
        "inLanguage": certificate.language,
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": one["name"],
                "targetUrl": one["web"],
                "targetFramework": one["framework"] or one["name"],
            }
            for one in facts["outcomes"]
            if one["web"]
        ],
    }
