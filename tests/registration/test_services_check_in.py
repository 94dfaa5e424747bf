"""Welcomed once: at the door and in each session, whoever scans, however often, and whatever is sent."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from django.test import TestCase

from registration.exceptions import TooEarlyToBePresent
from registration.models import CheckIn, Registration
from registration.services.check_in import Kind, check_in, code_in, note_presence, undo
from tests.factories import (
    make_edition,
    make_organiser,
    make_registration,
    make_release,
    make_session,
    make_slot,
)

NINE = datetime(2027, 3, 13, 9, 3, tzinfo=UTC)


class CheckInTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.ada = make_registration("Ada", cls.edition)
        cls.helper, cls.other_helper = make_organiser("Lotte"), make_organiser("Mira")
        cls.talk = make_session(cls.edition)

    def scan(self, code=None, **options):
        options = {"edition": self.edition, "nonce": uuid4(), "by": self.helper, "at": NINE, **options}
        return check_in(code=self.ada.ticket_code if code is None else code, **options)

    def test_first_scan_welcomes(self):
        answer = self.scan(device="Desk 1")

        self.assertEqual((answer.kind, answer.registration), (Kind.WELCOME, self.ada))
        row = CheckIn.objects.get()
        self.assertEqual((row.registration, row.session, row.at, row.by), (self.ada, None, NINE, self.helper))
        self.assertEqual((row.device, row.way), ("Desk 1", "scan"))

    def test_second_scan_says_when_and_by_whom(self):
        self.scan()

        answer = self.scan(by=self.other_helper, at=NINE + timedelta(minutes=5))

        self.assertEqual(
            (answer.kind, answer.check_in.at, answer.check_in.by), (Kind.ALREADY, NINE, self.helper)
        )
        self.assertEqual(CheckIn.objects.count(), 1)

    def test_same_scan_sent_twice_is_welcomed_twice_and_counts_once(self):
        nonce = uuid4()

        kinds = [self.scan(nonce=nonce, at=NINE + timedelta(hours=n)).kind for n in range(3)]

        self.assertEqual(kinds, [Kind.WELCOME] * 3)
        self.assertEqual(CheckIn.objects.get().at, NINE)

    def test_scan_that_was_welcomed_stays_so_when_it_is_sent_again_after_a_cancellation(self):
        nonce = uuid4()
        self.scan(nonce=nonce)
        Registration.objects.update(status="cancelled")

        self.assertEqual(self.scan(nonce=nonce).kind, Kind.WELCOME)
        self.assertEqual(self.scan().kind, Kind.CANCELLED)

    def test_nonce_of_somebody_else_or_of_another_place_welcomes_nobody(self):
        nonce, ben = uuid4(), make_registration("Ben", self.edition)
        self.scan(nonce=nonce)

        self.assertEqual(self.scan(ben.ticket_code, nonce=nonce).kind, Kind.UNREADABLE)
        self.assertEqual(self.scan(nonce=nonce, session=self.talk).kind, Kind.UNREADABLE)
        self.assertEqual(CheckIn.objects.count(), 1)

    def test_each_session_has_its_own_presence_beside_the_door(self):
        kinds = [
            self.scan(session=where).kind
            for where in (None, self.talk, make_session(self.edition), self.talk)
        ]

        self.assertEqual(kinds, [Kind.WELCOME, Kind.WELCOME, Kind.WELCOME, Kind.ALREADY])

    def test_one_character_changed_is_unknown(self):
        code = self.ada.ticket_code
        for place in (0, 15, 31):
            wrong = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
            self.assertEqual(self.scan(wrong).kind, Kind.UNKNOWN)

        self.assertFalse(CheckIn.objects.exists())

    def test_ticket_of_another_edition_names_that_edition_and_nobody(self):
        stranger = make_registration("Stranger", make_edition("First conference"))

        answer = self.scan(stranger.ticket_code)

        self.assertEqual(
            (answer.kind, answer.edition, answer.registration), (Kind.OTHER_EDITION, stranger.edition, None)
        )

    def test_who_has_no_place_is_not_welcomed_and_the_answer_says_why(self):
        for status, kind in (
            ("cancelled", Kind.CANCELLED), ("waiting", Kind.WAITING), ("pending", Kind.PENDING),
        ):  # fmt: skip
            with self.subTest(status):
                row = make_registration("Cleo", self.edition, status=status)
                self.assertEqual(self.scan(row.ticket_code).kind, kind)

        self.assertFalse(CheckIn.objects.exists())

    def test_what_is_no_code_is_unreadable_and_asks_the_database_nothing(self):
        payloads = [
            "", " ", "{}", '{"code": 1}', "https://evil.example/?a=1", "javascript:alert(1)", "' OR 1=1 --", "\x00",
            "A" * 31, "A" * 33, "A" * 10_000, "ＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡＡ", "é" * 32, self.ada.reference, "\ud800" * 32,
        ]  # fmt: skip
        for payload in payloads:
            with self.subTest(ascii(payload[:40])):
                self.assertEqual(code_in(payload), "")
                with self.assertNumQueries(2):  # where the transaction begins and ends
                    self.assertEqual(self.scan(payload).kind, Kind.UNREADABLE)

    def test_code_is_read_in_small_letters_and_with_what_a_scanner_puts_around_it(self):
        code = self.ada.ticket_code

        self.assertEqual(
            {code_in(text) for text in (code, code.lower(), f"{code}\r\n", f" {code[:16]} {code[16:]}")},
            {code},
        )

    def test_ticket_issued_anew_makes_the_former_code_worth_nothing_at_once(self):
        old = self.ada.ticket_code
        Registration.objects.filter(pk=self.ada.pk).update(ticket_code="B" * 32)

        self.assertEqual([self.scan(code).kind for code in (old, "B" * 32)], [Kind.UNKNOWN, Kind.WELCOME])

    def test_codes_hold_160_random_bits_and_nothing_of_the_person(self):
        codes = [make_registration("Ada", make_edition()).ticket_code for _number in range(5)]

        self.assertEqual({len(code) * 5 for code in codes}, {160})
        self.assertEqual(len({code[:6] for code in codes} | {code[-6:] for code in codes}), 10)

    def test_undoing_is_kept_with_who_and_when_and_the_next_scan_welcomes_again(self):
        nonce = uuid4()
        made = self.scan(nonce=nonce).check_in
        later = NINE + timedelta(minutes=1)

        self.assertEqual(
            [undo(check_in=made, by=self.other_helper, at=later) for _press in range(2)], [True, False]
        )
        made.refresh_from_db()
        self.assertEqual(
            (made.undone_at, made.undone_by, made.at, made.by), (later, self.other_helper, NINE, self.helper)
        )
        self.assertEqual(self.scan(nonce=nonce).kind, Kind.UNDONE)
        self.assertEqual(self.scan().kind, Kind.WELCOME)
        self.assertEqual(CheckIn.objects.count(), 2)

    def test_long_name_of_a_device_is_cut(self):
        self.scan(device="x" * 500)

        self.assertEqual(len(CheckIn.objects.get().device), 60)

    def test_nonce_decides_and_not_what_it_looks_like(self):
        self.assertEqual(self.scan(nonce=UUID(int=0)).kind, Kind.WELCOME)


class ListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.talk = make_session(make_edition(starts_on=NINE.date(), ends_on=NINE.date()))
        cls.people = [make_registration(name, cls.talk.edition) for name in ("Ada", "Ben", "Cleo")]
        cls.by = make_organiser()

    def test_list_adds_who_came_takes_back_who_did_not_and_leaves_the_others(self):
        ada, ben, cleo = self.people
        for person in (ada, ben):
            CheckIn.objects.create(registration=person, session=self.talk, at=NINE, way="scan")

        changed = note_presence(session=self.talk, present=[ada, cleo], absent=[ben], by=self.by, at=NINE)

        self.assertEqual(changed, (1, 1))
        rows = CheckIn.objects.standing().order_by("registration_id")
        self.assertEqual([(row.registration, row.way) for row in rows], [(ada, "scan"), (cleo, "list")])
        self.assertEqual(CheckIn.objects.get(registration=ben).undone_by, self.by)

    def test_who_has_no_place_cannot_be_ticked(self):
        waiting = make_registration("Dora", self.talk.edition, status="waiting")

        self.assertEqual(self.note([waiting], NINE), (0, 0))

    def note(self, present, at, absent=()):
        return note_presence(session=self.talk, present=present, absent=list(absent), by=self.by, at=at)

    def test_nobody_is_present_more_than_an_hour_before_the_first_released_time(self):
        release = make_release(self.talk.edition)
        for hours in (3, 2):  # the later one first
            make_slot(self.talk, NINE + timedelta(hours=hours), release=release)
        make_slot(self.talk, NINE - timedelta(days=1))  # of the draft: no one knows of it
        opens = NINE + timedelta(hours=1)
        ada, ben, _cleo = self.people

        with self.assertRaises(TooEarlyToBePresent):
            self.note([ada], opens - timedelta(seconds=1))
        self.assertEqual(CheckIn.objects.count(), 0)

        self.assertEqual(self.note([ada], opens), (1, 0))
        self.assertEqual(self.note([], opens - timedelta(days=1), absent=[ada, ben]), (0, 1))

    def test_without_a_time_the_day_of_the_edition_decides_and_without_a_day_nothing_does(self):
        edition = self.talk.edition
        edition.starts_on, edition.time_zone = date(2027, 3, 13), "Europe/Brussels"
        edition.save()
        midnight = datetime(2027, 3, 12, 23, tzinfo=UTC)  # in Brussels

        with self.assertRaisesMessage(TooEarlyToBePresent, "from Saturday 13 March 2027, 00:00 CET"):
            self.note(self.people[:1], midnight - timedelta(seconds=1))
        self.assertEqual(self.note(self.people[:1], midnight), (1, 0))

        edition.starts_on = edition.ends_on = None
        edition.save()
        self.assertEqual(self.note(self.people[1:2], midnight - timedelta(days=400)), (1, 0))
