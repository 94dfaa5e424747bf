"""What the tests of claims share."""

import re

from django.test import TestCase

from conference.models import Outbox
from registration.services.colleagues import Colleague, register_colleagues
from tests.factories import (
    make_edition,
    make_membership,
    make_organisation,
    make_registration_type,
    make_user,
)

MAILED = re.compile(r"/my/claims/([\w-]+)/")
TAKING = {"country": "BE", "role": "teacher", "consent": "on"}
NEWCOMER = {**TAKING, "name": "Ben Colleague"}


class ClaimCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.type = make_registration_type(cls.edition, can_be_handed_over=True)
        cls.ada = make_user("Ada WIN www.evil.example", email="ada@school.example", country="BE")
        cls.school = make_organisation("School www.evil.example")
        cls.membership = make_membership(cls.school, cls.ada, is_administrator=True)

    def colleagues(self, *emails, **fields):
        people = [Colleague("Ben Colleague", email) for email in emails or ["ben@school.example"]]
        arguments = {"by": self.ada, "organisation": self.school, "registration_type": self.type, **fields}
        return register_colleagues(colleagues=people, **arguments)

    def url(self):
        """Of the claim that was mailed last."""
        mails = Outbox.objects.filter(text__contains="/my/claims/")
        return f"/my/claims/{MAILED.search(mails.latest('pk').text)[1]}/"

    def token(self):
        return self.url().split("/")[3]
