"""The credential that a certificate could be issued as: Open Badges 3.0, not signed yet.

In: a certificate with its edition and its person. Out: a dict shaped as the class AchievementCredential of the
specification (https://www.imsglobal.org/spec/ob/v3p0/), with no property that its context 3.0.3 does not define. It still
lacks `proof` and, with it, `credentialStatus`: whoever signs it adds them, or wraps it as VC-JWT. It is made from the
frozen facts; the person stands in it only as hashes of the name on the certificate and of the address of the account.
"""

import hashlib
from datetime import UTC, datetime, time
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from registration.certificates.pdf import address_of
from registration.certificates.words import hours_in_words, part_in_words
from registration.models import Certificate

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",  # defines the type of the schema below
]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
FIRST_MOMENT, LAST_MOMENT = time(0), time(23, 59, 59)
Part = dict[str, Any]


def unsigned_credential(certificate: Certificate) -> Part:
    with translation.override(certificate.language):
        return {
            "@context": CONTEXT,
            "id": certificate.guid.urn,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": name_of(certificate),
            "issuer": issuer_of(certificate),
            "validFrom": certificate.issued_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "credentialSubject": subject_of(certificate),
            "evidence": [evidence_of(certificate)],
            "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        }


def name_of(certificate: Certificate) -> str:
    return f"{_('Certificate of attendance')}: {certificate.facts['edition']['title']}"


def issuer_of(certificate: Certificate) -> Part:
    issuer = certificate.facts["issuer"]
    return {"id": issuer["web"], "type": ["Profile"], "name": issuer["name"], "url": issuer["web"]}


def evidence_of(certificate: Certificate) -> Part:
    """The page where anybody checks it, which also says when it was revoked."""
    return {"id": address_of(certificate), "type": ["Evidence"], "name": str(certificate)}


def subject_of(certificate: Certificate) -> Part:
    """What is true of this person alone."""
    parts = dict.fromkeys(part_in_words(one["part"]) for one in certificate.facts["parts"])
    return {
        "type": ["AchievementSubject"],
        "identifier": identifiers_of(certificate),
        "licenseNumber": str(certificate),
        **({"role": ", ".join(parts)} if parts else {}),
        **days_of(certificate),
        "achievement": achievement_of(certificate),
        "result": results_of(certificate),
    }


def identifiers_of(certificate: Certificate) -> list[Part]:
    """Who knows name or address can compare them; nobody reads them here."""
    salt = certificate.guid.hex
    known = {"name": certificate.name, "emailAddress": certificate.registration.user.email.lower()}
    return [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": f"sha256${hashlib.sha256(f'{identity}{salt}'.encode()).hexdigest()}",
            "identityType": kind,
            "salt": salt,
        }
        for kind, identity in known.items()
    ]


def days_of(certificate: Certificate) -> dict[str, str]:
    edition, zone = certificate.facts["edition"], certificate.edition.zone
    bounds = {
        "activityStartDate": (edition["starts_on"], FIRST_MOMENT),
        "activityEndDate": (edition["ends_on"], LAST_MOMENT),
    }
    return {
        name: datetime.combine(datetime.fromisoformat(day), moment, tzinfo=zone).isoformat()
        for name, (day, moment) in bounds.items()
        if day
    }


def achievement_of(certificate: Certificate) -> Part:
    """Attending this edition: the same for everybody who reads of it in this language."""
    facts, edition = certificate.facts, certificate.facts["edition"]
    where = ", ".join(filter(None, [edition["title"], edition["place"], edition["dates"]]))
    return {
        "id": id_of(certificate, "attendance"),
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": name_of(certificate),
        "description": ". ".join(filter(None, [where, facts["text"].strip()])),
        "criteria": {"narrative": f"{_('took part in')} {where}"},
        "resultDescription": [
            {
                "id": id_of(certificate, "hours"),
                "type": ["ResultDescription"],
                "name": _("hours"),
                "resultType": "Result",
            },
        ],
    }


def id_of(certificate: Certificate, what: str) -> str:
    facts = certificate.facts
    return f"{facts['issuer']['web']}/{facts['edition']['slug']}/#{what}-{certificate.language}"


def results_of(certificate: Certificate) -> list[Part]:
    """The hours, and each outcome; an outcome is aligned with its list where that has an address."""
    hours = hours_in_words(certificate.hours)
    return [
        {"type": ["Result"], "resultDescription": id_of(certificate, "hours"), "value": hours},
        *(outcome(one) for one in certificate.facts["outcomes"]),
    ]


def outcome(one: Part) -> Part:
    said: Part = {"type": ["Result"], "value": one["name"]}
    if one["web"]:
        framework = {"targetFramework": one["framework"]} if one["framework"] else {}
        named = {"type": ["Alignment"], "targetName": one["name"], "targetUrl": one["web"]}
        said["alignment"] = [named | framework]
    return said
