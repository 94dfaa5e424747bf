"""Mails after a release: one to each person concerned, about their own sessions, once, whatever is killed."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.test import TestCase, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.models import Outbox
from registration.services import release_mails
from registration.services.release_mails import CHUNK, tell_people
from sessions.models import Star
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_appearance,
    make_booking,
    make_edition,
    make_organiser,
    make_registration,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_user,
    make_workshop,
)

LATER = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=30)


class Scene:
    """An edition whose timetable is released once."""

    def make_scene(self):
        self.organiser = make_organiser()
        self.edition = make_edition("Conference", slug="ed")
        self.session = make_session(self.edition, "Rivers")
        self.slot = make_slot(self.session, LATER)
        self.release()
        self.assertEqual(tell_people(), 0)

    def release(self, **fields):
        return release_timetable(edition=self.edition, by=self.organiser, **fields)

    def star(self, session=None, name="Ada", **fields):
        user = fields.pop("user", None) or make_user(name, **fields)
        Star.objects.create(user=user, session=session or self.session)
        return user

    def move(self, slot=None, hours=1):
        slot = slot or self.slot
        slot.starts_at += timedelta(hours=hours)
        slot.ends_at += timedelta(hours=hours)
        slot.save()

    def tell_all(self, at=None):
        while tell_people(at):
            pass

    def told(self):
        return sorted(Outbox.objects.values_list("recipient", flat=True))


class ReleaseMailTests(Scene, TestCase):
    def setUp(self):
        self.make_scene()

    def test_the_first_release_of_an_edition_mails_nobody(self):
        other = make_edition()
        session = make_session(other, "New")
        make_slot(session, LATER)
        self.star(session)
        release_timetable(edition=other, by=self.organiser)

        self.tell_all()

        self.assertEqual(self.told(), [])
        self.assertTrue(other.releases.get().told_at)

    def test_whoever_starred_booked_waits_or_speaks_gets_one_mail_and_nobody_else(self):
        workshop = make_workshop(self.edition, "Boats")
        slot = make_slot(workshop, LATER)
        self.release()
        self.tell_all()
        starred = self.star()
        booked = make_registration("Ben", self.edition)
        make_booking(booked, workshop)
        waits = make_registration("Cleo", self.edition)
        make_booking(waits, workshop, status="waiting")
        gave_back = make_registration("Dan", self.edition)
        make_booking(gave_back, workshop, status="cancelled")
        speaker = make_user("Eve")
        make_appearance(workshop, make_speaker(user=speaker))
        make_appearance(self.session, make_speaker())
        self.star(make_session(self.edition, "Unmoved"), "Fay")
        self.star(name="Gus", is_active=False)
        self.star(workshop, user=starred)
        self.star(workshop, user=booked.user)
        self.move()
        self.move(slot)
        self.release()

        self.tell_all()

        expected = [starred.email, booked.user.email, waits.user.email, speaker.email]
        self.assertEqual(self.told(), sorted(expected))
        text = Outbox.objects.get(recipient=starred.email).text
        self.assertEqual((text.count("Moved: “Rivers”"), text.count("Moved: “Boats”")), (1, 1))
        self.assertNotIn("Rivers", Outbox.objects.get(recipient=booked.user.email).text)

    def test_it_says_what_was_cancelled_and_what_got_a_time(self):
        other = make_session(self.edition, "Stars")
        user = self.star()
        self.star(other, user=user)
        self.slot.delete()
        make_slot(other, LATER, room=make_room(self.edition, "Attic"))
        self.release(note="The river\nis dry")

        self.tell_all()

        text = Outbox.objects.get().text
        self.assertIn("- Cancelled: “Rivers”", text)
        self.assertIn("- Added: “Stars”", text)
        self.assertIn("Attic", text)
        self.assertIn("The organisers write: The river is dry", text)
        self.assertIn("http://localhost:8000/ed/my-programme/", text)

    def test_a_new_name_alone_is_no_reason_for_a_mail(self):
        self.star()
        self.session.title_en = "Streams"
        self.session.save()
        self.release()
        self.tell_all()
        self.assertEqual(self.told(), [])

        self.session.title_en = "Brooks"
        self.session.save()
        self.move()
        self.release()
        self.tell_all()

        self.assertIn("- Renamed: “Streams” is now “Brooks”", Outbox.objects.get().text)

    def test_what_is_over_is_no_news(self):
        self.star()
        self.move()
        self.release()

        self.tell_all(LATER + timedelta(hours=3))

        self.assertEqual(self.told(), [])

    def test_a_person_reads_it_in_their_language_and_on_the_clock_of_the_edition(self):
        self.edition.time_zone = "Asia/Tokyo"
        self.edition.save()
        self.session.title_nl = "Rivieren"
        self.session.save()
        dutch, english = self.star(language="nl"), self.star(name="Ben")
        self.move()
        self.release()

        self.tell_all()

        clock = f"{(LATER + timedelta(hours=10)):%H:%M}"
        for user, title, path in ((dutch, "Rivieren", "/nl/ed/"), (english, "Rivers", ":8000/ed/")):
            mail = Outbox.objects.get(recipient=user.email)
            self.assertIn(title, mail.text)
            self.assertIn(f"{path}my-programme/", mail.text)
            self.assertIn(clock, mail.text)

    def test_each_release_is_told_once_however_often_the_worker_asks(self):
        self.star()
        for _ in range(2):
            self.move()
            self.release()
        for _ in range(3):
            self.tell_all()

        self.assertEqual(len(self.told()), 2)

    def test_a_star_set_after_the_release_was_set_on_the_new_time(self):
        self.move()
        release = self.release()
        self.star()
        Star.objects.update(created_at=release.created_at + timedelta(seconds=1))

        self.tell_all()

        self.assertEqual(self.told(), [])

    def test_old_news_is_closed_in_silence(self):
        self.star()
        self.move()
        release = self.release()

        with self.assertLogs(release_mails.log, "WARNING"):
            self.tell_all(timezone.now() + timedelta(days=2, minutes=1))
        self.tell_all()

        self.assertEqual(self.told(), [])
        release.refresh_from_db()
        self.assertTrue(release.told_at)

    def test_nobody_hears_of_an_edition_that_is_not_public(self):
        self.star()
        self.move()
        self.edition.is_published = False
        self.edition.save()
        self.release()

        self.tell_all()

        self.assertEqual(self.told(), [])

    def test_names_and_titles_are_text_whatever_they_hold(self):
        nasty = (
            "[Win](http://evil.test) <a href=x>\r\nBcc: x@evil.test {user.password} {{ settings.SECRET_KEY }}"
        )
        self.session.title_en = nasty
        self.session.save()
        self.edition.short_title_en = "Conf\r\nBcc: x@evil.test"
        self.edition.save()
        self.star(name=nasty[:150])
        self.move()
        self.release(note=nasty)

        self.tell_all()

        mail = Outbox.objects.get()
        self.assertNotIn("\n", mail.subject)
        self.assertNotIn("<a href=x>", mail.html)
        self.assertNotIn("http://evil.test", mail.html)
        self.assertIn("{{ settings.SECRET_KEY }}", mail.text)
        self.assertNotIn("\nBcc: x@evil.test {user", mail.text.split("- Moved")[1].split("\n")[0])

    def test_it_asks_no_more_for_three_people_and_sessions_than_for_one(self):
        counts = []
        for number in (1, 3):
            people = [self.star(name=f"P{number}{n}") for n in range(number)]
            more = [make_session(self.edition, f"More {number} {n}") for n in range(number)]
            for session in more:
                make_slot(session, LATER)
                for person in people:
                    self.star(session, user=person)
            Star.objects.exclude(user__in=people).delete()
            self.move()
            self.release()
            with CaptureQueriesContext(connection) as queries:
                self.assertEqual(tell_people(), number)
            mails = sum("INSERT" in query["sql"] for query in queries)
            counts.append(len(queries) - mails)

        self.assertEqual(*counts)


class KilledTests(Scene, TransactionTestCase):
    """With real commits and rollbacks."""

    def test_a_worker_that_dies_between_two_mails_goes_on_where_it_stopped(self):
        self.make_scene()
        people = [self.star(name=f"P{number}") for number in range(CHUNK + 7)]
        self.move()
        release = self.release()
        self.assertEqual(tell_people(), CHUNK)

        for moment in (0, 3, 6):
            with self.assertRaises(DatabaseError), connection.execute_wrapper(fails_after(moment)):
                tell_people()
            self.assertEqual(Outbox.objects.count(), CHUNK)
        self.tell_all()

        self.assertEqual(self.told(), sorted(person.email for person in people))
        release.refresh_from_db()
        self.assertTrue(release.told_at)


def fails_after(count):
    """The database goes away after so many mails."""
    mails = []

    def execute(go_on, sql, params, many, context):
        if sql.startswith("INSERT") and "outbox" in sql:
            if len(mails) == count:
                raise DatabaseError("gone")
            mails.append(sql)
        return go_on(sql, params, many, context)

    return execute
