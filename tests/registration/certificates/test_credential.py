"""The model is shaped for Open Badges 3.0: what the specification requires can be made of a certificate."""

import hashlib
import json

import jsonschema
from django.test import TestCase

from registration.certificates.credential import unsigned_credential
from sessions.models import Competence
from tests.factories import make_certificate, make_edition, make_registration, make_session

TEXT = {"type": "string", "minLength": 1}
URI = {"type": "string", "pattern": "^(https?://|urn:uuid:)"}
UTC_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
HASH = {"type": "string", "pattern": r"^sha256\$[0-9a-f]{64}$"}


def kind(*names):
    return {"type": "array", "allOf": [{"contains": {"const": name}} for name in names]}


def many(of):
    return {"type": "array", "minItems": 1, "items": of}


def closed(optional=None, **required):
    """A class of the specification: all of these, perhaps some of those, and nothing its context does not define."""
    return {
        "type": "object",
        "required": list(required),
        "properties": required | (optional or {}),
        "additionalProperties": False,
    }


# The classes of version 3.0 of the specification, in its own words, as far as a certificate uses them.
ALIGNMENT = closed({"targetFramework": TEXT}, type=kind("Alignment"), targetName=TEXT, targetUrl=URI)
RESULT_DESCRIPTION = closed(
    id=URI, type=kind("ResultDescription"), name=TEXT, resultType={"enum": ["Result", "Status", "RawScore"]}
)
ACHIEVEMENT = closed(
    {"achievementType": {"const": "CertificateOfCompletion"}, "resultDescription": many(RESULT_DESCRIPTION)},
    id=URI,
    type=kind("Achievement"),
    criteria=closed(narrative=TEXT),
    description=TEXT,
    name=TEXT,
)
IDENTITY = closed(
    {"salt": TEXT},
    type={"const": "IdentityObject"},
    hashed={"const": True},
    identityHash=HASH,
    identityType={"enum": ["name", "emailAddress"]},
)
RESULT = closed({"resultDescription": URI, "value": TEXT, "alignment": many(ALIGNMENT)}, type=kind("Result"))
SUBJECT = closed(
    {
        "activityStartDate": MOMENT,
        "activityEndDate": MOMENT,
        "licenseNumber": TEXT,
        "role": TEXT,
        "result": many(RESULT),
    },
    type=kind("AchievementSubject"),
    achievement=ACHIEVEMENT,
    identifier=many(IDENTITY),
)
CONTEXT = {
    "type": "array",
    "prefixItems": [
        {"const": "https://www.w3.org/ns/credentials/v2"},
        {"pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.0\.\d+\.json$"},
        {"const": "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"},
    ],
    "minItems": 3,
}
CREDENTIAL = closed(
    {
        "evidence": many(closed({"name": TEXT}, id=URI, type=kind("Evidence"))),
        "credentialSchema": many(closed(id=URI, type={"const": "1EdTechJsonSchemaValidator2019"})),
    },
    **{"@context": CONTEXT},
    id=URI,
    type=kind("VerifiableCredential", "OpenBadgeCredential"),
    name=TEXT,
    issuer=closed(id=URI, type=kind("Profile"), name=TEXT, url=URI),
    validFrom=UTC_MOMENT,
    credentialSubject=SUBJECT,
)


class CredentialTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.session = make_session(make_edition("Learning abroad", city="Mechelen"))
        for number, address in enumerate(["https://example.org/openness", ""]):
            cls.session.competences.add(
                Competence.objects.create(name=f"C{number}", slug=f"c{number}", address=address)
            )
        cls.certificate = cls.certified("Zoë", hours="6.5")

    @classmethod
    def certified(cls, name, **fields):
        return make_certificate(make_registration(name, cls.session.edition), [cls.session], **fields)

    def credential(self, certificate=None):
        return json.loads(json.dumps(unsigned_credential(certificate or self.certificate)))

    def subject(self, certificate=None):
        return self.credential(certificate)["credentialSubject"]

    def test_every_class_has_what_it_must_have_and_nothing_that_is_not_defined(self):
        jsonschema.Draft202012Validator(CREDENTIAL).validate(self.credential())

    def test_edition_without_days_and_certificate_without_outcomes_is_one_too(self):
        edition = make_edition(starts_on=None, ends_on=None)
        plain = self.credential(make_certificate(make_registration("Ada", edition)))

        jsonschema.Draft202012Validator(CREDENTIAL).validate(plain)
        self.assertNotIn("activityStartDate", plain["credentialSubject"])

    def test_says_what_the_certificate_says(self):
        subject = self.subject()

        self.assertEqual(subject["licenseNumber"], str(self.certificate))
        self.assertEqual([one["value"] for one in subject["result"]], ["6.5", "C0", "C1"])
        (aligned,) = [one["alignment"] for one in subject["result"] if "alignment" in one]
        self.assertEqual([one["targetUrl"] for one in aligned], ["https://example.org/openness"])
        self.assertIn(self.certificate.code, self.credential()["evidence"][0]["id"])

    def test_achievement_is_the_same_for_everybody(self):
        other = self.certified("Ben", hours="1")

        self.assertEqual(self.subject(other)["achievement"], self.subject()["achievement"])

    def test_person_stands_in_it_only_as_hashes_that_can_be_compared(self):
        email = self.certificate.registration.user.email
        found = {one["identityType"]: one for one in self.subject()["identifier"]}

        for name, identity in {"name": "Zoë", "emailAddress": email}.items():
            digest = hashlib.sha256(f"{identity}{found[name]['salt']}".encode()).hexdigest()
            self.assertEqual(found[name]["identityHash"], f"sha256${digest}")
        text = json.dumps(self.credential(), ensure_ascii=False)
        self.assertNotIn("Zoë", text)
        self.assertNotIn(email, text)

    def test_is_not_signed_and_names_no_list_of_what_was_revoked(self):
        self.assertTrue({"proof", "credentialStatus"}.isdisjoint(self.credential()))
