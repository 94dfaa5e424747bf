"""How far each session's presentations are, in one query for an edition."""

from datetime import date, timedelta

from django.test import TestCase

from sessions.collecting.states import Asked, counts_of, expected_of, is_owed
from sessions.models import Session
from tests.factories import make_edition, make_presentation, make_session, make_track, make_version

TODAY = date(2027, 3, 1)


class StatesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()

    def state(self, **fields):
        session = make_session(self.edition, **fields)
        return expected_of(self.edition).get(pk=session.pk)

    def state_with(self, *statuses):
        session = make_session(self.edition)
        presentation = make_presentation(session, status=statuses[0])
        for status in statuses[1:]:
            make_version(presentation, status=status, refusal_reason="Blurred")
        return expected_of(self.edition).get(pk=session.pk).slides

    def test_session_without_anything_has_none(self):
        self.assertEqual(self.state().slides, "none")

    def test_what_is_promised_or_not_expected_says_so(self):
        self.assertEqual(self.state(presentations_promised_for=TODAY).slides, "promised")
        self.assertEqual(self.state(expects_presentations=False).slides, "unexpected")

    def test_newest_version_decides_and_a_draft_is_not_there_yet(self):
        self.assertEqual(self.state_with("draft"), "none")
        self.assertEqual(self.state_with("submitted"), "uploaded")
        self.assertEqual(self.state_with("approved"), "approved")
        self.assertEqual(self.state_with("approved", "refused"), "refused")
        self.assertEqual(self.state_with("approved", "refused", "submitted"), "uploaded")

    def test_public_version_counts_while_the_next_is_a_draft(self):
        self.assertEqual(self.state_with("approved", "draft"), "approved")

    def test_withdrawn_presentation_does_not_count(self):
        session = make_session(self.edition)
        make_presentation(session, withdrawn_at="2027-01-01T00:00Z")

        self.assertEqual(expected_of(self.edition).get(pk=session.pk).slides, "none")

    def test_breaks_and_what_is_called_off_owe_nothing(self):
        make_session(self.edition, kind="break")
        for status in (Session.Status.CANCELLED, Session.Status.WITHDRAWN):
            make_session(self.edition, status=status)
        make_session(make_edition())

        self.assertEqual(list(expected_of(self.edition)), [])

    def test_one_query_for_one_and_for_three_sessions(self):
        for _number in range(3):
            make_presentation(make_session(self.edition, track=make_track(self.edition)))
            with self.assertNumQueries(1):
                [(row.slides, row.track.name) for row in expected_of(self.edition)]

    def test_owed_is_what_nobody_sent_what_was_refused_and_what_is_past_its_day(self):
        past, today = TODAY - timedelta(days=1), TODAY
        self.assertTrue(is_owed(self.state(), TODAY))
        self.assertTrue(is_owed(self.state(presentations_promised_for=past), TODAY))
        self.assertFalse(is_owed(self.state(presentations_promised_for=today), TODAY))
        self.assertFalse(is_owed(self.state(expects_presentations=False), TODAY))

    def test_board_is_narrowed_by_state_and_track_and_ignores_what_does_not_exist(self):
        track = make_track(self.edition)
        session = self.state(track=track)

        for query in ({"state": "none"}, {"track": str(track.pk)}, {"state": "x", "track": "1 OR 1"}, {}):
            self.assertTrue(Asked.from_query(query).includes(session), query)
        for query in ({"state": "approved"}, {"track": str(track.pk + 1)}):
            self.assertFalse(Asked.from_query(query).includes(session), query)
        self.assertEqual(counts_of([session])["none"], 1)
