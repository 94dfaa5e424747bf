"""An edition with two rooms, a session and two organisers who change its draft."""

from datetime import UTC, date, datetime, timedelta

from sessions.models import Slot
from sessions.services.scheduling import place_slot
from sessions.slot_states import state_of
from tests.factories import make_edition, make_organiser, make_room, make_session

NINE = datetime(2027, 3, 13, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Scheduling:
    def prepare(self):
        self.edition = make_edition(starts_on=date(2027, 3, 13), ends_on=date(2027, 3, 14), time_zone="UTC")
        self.one, self.two = make_room(self.edition, "Room 1"), make_room(self.edition, "Room 2")
        self.session = make_session(self.edition, "Keynote")
        self.ada, self.ben = make_organiser("Ada"), make_organiser("Ben")

    def place(self, slot=None, starts_at=NINE, by=None, **fields):
        fields = {"room": self.one, "ends_at": starts_at + HOUR, "session": self.session, **fields}
        fields = {"seen": state_of(slot), **fields}
        guid = slot.guid if slot else None
        return place_slot(edition=self.edition, slot=guid, starts_at=starts_at, by=by or self.ada, **fields)

    def named(self, slot, **fields):
        return {
            "edition": self.edition, "session": slot.session, "slot": slot.guid, "seen": state_of(slot),
            "by": self.ada, **fields,
        }  # fmt: skip

    def states(self):
        return {slot.guid: state_of(slot) for slot in Slot.objects.draft()}
