"""An edition of two days and two rooms, in which sessions lack nothing until a test takes it away."""

from datetime import UTC, date, datetime, timedelta

from django.test import TestCase

from sessions.conflicts import find_conflicts
from tests.factories import (
    make_appearance,
    make_edition,
    make_room,
    make_session,
    make_slot,
    make_speaker,
)

TEN = datetime(2027, 3, 13, 9, 0, tzinfo=UTC)  # in Brussels
HOUR = timedelta(hours=1)


class ConflictCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(starts_on=date(2027, 3, 13), ends_on=date(2027, 3, 14))
        cls.hall, cls.attic = (make_room(cls.edition, name, capacity=20) for name in ("Hall", "Attic"))

    def session(
        self, title, starts_at=TEN, minutes=60, speakers=None, room=None, make=make_session, **fields
    ):
        """A published session that lacks nothing, in the draft of the timetable."""
        session = make(self.edition, title, abstract="About", **fields)
        for speaker in speakers or [make_speaker()]:
            make_appearance(session, speaker)
        if starts_at:
            make_slot(session, starts_at, minutes, room=room)
        return session

    def found(self):
        return [(one.rule, one.is_blocking) for one in find_conflicts(self.edition)]

    def words(self):
        return [one.words for one in find_conflicts(self.edition)]
