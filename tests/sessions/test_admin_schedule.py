import json
from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.models import Slot, SlotChange
from tests.admin_forms import make_staff, queries_of
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
)
from tests.sessions.schedule_editor import HOUR, NINE, EditorCase


class PageTests(EditorCase):
    def test_the_page_shows_the_draft_of_a_day_and_what_has_no_time(self):
        page = self.client.get(self.address)

        self.assertContains(page, "09:00–10:00")
        self.assertContains(page, "Panel on trains")
        self.assertNotContains(self.client.get(self.address, {"day": "2027-03-14"}), "09:00–10:00")

    def test_a_search_narrows_both(self):
        page = self.client.get(self.address, {"q": "TRAINS panel"})

        self.assertContains(page, "<strong>Panel on trains</strong>", html=True)
        self.assertNotContains(page, "<strong>Keynote</strong>", html=True)

    def test_the_form_of_an_item_says_its_conflicts_and_no_others(self):
        make_slot(make_session(self.edition, "Rival"), NINE, room=self.one)
        rival, other = (
            self.client.get(
                reverse("admin:conference_edition_schedule_item", args=[self.edition.pk, one.guid])
            )
            for one in (self.keynote, self.waiting)
        )

        self.assertContains(rival, "“Keynote” and “Rival” are both in Room 1")
        self.assertNotContains(other, "are both in Room 1")

    def test_an_address_with_strange_words_still_shows_the_page(self):
        for query in ("day=2027-99-99&view=x", "q=" + "a" * 9000, "day[]=1", "day=%F0%9F%98%80"):
            with self.subTest(query[:20]):
                self.assertEqual(self.client.get(f"{self.address}?{query}").status_code, 200)

    def test_the_page_and_the_state_ask_as_often_with_three_as_with_thirty(self):
        counts = []
        for more in (1, 27):
            for number in range(more):
                session = make_session(self.edition, number=number + more)
                make_appearance(session, make_speaker())
                make_slot(session, NINE, room=make_room(self.edition, f"R{more}-{number}"))
                make_session(self.edition)
                change = {"before": {"x": None}, "after": {"x": None}}
                SlotChange.objects.create(
                    edition=self.edition, session=session, changed_by=make_organiser(), **change
                )
            pages = [queries_of(self.client, address) for address in (self.address, self.state_address)]
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(self.move(start=f"1{len(counts)}:00").status_code, 200)
            counts.append([*pages, len(queries)])
        self.assertEqual(counts[0], counts[1])

    def test_a_part_without_a_time_stands_in_the_block_of_its_session_and_one_with_a_time_by_itself(self):
        make_session(self.edition, "Part without a time", part_of=self.keynote)
        timed = make_slot(make_session(self.edition, "Timed part", part_of=self.keynote), NINE, room=self.one)

        state = self.state()

        self.assertEqual(self.item(state)["parts"], ["Part without a time"])
        part = next(item for item in state["items"] if item["slot"] == str(timed.guid))
        self.assertEqual((part["part_of"], part["nested"], part["lanes"]), ("Keynote", True, 1))
        self.assertEqual([item["part_of"] for item in state["waiting"]], ["", "Keynote"])

    def test_what_is_withdrawn_or_cancelled_is_not_shown(self):
        for status in ("withdrawn", "cancelled"):
            make_slot(make_session(self.edition, status=status), NINE)
            make_session(self.edition, status=status)

        state = self.state()

        titles = [item["title"] for item in [*state["items"], *state["waiting"]]]
        self.assertEqual(titles, ["Keynote", "Panel on trains"])

    def test_an_empty_edition_shows_how_a_usual_day_would_look(self):
        empty = make_edition(starts_on=None, ends_on=None)
        address = reverse("admin:conference_edition_schedule", args=[empty.pk])

        self.assertEqual(self.client.get(address).status_code, 200)


class AccessTests(EditorCase):
    def addresses(self):
        return self.address, self.state_address, self.form_of(self.keynote)

    def test_who_may_not_change_slots_does_not_get_in(self):
        for group in ("registration desk", "helper"):
            self.client.force_login(make_staff(group))
            for address in self.addresses():
                with self.subTest(group=group, address=address):
                    self.assertEqual(self.client.get(address).status_code, 403)
            self.assertEqual(self.send(do="undo").status_code, 403)

    def test_sessions_and_slots_of_another_edition_are_not_found(self):
        stranger = make_slot(make_session(make_edition()), NINE)
        foreign = {"session": str(stranger.session.guid), "slot": str(stranger.guid)}

        self.assertEqual(self.move(**foreign).status_code, 404)
        self.assertEqual(self.move(slot=foreign["slot"]).status_code, 404)
        self.assertEqual(self.client.get(self.form_of(stranger.session)).status_code, 404)
        self.assertEqual(
            self.client.get("/admin/conference/edition/99999999999999999999/schedule/").status_code, 404
        )

    def test_a_forged_request_changes_nothing(self):
        self.client.handler.enforce_csrf_checks = True

        self.assertEqual(self.send(do="undo").status_code, 403)


