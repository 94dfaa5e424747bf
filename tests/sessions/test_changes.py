"""What a release changes, as data and as a person reads it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.test import SimpleTestCase
from django.utils import translation

from conference.translated_columns import in_languages
from sessions.changes import changes_between, words_of

BRUSSELS = ZoneInfo("Europe/Brussels")
TEN = datetime(2027, 3, 13, 9, 0, tzinfo=UTC)  # in Brussels


def slot(guid=1, title="Talk", room="Hall", hours=0, is_cancelled=False, **fields):
    starts_at = None if hours is None else TEN + timedelta(hours=hours)
    values = {
        "guid": UUID(int=guid),
        "session_id": 7,
        "starts_at": starts_at,
        "ends_at": starts_at and starts_at + timedelta(hours=1),
        "is_cancelled": is_cancelled,
        **dict.fromkeys(in_languages("title"), title),
        **dict.fromkeys(in_languages("room_name"), room),
        **fields,
    }
    return SimpleNamespace(**values)


class ChangesTests(SimpleTestCase):
    def words(self, before, after):
        return [words_of(change, BRUSSELS) for change in changes_between(before, after)]

    def test_the_same_slots_change_nothing_whatever_their_order(self):
        self.assertEqual(self.words([slot(1), slot(2)], [slot(2), slot(1)]), [])

    def test_added(self):
        expected = ["Added: “Talk”, Saturday 13 March 2027, 10:00–11:00, Hall"]

        self.assertEqual(self.words([], [slot()]), expected)

    def test_cancelled(self):
        expected = ["Cancelled: “Talk”, planned for Saturday 13 March 2027, 10:00–11:00, Hall"]

        self.assertEqual(self.words([slot()], []), expected)
        self.assertEqual(self.words([slot()], [slot(is_cancelled=True)]), expected)

    def test_what_was_cancelled_before_is_not_said_again(self):
        self.assertEqual(self.words([slot(is_cancelled=True)], [slot(is_cancelled=True)]), [])

    def test_what_comes_back_is_added(self):
        changes = changes_between([slot(is_cancelled=True)], [slot()])

        self.assertEqual([change.kind for change in changes], ["added"])

    def test_moved_in_time_says_from_and_to(self):
        expected = [
            "Moved: “Talk” from Saturday 13 March 2027, 10:00–11:00, Hall to Saturday 13 March 2027, 12:00–13:00, Hall"
        ]

        self.assertEqual(self.words([slot()], [slot(hours=2)]), expected)

    def test_moved_to_another_room_says_the_rooms(self):
        expected = ["Moved: “Talk” from Hall to the whole venue, Saturday 13 March 2027, 10:00–11:00"]

        self.assertEqual(self.words([slot()], [slot(room="")]), expected)

    def test_a_time_that_is_not_known_is_to_be_announced(self):
        expected = [
            "Moved: “Talk” from a time to be announced, Hall to Saturday 13 March 2027, 10:00–11:00, Hall"
        ]

        self.assertEqual(self.words([slot(hours=None)], [slot()]), expected)

    def test_a_title_of_percent_signs_and_braces_is_only_text(self):
        words = self.words([slot(title="%(to)s {x}")], [slot(title="%s %d")])

        self.assertEqual(words, ["Renamed: “%(to)s {x}” is now “%s %d”"])

    def test_moved_and_renamed_are_two_changes_of_one_slot(self):
        changes = changes_between([slot()], [slot(title="Speech", hours=1)])
        facts = [(change.kind, change.slot_guid, change.session_pk, change.title) for change in changes]

        self.assertEqual(facts, [(kind, UUID(int=1), 7, "Speech") for kind in ("moved", "renamed")])

    def test_titles_and_rooms_are_in_the_language_of_the_reader(self):
        before = slot(title_nl="Lezing", room_name_nl="Zaal")
        after = slot(title_nl="Rede", room_name_nl="Zaal")
        self.assertEqual(self.words([before], [after]), [])
        with translation.override("nl"):
            change = changes_between([before], [after])[0]

        self.assertEqual(
            (change.title_before, change.title_after, change.after.room), ("Lezing", "Rede", "Zaal")
        )

    def test_changes_are_in_order_of_the_new_time(self):
        before = [slot(1, "Last", hours=0), slot(2, "Gone", hours=3)]
        after = [slot(1, "Last", hours=5), slot(3, "New", hours=1), slot(4, "Open", hours=None)]
        titles = [change.title for change in changes_between(before, after)]

        self.assertEqual(titles, ["New", "Gone", "Last", "Open"])

    def test_a_thousand_slots_are_compared_one_by_one(self):
        before = [slot(uuid4().int) for _ in range(1000)]
        after = [slot(one.guid.int, hours=1) for one in before]

        self.assertEqual(len(changes_between(before, after)), 1000)
