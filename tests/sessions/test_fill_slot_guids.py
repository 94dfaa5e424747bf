"""An edition whose timetable was released before slots had a guid comes along when the site is updated."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from uuid import uuid4

from django.apps import apps
from django.test import TestCase

from sessions.models import Slot
from tests.factories import make_edition, make_release, make_session, make_slot

NINE = datetime(2027, 3, 13, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
fill = import_module("sessions.migrations.0003_fill_slot_guids").fill


class FillSlotGuidsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.session, cls.other = make_session(cls.edition), make_session(cls.edition)
        releases = [make_release(cls.edition) for _number in range(2)]
        moved = [NINE, NINE + HOUR]
        cls.first = [
            make_slot(cls.session, at, release=release) for at, release in zip(moved, releases, strict=True)
        ]
        cls.second = [make_slot(cls.session, NINE + 5 * HOUR, release=release) for release in releases]
        cls.same = [make_slot(cls.other, NINE, release=release, title_nl="Zo") for release in releases]
        cls.first.append(make_slot(cls.session, NINE + 2 * HOUR))
        cls.second.append(make_slot(cls.session, NINE + 5 * HOUR))
        cls.same.append(make_slot(cls.other, NINE))
        for slot in Slot.objects.all():
            slot.guid = uuid4()
            slot.save(update_fields=["guid"])
        fill(apps, None)

    def of(self, slots, name):
        return [getattr(Slot.objects.get(pk=slot.pk), name) for slot in slots]

    def test_the_first_slot_of_a_session_gets_its_guid_in_the_draft_and_in_each_release(self):
        self.assertEqual(self.of(self.first, "guid"), [self.session.guid] * 3)
        self.assertEqual(self.of(self.same, "guid"), [self.other.guid] * 3)

    def test_further_slots_have_one_guid_of_their_own(self):
        self.assertEqual(len(set(self.of(self.second, "guid"))), 1)
        self.assertNotIn(self.session.guid, self.of(self.second, "guid"))

    def test_the_sequence_grows_only_where_a_release_changed_something(self):
        found = [self.of(slots[:2], "sequence") for slots in (self.first, self.second, self.same)]

        self.assertEqual(found, [[0, 1], [0, 0], [0, 0]])
