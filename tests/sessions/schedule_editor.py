"""An edition in the schedule editor: one session with a time, one without, and somebody who may change both."""

import json
from datetime import UTC, date, datetime, timedelta

from django.test import TestCase
from django.urls import reverse

from sessions.models import Kind
from tests.admin_forms import make_staff
from tests.factories import (
    make_edition,
    make_room,
    make_session,
    make_slot,
)

NINE = datetime(2027, 3, 13, 8, 0, tzinfo=UTC)  # nine in Brussels
HOUR = timedelta(hours=1)


class EditorCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(starts_on=date(2027, 3, 13), ends_on=date(2027, 3, 14))
        cls.one, cls.two = make_room(cls.edition, "Room 1"), make_room(cls.edition, "Room 2")
        cls.keynote = make_session(cls.edition, "Keynote")
        cls.slot = make_slot(cls.keynote, NINE, room=cls.one)
        cls.waiting = make_session(cls.edition, "Panel on trains", kind=Kind.SESSION)
        cls.editor = make_staff("programme editor")
        cls.address = reverse("admin:conference_edition_schedule", args=[cls.edition.pk])
        cls.state_address = reverse("admin:conference_edition_schedule_state", args=[cls.edition.pk])

    def setUp(self):
        self.client.force_login(self.editor)

    def state(self, **asked):
        return self.client.get(self.state_address, asked).json()

    def item(self, state=None):
        return next(item for item in (state or self.state())["items"] if item["slot"] == str(self.slot.guid))

    def send(self, **fields):
        return self.client.post(self.address, json.dumps(fields), content_type="application/json")

    def move(self, **fields):
        item = self.item()
        names = {name: item[name] for name in ("session", "slot", "seen", "day", "minutes", "room")}
        return self.send(**{"do": "place", **names, "start": "11:30", **fields})

    def starts(self):
        self.slot.refresh_from_db()
        return self.slot.starts_at

    def form_of(self, session):
        return reverse("admin:conference_edition_schedule_item", args=[self.edition.pk, session.guid])