class ScriptTests(EditorCase):
    def test_a_step_that_is_not_sent_as_one_changes_nothing(self):
        step = json.dumps({"do": "place", "session": str(self.waiting.guid), "day": "2027-03-13", "start": "12:00", "minutes": 30})  # fmt: skip
        for method in ("GET", "HEAD", "OPTIONS"):
            with self.subTest(method):
                self.client.generic(method, self.address, step, content_type="application/json")

                self.assertFalse(Slot.objects.filter(session=self.waiting).exists())
                self.assertFalse(SlotChange.objects.exists())

    def test_a_move_is_saved_and_answered_with_the_draft_as_it_is_now(self):
        answer = self.move(room=self.two.pk, minutes=45)

        item = self.item(answer.json()["state"])
        self.assertEqual((answer.status_code, item["start"], item["minutes"]), (200, 690, 45))
        self.assertEqual((item["room"], item["time"]), (self.two.pk, "11:30–12:15"))
        self.assertEqual(self.starts(), NINE + 2.5 * HOUR)

    def test_the_second_organiser_gets_words_the_current_state_and_can_move_it_anyway(self):
        seen = self.item()["seen"]
        self.move(start="10:00")

        answer = self.move(start="15:00", seen=seen)

        self.assertEqual((answer.status_code, answer.json()["is_changed"]), (409, True))
        self.assertIn("Programme Editor moved “Keynote”", answer.json()["refusal"])
        self.assertEqual(self.starts(), NINE + HOUR)
        now = self.item(answer.json()["state"])["seen"]
        self.assertEqual(self.move(start="15:00", seen=now).status_code, 200)
        self.assertEqual(self.starts(), NINE + 6 * HOUR)

    def test_a_session_without_a_time_gets_one_and_goes_back(self):
        (item,) = self.state()["waiting"]
        given = {"day": "2027-03-14", "start": "23:30", "minutes": 120, "room": None}

        state = self.send(do="place", session=item["session"], slot=None, seen=None, **given).json()["state"]
        placed = next(each for each in state["items"] if each["title"] == "Panel on trains")

        self.assertEqual((state["waiting"], state["to"]), ([], 1620))
        self.assertEqual((placed["start"], placed["minutes"], placed["day"]), (1410, 120, "2027-03-14"))
        names = {name: placed[name] for name in ("session", "slot", "seen")}
        self.assertEqual(len(self.send(do="remove", **names).json()["state"]["waiting"]), 1)

    def test_undo_takes_back_the_last_step(self):
        self.move()

        self.assertEqual(self.send(do="undo").status_code, 200)
        self.assertEqual(self.starts(), NINE)
        self.assertEqual(self.send(do="undo").json()["refusal"], "There is nothing of yours to undo.")

    def test_hostile_values_are_refused_in_words_and_change_nothing(self):
        cases = [
            {"minutes": 0}, {"minutes": -5}, {"minutes": 1441}, {"minutes": "1e9"}, {"minutes": 10**30},
            {"minutes": None}, {"start": "25:00"}, {"start": ["9:00"]}, {"start": {}}, {"day": "0001-01-01"},
            {"day": "9999-12-31"}, {"day": "tomorrow"}, {"day": ["2027-03-13"]}, {"room": 2**70}, {"room": -1},
            {"room": make_room(make_edition()).pk}, {"room": "x" * 500}, {"seen": "x"}, {"seen": [[]]},
            {"do": "drop"}, {"do": None}, {"day": "2027-03-28", "start": "02:30"},
        ]  # fmt: skip
        for fields in cases:
            with self.subTest(fields=str(fields)[:50]):
                answer = self.move(**fields)
                self.assertIn(answer.status_code, (400, 409))
                self.assertTrue(answer.json()["refusal"])
        self.assertEqual(self.starts(), NINE)
        self.assertEqual(SlotChange.objects.count(), 0)

    def test_what_is_no_step_is_refused(self):
        for body in (
            "[]",
            "{",
            "[" * 9000,
            "9" * 9000,
            '"x"',
            "null",
            '{"do": "place", "x": "' + "y" * 20_000 + '"}',
        ):
            with self.subTest(body[:20]):
                answer = self.client.post(self.address, body, content_type="application/json")
                self.assertEqual(answer.status_code, 400)
        for names in ({"session": "x"}, {"slot": "x"}, {"slot": "0" * 99}, {"session": None}):
            with self.subTest(names):
                self.assertEqual(self.move(**names).status_code, 404)
        self.assertEqual(self.send(do="undo", change="²").status_code, 404)

    def test_the_hour_that_comes_twice_is_kept_when_only_the_length_changes(self):
        second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # 02:30 for the second time
        Slot.objects.filter(pk=self.slot.pk).update(starts_at=second, ends_at=second + HOUR)

        self.assertEqual(self.move(start="02:30", minutes=30).status_code, 200)

        self.assertEqual(self.starts(), second)

    def test_who_asks_for_changes_gets_them_once(self):
        version = self.state()["version"]
        self.assertEqual(self.state(since=version), {"version": version})

        for change in (self.move, lambda: self.send(do="undo"), self.keynote.save):
            change()
            state = self.state(since=version)
            self.assertIn("items", state)
            version = state["version"]
        with self.assertNumQueries(6):  # who asks and what they may (4), the edition, the version
            self.state(since=version)

    def test_the_list_of_steps_says_who_did_what(self):
        self.move()
        self.client.force_login(make_organiser("Olga"))

        (step,) = self.state()["steps"]

        self.assertEqual((step["who"], step["may_undo"]), ("Programme Editor", False))
        self.assertIn("“Keynote” moved from Saturday 13 March 2027, 09:00–10:00, Room 1 to", step["words"])
