"""Every personal field of one person is filled, the account is closed, and nothing anywhere says who it was."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core import serializers
from django.core.files.base import ContentFile
from django.db import connection, models
from django.test import TestCase
from django.utils import timezone

from conference.accounts.closing import close_account
from conference.accounts.services import tell_owner
from conference.mail import queue_mail
from conference.models import Outbox, Task, User
from registration.models import (
    CalendarFeed,
    Claim,
    ConsentChange,
    Outcome,
    PlaceChange,
    Registration,
    WorkshopBooking,
)
from registration.services.booking import book_workshop
from registration.services.registering import register
from sessions.library.index import reindex
from sessions.models import Credit, PracticeConsent, Presentation, UploadLink
from speakers.models import Invitation
from tests.factories import (
    make_answer,
    make_appearance,
    make_certificate,
    make_check_in,
    make_edition,
    make_invoice_request,
    make_membership,
    make_organisation,
    make_organiser,
    make_presentation,
    make_question,
    make_ranking,
    make_registration,
    make_registration_type,
    make_release,
    make_round,
    make_session,
    make_slot,
    make_speaker,
    make_user,
    make_version,
    make_workshop,
)

CANARY = "zkanaryz"
ADDRESS = f"{CANARY}@example.org"
NOT_FILLED = {
    "slug",
    "status",
    "kind",
    "way",
    "part",
    "role",
    "language",
    "reason",
    "before",
    "after",
    "mark",
}


def fill(row, *besides):
    """A canary in every text of the row that no rule or choice limits, so that a new field is filled too."""
    for field in row._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(
            field, models.FileField
        )
        if not is_text or field.choices or field.unique or field.name in NOT_FILLED or field.name in besides:
            continue
        if type(field).__name__ in ("CountryField", "URLField") or (field.max_length or 99) < 40:
            continue
        setattr(
            row, field.name, ADDRESS if isinstance(field, models.EmailField) else f"{CANARY} {field.name}"
        )
    if hasattr(row, "name"):
        row.name = CANARY
    row.save()
    return row


def dump():
    """Every row of every table, and every file: by where it stands."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                found.setdefault(table, []).append(str(row))
    for folder in (Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)):
        for path in folder.rglob("*"):
            if path.is_file() and "db.sqlite3" not in path.name:
                found.setdefault(str(path), []).append(path.read_bytes().decode("latin1"))
    return found


def canaries():
    return sorted(place for place, rows in dump().items() if any(CANARY in row.lower() for row in rows))


class NothingIsLeftTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.olga, cls.ada, cls.ben = make_organiser(), make_user(CANARY, email=ADDRESS), make_user("Ben")
        today = timezone.now().date()
        cls.over = make_edition(
            starts_on=today.replace(year=today.year - 1), ends_on=today.replace(year=today.year - 1)
        )
        cls.edition = make_edition()
        cls.kind = make_registration_type(cls.edition, capacity=1)
        cls.workshop = make_workshop(cls.edition, capacity=1)
        cls.mine = register(user=cls.ada, registration_type=cls.kind, role="teacher", country="BE")
        cls.waits = register(user=cls.ben, registration_type=cls.kind, role="teacher", country="BE")
        book_workshop(registration=cls.mine, workshop=cls.workshop)
        cls.register_everywhere()
        cls.speak()
        cls.leave_traces()

    @classmethod
    def register_everywhere(cls):
        edition, round_ = cls.edition, make_round(cls.edition, [make_workshop(cls.edition)])
        past = make_registration(user=cls.ada, edition=cls.over)
        for row in (cls.mine, past):
            fill(row, "reference", "ticket_code", "consent_version")
        make_check_in(past, device=f"{CANARY} phone", by=cls.ada)
        make_certificate(past)
        make_answer(cls.mine, make_question(edition, "Lunch"), CANARY)
        make_ranking(cls.mine, round_, round_.choices.get().workshop)
        fill(make_invoice_request(cls.mine, billing_email=ADDRESS))
        consent = make_question(edition, "Photos", kind="consent")
        ConsentChange.objects.create(
            registration=cls.mine, question=consent, is_given=True, version=1, words=CANARY, at=timezone.now()
        )
        soon = timezone.now() + timedelta(days=3)
        for number, row in enumerate([cls.mine, cls.waits]):
            Claim.objects.create(
                registration=row, name=CANARY, email=ADDRESS, token_hash=str(number), offered_by=cls.ada,
                is_handing_over=True, expires_at=soon,
            )  # fmt: skip
        PlaceChange.objects.filter(registration=cls.mine).update(note=CANARY)
        CalendarFeed.objects.create(user=cls.ada)
        make_membership(make_organisation(), cls.ada, is_shown=True)
        Outcome.objects.create(
            session=make_session(edition), problem="Heat", contact=ADDRESS, written_by=cls.ada
        )

    @classmethod
    def speak(cls):
        cls.speaker = fill(
            make_speaker(CANARY, slug=CANARY, user=cls.ada, website=f"https://{CANARY}.example/")
        )
        cls.speaker.portrait.save("portrait.png", ContentFile(CANARY.encode()))
        cls.speaker.origin = {"person": CANARY}
        cls.speaker.save()
        session = make_session(cls.edition, "Talk")
        fill(make_appearance(session, cls.speaker))
        release = make_release(cls.edition)
        make_slot(session, release=release, speaker_names=f"{CANARY}, Grace")
        later = timezone.now()
        Invitation.objects.create(speaker=cls.speaker, email=ADDRESS, token_hash="x", expires_at=later)
        UploadLink.objects.create(
            session=session, speaker=cls.speaker, email=ADDRESS, digest="x", expires_at=later
        )
        cls.slides = make_presentation(session, uploaded_by=cls.ada)
        Credit.objects.create(presentation=cls.slides, speaker=cls.speaker, name=CANARY)
        make_version(cls.slides, CANARY.encode(), status="draft", uploaded_by=cls.ada, original_name=CANARY)
        practice = Presentation.objects.create(is_practice=True, title=CANARY, uploaded_by=cls.ada)
        PracticeConsent.objects.create(presentation=practice, version=1, words="yes", name_stays=True)
        make_version(practice, CANARY.encode() * 2, status="submitted", uploaded_by=cls.ada)
        reindex(cls.speaker, session, cls.slides, practice)

    @classmethod
    def leave_traces(cls):
        session = SessionStore()
        session.update({"_auth_user_id": str(cls.ada.pk), "note": CANARY})
        session.create()
        asked = SessionStore()
        asked.update({"login_code": {"email": ADDRESS}})
        asked.create()
        tell_owner(email=ADDRESS)
        queue_mail(to=cls.ben.email, template="account_known", context={"login_url": f"{CANARY} <{ADDRESS}>"})
        for about in (cls.ada, cls.speaker):
            LogEntry.objects.create(
                user=cls.olga, content_type=ContentType.objects.get_for_model(about), object_id=str(about.pk),
                object_repr=str(about), action_flag=CHANGE, change_message=f"{CANARY} was here",
            )  # fmt: skip
        for by, edition in ((cls.ada, None), (cls.olga, cls.over)):
            task = Task.objects.create(kind="export", by=by, edition=edition, status="done")
            task.file.save("x", ContentFile(CANARY.encode()))

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
            if relation.auto_created and not relation.concrete
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
        "registration.Allocation",
        "registration.CalendarFeed",
        "registration.Certificate",
        "registration.CheckIn",
        "registration.Claim",
        "registration.FixedPlace",
        "registration.InvoiceRequest",
        "registration.Outcome",
        "registration.PlaceChange",
        "registration.Registration",
        "speakers.Invitation",
        "speakers.Speaker",
        "usersessions.UserSession",
    ]
)
