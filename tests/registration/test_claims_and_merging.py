"""A registration is taken over while two organisations become one: neither waits for what the other holds."""

import time
from threading import Thread

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from conference.models import Organisation
from conference.services.merging import merge_organisations
from registration.models import Registration
from registration.services.claims import take_over
from tests.factories import make_membership, make_organisation
from tests.race.people import claim, kind, person, registered

TEACHER = {"role": "teacher", "country": "BE"}
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


@pytest.mark.postgresql
class TakingOverAndMergingTests(TransactionTestCase):
    def setUp(self):
        self.school, self.other = make_organisation("School"), make_organisation("The same school")
        self.registration = registered(kind(can_be_handed_over=True))
        self.token, self.ben = claim(self.registration), person("Ben")
        make_membership(self.other, self.ben)
        self.told = "nothing"

    def take_over(self):
        try:
            take_over(token=self.token, user=self.ben, **TEACHER)
            self.told = "done"
        except Exception as error:
            self.told = repr(error)
        finally:
            connection.close()

    def wait_for_lock(self):
        until = time.monotonic() + 3
        while time.monotonic() < until:
            with connection.cursor() as cursor:
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    return True
            time.sleep(0.05)
        return False

    def test_who_takes_over_waits_for_the_organisation_before_holding_the_registration(self):
        taking = Thread(target=self.take_over)
        with transaction.atomic():
            list(Organisation.objects.select_for_update(of=("self",)).filter(pk=self.other.pk))
            taking.start()
            self.assertTrue(self.wait_for_lock())

            Registration.objects.select_for_update(nowait=True, of=("self",)).get(pk=self.registration.pk)
            merge_organisations(keep=self.school, other=self.other)
        taking.join(10)

        self.assertEqual(self.told, "done")
        self.assertEqual(Registration.objects.get().user, self.ben)
