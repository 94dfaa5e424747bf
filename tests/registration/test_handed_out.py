"""What a person takes home is everything about them that is declared, with its files, and nothing of anybody else."""

import io
import json
import zipfile

from django.core.files.base import ContentFile
from django.db.models import FileField

from conference.models import User
from conference.privacy.fields import all_models
from conference.privacy.handing_out import Everything, write_zip
from conference.privacy.register import TABLES
from registration.models import Answer, CheckIn, Registration
from speakers.models import Speaker
from tests.canaries import CANARY, CanaryCase
from tests.factories import make_answer, make_check_in, make_question, make_speaker

OTHER = "zbenz"
# Where the word stands on a row that is not Ada's, or is no field of a person: each thought of once.
NOT_HERS = {
    "conference.Outbox": "what was written to Ben speaks of her",
    "admin.LogEntry": "what Olga changed",
    "conference.Task": "made for Olga",
    "conference_sessions.Session": "",
}


class HandedOutTests(CanaryCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        User.objects.filter(pk=cls.ben.pk).update(name=OTHER, email=f"{OTHER}@example.org")
        Registration.objects.filter(user=cls.ben).update(dietary_needs=OTHER, organisation_name=OTHER)
        make_answer(cls.waits, make_question(cls.edition, "Dinner"), OTHER)
        make_check_in(cls.mine, by=cls.ben, device=f"{OTHER} telephone")
        make_speaker(OTHER, email=f"{OTHER}@example.org", user=cls.ben, biography=OTHER)

    def zip_of(self, user):
        made = io.BytesIO()
        write_zip(user, made)
        return zipfile.ZipFile(made)

    def contents(self, user):
        zipped = self.zip_of(user)
        return {name: zipped.read(name) for name in zipped.namelist()}

    def data(self, user):
        return json.loads(self.contents(user)["data.json"])["data"]

    def test_every_word_of_the_person_is_in_it_wherever_the_database_has_it(self):
        text = self.contents(self.ada)["data.json"].decode()
        missing = [
            (label, name)
            for label, name, value in said_in_the_database()
            if json.dumps(value)[1:-1] not in text
        ]

        left_out = {
            (said.label, name) for said in TABLES.values() for one in said.personal if one.not_handed_out
            for name in one.fields
        }  # fmt: skip
        of_others = {(label, name) for label, name in missing if label in NOT_HERS}
        self.assertEqual(set(missing) - left_out - of_others, set())
        self.assertGreater(len(list(said_in_the_database())), 40)

    def test_each_table_with_something_personal_of_hers_is_in_it(self):
        found = self.data(self.ada)

        self.assertEqual(
            {"conference.User", "account.EmailAddress", "mfa.Authenticator"} - found.keys(), set()
        )
        for label in (
            "usersessions.UserSession", "conference.Outbox", "conference.Bounce", "conference.Membership",
            "registration.Registration", "registration.WorkshopBooking", "registration.Answer",
            "registration.ConsentChange", "registration.CheckIn", "registration.Certificate",
            "registration.InvoiceRequest", "registration.Claim", "registration.CalendarFeed", "speakers.Speaker",
            "conference_sessions.Appearance", "conference_sessions.Presentation", "conference_sessions.PresentationFile",
            "conference_sessions.PracticeConsent", "conference_sessions.Credit",
        ):  # fmt: skip
            with self.subTest(label=label):
                self.assertIn(label, found)

    def test_files_come_along_whole(self):
        found = self.contents(self.ada)
        portrait = next(name for name in found if name.startswith("files/speaker-"))
        versions = [name for name in found if name.startswith("files/presentationfile-")]
        papers = [name for name in found if name.startswith("files/certificate-")]

        self.assertEqual(found[portrait], CANARY.encode())
        self.assertEqual({found[name] for name in versions}, {CANARY.encode(), CANARY.encode() * 2})
        self.assertEqual([found[name][:5] for name in papers], [b"%PDF-"])
        said = found["data.json"].decode()
        for name in found.keys() - {"data.json"}:
            self.assertIn(name, said)

    def test_nothing_of_another_person_is_in_it(self):
        self.assertIn(OTHER, self.contents(self.ben)["data.json"].decode())
        for name, content in self.contents(self.ada).items():
            self.assertNotIn(OTHER.encode(), content, name)

    def test_nothing_of_hers_is_in_what_others_get_but_what_was_written_to_them(self):
        own = self.data(self.ben)
        own.pop("conference.Outbox")

        self.assertNotIn(CANARY, json.dumps(own).lower())

    def test_secrets_stay_here(self):
        found = self.data(self.ada)

        self.assertNotIn("password", found["conference.User"][0])
        self.assertNotIn("session_key", found["usersessions.UserSession"][0])
        self.assertNotIn("argon2", json.dumps(found))
        self.assertEqual(found["mfa.Authenticator"][0]["name"], f"{CANARY} key")

    def test_whoever_let_somebody_in_is_named_to_nobody(self):
        seen = [
            row
            for row in self.data(self.ada)["registration.CheckIn"]
            if row["registration"] == str(self.mine)
        ]

        self.assertEqual([set(row) & {"by", "device"} for row in seen], [set()])
        by_ben = self.data(self.ben)["registration.CheckIn"]
        self.assertEqual([row["device"] for row in by_ben], [f"{OTHER} telephone"])
        self.assertEqual(by_ben[0].keys() & {"registration", "at"}, set())

    def test_an_invoice_stays_with_whoever_asked_for_it(self):
        invoice = self.mine.invoice_request
        invoice.kept_by = self.ada
        invoice.save()
        self.mine.user = self.olga
        self.mine.save()

        self.assertEqual(len(self.data(self.ada)["registration.InvoiceRequest"]), 1)
        self.assertNotIn("registration.InvoiceRequest", self.data(self.olga))

    def test_a_new_field_is_in_it_as_soon_as_it_is_declared(self):
        said = TABLES["registration.CheckIn"]
        row = CheckIn.objects.filter(registration=self.mine).get()
        self.assertNotIn("received_at", self.data(self.ada)["registration.CheckIn"][0])
        before = list(said.personal)
        self.addCleanup(setattr, said, "personal", before)

        said.keeps("received_at", **{
            name: getattr(before[0], name) for name in ("group", "what", "purpose", "basis", "seen_by", "until")
        })  # fmt: skip

        rows = {one["id"]: one for one in self.data(self.ada)["registration.CheckIn"]}
        self.assertIn("received_at", rows[row.pk])

    def test_a_file_that_is_missing_costs_itself_only(self):
        portrait = Speaker.objects.get(pk=self.speaker.pk).portrait
        portrait.storage.delete(portrait.name)
        self.addCleanup(portrait.storage.save, portrait.name, ContentFile(CANARY.encode()))

        found = self.contents(self.ada)

        self.assertEqual(
            [name for name in found if name.endswith(".missing")],
            [f"files/speaker-{self.speaker.pk}-portrait.png.missing"],
        )
        self.assertTrue(any(name.startswith("files/presentationfile-") for name in found))

    def test_what_each_field_is_for_stands_beside_it(self):
        said = json.loads(Everything(self.ada).as_json())

        needs = next(
            one for one in said["meaning"]["registration.Registration"] if "dietary_needs" in one["fields"]
        )
        self.assertEqual(needs["basis"], "your consent (GDPR 6.1.a)")
        self.assertEqual(
            Answer.objects.filter(registration=self.mine).count(), len(said["data"]["registration.Answer"])
        )


def said_in_the_database():
    """Model, field and value, wherever the word stands."""
    for model in all_models():
        for row in model._base_manager.all():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if isinstance(value, str) and CANARY in value and not isinstance(field, FileField):
                    yield model._meta.label, field.name, value
