"""Every personal field of one person is filled, the account is closed, and nothing anywhere says who it was."""

from django.core import serializers
from django.db import connection

from conference.accounts.closing import close_account
from conference.models import Outbox, User
from registration.models import (
    Registration,
    WorkshopBooking,
)
from tests.canaries import CANARY, CanaryCase, files_on_disk


def dump():
    """Every row of every table, and every file: by where it stands."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                found.setdefault(table, []).append(str(row))
    for path in files_on_disk():
        found.setdefault(str(path), []).append(path.read_bytes().decode("latin1"))
    return found


def canaries():
    return sorted(place for place, rows in dump().items() if any(CANARY in row.lower() for row in rows))


class NothingIsLeftTests(CanaryCase):
    def close(self, **wish):
        with self.captureOnCommitCallbacks(execute=True):
            close_account(user=self.ada, **wish)

    def test_the_person_stands_in_many_places_before(self):
        self.assertGreater(len(canaries()), 20)

    def test_no_table_and_no_file_says_who_it_was(self):
        self.close(name_stays=False)

        self.assertEqual(canaries(), [])

    def test_the_name_stays_where_the_person_wishes_it_and_nowhere_else(self):
        self.close(name_stays=True)

        left = set(canaries())
        printed = {
            "speakers_speaker", "conference_sessions_credit", "conference_sessions_slot",
            "conference_sessions_appearance",
        }  # fmt: skip
        index = ("conference_sessions_library", "library_index")  # by which the name is found
        found = {table for table in left if not table.startswith(index)}
        self.assertEqual(found, printed)
        self.speaker.refresh_from_db()
        self.assertEqual((self.speaker.name, self.speaker.biography, self.speaker.email), (CANARY, "", ""))

    def test_nothing_of_another_person_changes_but_that_the_queue_moves_up(self):
        mine = [
            *User.objects.filter(pk__in=[self.ben.pk, self.olga.pk]),
            *self.ben.emailaddress_set.all(),
            *WorkshopBooking.objects.filter(registration__user=self.ben),
        ]
        before = serializers.serialize("json", mine)
        place = Registration.objects.filter(user=self.ben).values().get()

        self.close(name_stays=False)

        again = [type(row).objects.get(pk=row.pk) for row in mine]
        self.assertEqual(serializers.serialize("json", again), before)
        moved = Registration.objects.filter(user=self.ben).values().get()
        self.assertEqual(moved.pop("status"), "confirmed")
        self.assertIsNotNone(moved.pop("confirmed_at"))
        self.assertEqual(moved, {key: place[key] for key in moved})
        promoted = Outbox.objects.filter(recipient=self.ben.email).latest("pk")
        self.assertIn(self.edition.title, promoted.subject + promoted.text)

    def test_every_model_that_points_to_an_account_is_known_here(self):
        """A new one has to be thought of, and filled above: whose row goes, and what of it stays?"""
        pointing = {
            relation.related_model._meta.label
            for relation in User._meta.get_fields(include_hidden=True)
            if relation.auto_created
            and not relation.concrete
            # Former states have a test of their own: tests/conference/trail/test_erasing.py
            and not hasattr(relation.related_model, "instance_type")
        }
        self.assertEqual(sorted(pointing), KNOWN)


KNOWN = sorted(
    [
        "account.EmailAddress",
        "admin.LogEntry",
        "conference.Membership",
        "conference.Task",
        "conference.User_groups",
        "conference.User_user_permissions",
        "conference_sessions.Presentation",
        "conference_sessions.PresentationFile",
        "conference_sessions.Release",
        "conference_sessions.SlotChange",
        "conference_sessions.Star",
        "conference_sessions.UploadLink",
        "mfa.Authenticator",
        "registration.Addressee",
        "registration.Allocation",
        "registration.CalendarFeed",
        "registration.Certificate",
        "registration.CheckIn",
        "registration.Claim",
        "registration.FixedPlace",
        "registration.InvoiceRequest",
        "registration.Letter",
        "registration.Outcome",
        "registration.PlaceChange",
        "registration.Registration",
        "speakers.Invitation",
        "speakers.Speaker",
        "usersessions.UserSession",
    ]
)
