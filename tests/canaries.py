"""A person of whom every personal field is filled with one word, so that a test can look where it stands."""

from datetime import timedelta
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.db import models
from django.test import TestCase
from django.utils import timezone

from conference.accounts.services import tell_owner
from conference.mail import queue_mail
from conference.models import Bounce, Task
from registration.models import (
    CalendarFeed,
    Claim,
    ConsentChange,
    Outcome,
    PlaceChange,
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


def files_on_disk():
    folders = (Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT))
    found = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    return {path for path in found if "db.sqlite3" not in path.name}


def remove_all_but(files):
    """What rolls back leaves its files, in which other tests would find the word."""
    for path in files_on_disk() - files:
        path.unlink()


class CanaryCase(TestCase):
    """Ada has registered, booked, spoken, uploaded, agreed, been let in and written to; Ben and Olga are others."""

    @classmethod
    def setUpTestData(cls):
        cls.addClassCleanup(remove_all_but, files_on_disk())
        cls.olga, cls.ada, cls.ben = make_organiser(), make_user(CANARY, email=ADDRESS), make_user("Ben")
        last_year = timezone.localdate() - timedelta(days=365)
        cls.over = make_edition(starts_on=last_year, ends_on=last_year)
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
                registration=row, name=CANARY, email=ADDRESS, token_hash=f"hash-of-an-offer-{number}", offered_by=cls.ada,
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
        Invitation.objects.create(
            speaker=cls.speaker, email=ADDRESS, token_hash="hash-of-an-invitation", expires_at=later
        )
        UploadLink.objects.create(
            session=session,
            speaker=cls.speaker,
            email=ADDRESS,
            digest="hash-of-an-upload-link",
            expires_at=later,
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
        Authenticator.objects.create(user=cls.ada, type="webauthn", data={"name": f"{CANARY} key"})
        UserSession.objects.create(
            user=cls.ada, ip="192.0.2.7", session_key=session.session_key, user_agent=f"{CANARY} browser"
        )
        cls.ada.emailaddress_set.create(email=f"second.{ADDRESS}", verified=False)
        Bounce.objects.create(address=ADDRESS, count=1, last_at=timezone.now())
        queue_mail(to=ADDRESS, template="account_known", context={"login_url": f"{CANARY} in a mail"})
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
