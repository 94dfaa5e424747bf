"""The model is shaped for Open Badges 3.0: what the specification requires can be made of a certificate."""

import json

import jsonschema
from django.test import TestCase

from registration.certificates.credential import unsigned_credential
from sessions.models import Competence
from tests.factories import make_certificate, make_edition, make_registration, make_session

TEXT = {"type": "string", "minLength": 1}
URI = {"type": "string", "pattern": "^(https?://|urn:uuid:)"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}


def kind(name):
    return {"type": "array", "contains": {"const": name}}


def must(properties, closed=False):
    """Every one of these, each of this shape; `closed` classes of the specification allow no other property."""
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        **({"maxProperties": 20} if closed else {}),
    }


# The required properties of each class in version 3.0 of the specification, in its own words.
ALIGNMENT = must({"type": kind("Alignment"), "targetName": TEXT, "targetUrl": URI})
ACHIEVEMENT = must(
    {
        "id": URI, "type": kind("Achievement"), "criteria": must({"narrative": TEXT}), "description": TEXT, "name": TEXT,
        "alignment": {"type": "array", "items": ALIGNMENT},
    }
)  # fmt: skip
IDENTITY = must(
    {
        "type": {"const": "IdentityObject"},
        "hashed": {"type": "boolean"},
        "identityHash": TEXT,
        "identityType": TEXT,
    }
)
SUBJECT = must(
    {
        "type": kind("AchievementSubject"),
        "achievement": ACHIEVEMENT,
        "identifier": {"type": "array", "minItems": 1, "items": IDENTITY},
        "creditsEarned": {"type": "number"},
        "activityStartDate": MOMENT,
        "activityEndDate": MOMENT,
    }
)
CREDENTIAL = must(
    {
        "@context": {
            "type": "array",
            "minItems": 2,
            "prefixItems": [
                {"const": "https://www.w3.org/ns/credentials/v2"},
                {
                    "type": "string",
                    "pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.0\.\d+\.json$",
                },
            ],
        },
        "id": URI,
        "type": {"allOf": [kind("VerifiableCredential"), kind("OpenBadgeCredential")]},
        "issuer": must({"id": URI, "type": kind("Profile"), "name": TEXT}),
        "validFrom": MOMENT,
        "name": TEXT,
        "credentialSubject": SUBJECT,
        "credentialStatus": must({"id": URI, "type": TEXT}),
    }
)


class CredentialTests(TestCase):
    def setUp(self):
        session = make_session(make_edition("Learning abroad", city="Mechelen"))
        for number, address in enumerate(["https://example.org/openness", ""]):
            session.competences.add(
                Competence.objects.create(name=f"C{number}", slug=f"c{number}", address=address)
            )
        self.certificate = make_certificate(make_registration("Zoë", session.edition), [session], hours="6.5")
        self.credential = json.loads(json.dumps(unsigned_credential(self.certificate)))

    def test_has_every_required_property_of_every_class(self):
        jsonschema.Draft202012Validator(CREDENTIAL).validate(self.credential)

    def test_says_what_the_certificate_says(self):
        subject = self.credential["credentialSubject"]

        self.assertEqual(subject["identifier"][0]["identityHash"], "Zoë")
        self.assertEqual((subject["creditsEarned"], subject["licenseNumber"]), (6.5, str(self.certificate)))
        self.assertEqual([one["targetName"] for one in subject["achievement"]["alignment"]], ["C0"])
        self.assertIn("C1", subject["achievement"]["criteria"]["narrative"])
        self.assertIn(self.certificate.code, self.credential["credentialStatus"]["id"])

    def test_names_the_person_by_nothing_else_and_is_not_signed(self):
        self.assertNotIn(self.certificate.registration.user.email, json.dumps(self.credential))
        self.assertNotIn("proof", self.credential)
