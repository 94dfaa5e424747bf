"""Every rule is asked about the draft of one edition, in a number of queries that stays the same."""

from django.utils import translation

from sessions.conflicts import RULES, find_conflicts
from sessions.conflicts.draft import Draft
from sessions.conflicts.finding import conflicts_in
from sessions.conflicts.sweeping import meetings
from sessions.models import Kind, Session, Slot
from tests.factories import make_session, make_slot, make_speaker, make_workshop
from tests.sessions.conflict_case import HOUR, TEN, ConflictCase


class MissingTests(ConflictCase):
    def test_what_is_missing_is_said_of_what_people_come_for(self):
        make_session(self.edition, "Bare")
        make_session(self.edition, "Only a draft", status="draft")
        make_session(self.edition, "Coffee", kind=Kind.BREAK)

        self.assertEqual(
            self.words(),
            [
                "“Bare” has no abstract.",
                "“Bare” has no speaker.",
                "“Bare” is published and has no time; it is listed under “time to be announced”.",
            ],
        )

    def test_a_draft_with_a_time_will_not_be_released(self):
        self.session("Draft", status="draft")

        self.assertEqual(self.words(), ["“Draft” is not published, so its time will not be released."])

    def test_the_people_of_the_parts_are_enough_and_any_language_is(self):
        session = make_session(self.edition, "Session", abstract_nl="Over")
        make_slot(session, TEN)
        self.session("Part", part_of=session)

        self.assertEqual(self.found(), [])


class AllRulesTests(ConflictCase):
    def test_another_edition_has_no_part_in_it(self):
        self.session("Talk", room=self.hall)
        elsewhere = make_session()
        make_slot(elsewhere, TEN)

        self.assertEqual(self.found(), [])

    def test_a_slot_without_a_time_is_left_out(self):
        session = self.session("Talk")
        Slot.objects.create(session=session, room=self.hall)

        self.assertEqual(self.found(), [])

    def test_every_rule_has_a_name_and_what_forbids_comes_first(self):
        self.session("Draft", room=self.hall, status="draft")
        self.session("One", room=self.hall)
        self.session("Other", TEN, room=self.hall)

        self.assertEqual(self.found()[0], ("room_twice", True))
        self.assertTrue(all(str(rule.name) and rule.key == key for key, rule in RULES.items()))

    def test_words_are_in_the_language_of_the_reader(self):
        self.session("Talk", room=self.hall, title_nl="Lezing")
        self.session("Other", room=self.hall)
        with translation.override("nl"):
            self.assertIn("Lezing", self.words()[0])

    def test_the_number_of_queries_stays_the_same(self):
        speaker = make_speaker()
        self.session("One", room=self.hall, speakers=[speaker], make=make_workshop)
        with self.assertNumQueries(5):
            find_conflicts(self.edition)
        for name in ("Two", "Three"):
            self.session(name, room=self.hall, speakers=[speaker], make=make_workshop)
        with self.assertNumQueries(5):
            self.assertEqual(len(find_conflicts(self.edition)), 4)

    def test_a_thousand_sessions_at_once_are_swept_not_compared_in_pairs(self):
        edition, sessions = self.edition, {}
        for pk in range(1, 1001):
            sessions[pk] = Session(pk=pk, edition=edition, title=f"S{pk}", status="published")
            sessions[pk].has_abstract = True
        slots = [
            Slot(session=one, room=self.hall, starts_at=TEN, ends_at=TEN + HOUR) for one in sessions.values()
        ]
        speaker = make_speaker("Ada")
        found = conflicts_in(Draft(edition, sessions, slots, {pk: [speaker] for pk in sessions}))
        compared = []
        list(meetings(slots, lambda one, other: compared.append(one) or True))

        self.assertEqual((len(found), len(compared)), (2 * 999, 999))
