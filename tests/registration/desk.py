"""Somebody at the desk, and what their device sends."""

import json
from uuid import uuid4

from django.test import TestCase, override_settings

from tests.admin_forms import make_staff
from tests.factories import make_edition, make_registration


@override_settings(STAFF_SECOND_FACTOR=False)
class DeskTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="ed")
        cls.helper = make_staff("helper")
        cls.helper.name = "Lotte"
        cls.helper.save()
        cls.ada = make_registration(
            "Ada Łącka", cls.edition, dietary_needs="CANARY nuts", access_needs="CANARY lift",
            organisation_name="CANARY school", country="PL",
        )  # fmt: skip
        cls.ben = make_registration("Ben", cls.edition)

    def setUp(self):
        self.client.force_login(self.helper)

    def send(self, *scans, address="/desk/ed/scans/new/", **batch):
        body = json.dumps({"scans": [{"nonce": str(uuid4()), **scan} for scan in scans], **batch})
        return self.client.post(address, body, content_type="application/json")

    def answer(self, **scan):
        response = self.send(scan)
        self.assertEqual(response.status_code, 200)
        return response.json()["answers"][0]

    def kind_and_tone(self, code):
        answer = self.answer(code=code)
        self.assertTrue(answer["title"] and (answer["words"] or answer["tone"] == "good"), answer)
        return answer["kind"], answer["tone"]
