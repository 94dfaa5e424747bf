"""Plain functions that make real objects; every argument has a sensible value."""

import hashlib
import itertools
from datetime import UTC, datetime, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify

from conference.models import Edition, Membership, Organisation, Room, Series, User, Venue
from registration.certificates.candidates import rule_of
from registration.certificates.facts import around, facts_of
from registration.certificates.hours import counted, programme_of
from registration.models import (
    Answer,
    Certificate,
    CheckIn,
    InvoiceRequest,
    Preference,
    Question,
    QuestionOption,
    Registration,
    RegistrationType,
    Round,
    WorkshopBooking,
)
from sessions.models import (
    Appearance,
    Kind,
    Presentation,
    PresentationFile,
    Preview,
    Release,
    Session,
    Slot,
    Track,
    Workshop,
)
from sessions.previews.pages import SIZES
from sessions.previews.pictures import keep_picture
from speakers.models import Speaker

counter = itertools.count(1)
PASSWORD = "a long walk in the rain"


def make_user(name="Ada", **fields):
    fields.setdefault("email", f"{slugify(name) or 'user'}{next(counter)}@example.org")
    user = User.objects.create_user(password=fields.pop("password", PASSWORD), name=name, **fields)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def make_organiser(name="Olga", **fields):
    return make_user(name, is_staff=True, is_superuser=True, **fields)


def make_edition(title="Second conference", **fields):
    number = next(counter)
    series = fields.pop("series", None) or Series.objects.create(
        title=f"Series {number}", slug=f"series-{number}"
    )
    today = timezone.localdate()
    fields = {
        "slug": f"edition-{number}",
        "short_title": title,
        "starts_on": today + timedelta(days=30),
        "ends_on": today + timedelta(days=31),
        "registration_closes_at": timezone.now() + timedelta(days=20),
        "is_published": True,
        **fields,
    }
    return Edition.objects.create(series=series, title=title, **fields)


def make_room(edition, name="Room 1", **fields):
    venue = edition.venues.first() or Venue.objects.create(edition=edition, name="Main venue")
    fields.setdefault("slug", f"{slugify(name) or 'room'}-{next(counter)}")
    return Room.objects.create(venue=venue, name=name, **fields)


def make_track(edition, name="A track", **fields):
    fields.setdefault("slug", f"track-{next(counter)}")
    return Track.objects.create(edition=edition, name=name, **fields)


def make_organisation(name="A school", **fields):
    return Organisation.objects.create(name=name, slug=f"organisation-{next(counter)}", **fields)


def make_membership(organisation, user=None, status="member", **fields):
    return Membership.objects.create(
        organisation=organisation, user=user or make_user("Member"), status=status, **fields
    )


def make_session(edition=None, title="A session", **fields):
    number = next(counter)
    fields = {"slug": f"session-{number}", "status": Session.Status.PUBLISHED, **fields}
    return Session.objects.create(edition=edition or make_edition(), title=title, **fields)


def make_workshop(edition=None, title="A workshop", **fields):
    fields = {"kind": Kind.WORKSHOP, "takes_bookings": True, **fields}
    return Workshop.objects.get(pk=make_session(edition, title, **fields).pk)


def make_speaker(name="Grace Hopper", **fields):
    fields.setdefault("slug", f"speaker-{next(counter)}")
    return Speaker.objects.create(name=name, **fields)


def make_appearance(session, speaker=None, **fields):
    return Appearance.objects.create(session=session, speaker=speaker or make_speaker(), **fields)


def make_release(edition, **fields):
    edition.releases.update(is_latest=False)
    return Release.objects.create(edition=edition, number=edition.releases.count() + 1, **fields)


def make_slot(session, starts_at=None, minutes=60, **fields):
    """A slot of the draft, or of the release that is given."""
    starts_at = starts_at or datetime(2027, 3, 13, 9, 30, tzinfo=UTC)
    fields.setdefault("title", session.title if fields.get("release") else "")
    return Slot.objects.create(
        session=session, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes), **fields
    )


def make_version(presentation, content=b"%PDF-1.7 canary", **fields):
    """One version with a real file on disk; an approved one becomes the public file."""
    fields = {
        "number": presentation.versions.count() + 1,
        "status": PresentationFile.Status.APPROVED,
        "format": "pdf",
        "content_type": "application/pdf",
        "original_name": "slides.pdf",
        "size": len(content),
        **fields,
    }
    version = PresentationFile(presentation=presentation, **fields)
    version.file.save("slides.pdf", ContentFile(content))
    if version.status == PresentationFile.Status.APPROVED:
        presentation.current_file = version
        presentation.save()
    return version


def make_presentation(session=None, title="Slides", content=b"%PDF-1.7 canary", status="approved", **fields):
    """A presentation with one version in the given status."""
    if session:
        fields.setdefault("edition", session.edition)
    fields.setdefault("audience", Presentation.Audience.EVERYONE)
    presentation = Presentation.objects.create(session=session, title=title, **fields)
    make_version(presentation, content, status=status)
    return presentation


def make_preview(presentation, *texts, picture=b"RIFF....WEBP canary", notes="", state="done"):
    """What was found inside its file: one page for each text, each with a picture in both sizes."""
    version = presentation.current_file or presentation.versions.get()
    sha256 = version.sha256 or hashlib.sha256(str(version.pk).encode()).hexdigest()
    preview = Preview.objects.create(
        sha256=sha256, format="pdf", state=state, page_count=len(texts), done=len(texts),
        has_pictures=bool(picture), made_at=timezone.now(),
    )  # fmt: skip
    for number, text in enumerate(texts, 1):
        width, height = (1600, 900) if picture else (0, 0)
        preview.pages.create(number=number, text=text, notes=notes, width=width, height=height)
        for size in SIZES if picture else ():
            keep_picture(preview, number, size, ContentFile(picture))
    PresentationFile.objects.filter(pk=version.pk).update(preview=preview)
    version.preview = preview
    return preview


def make_registration_type(edition, name="Participant", **fields):
    return RegistrationType.objects.create(edition=edition, name=name, **fields)


def make_registration(name="Ada", edition=None, user=None, **fields):
    edition = edition or make_edition()
    kind = (
        fields.pop("registration_type", None)
        or edition.registration_types.first()
        or make_registration_type(edition)
    )
    fields = {"status": "confirmed", "role": "teacher", "consent_at": timezone.now(), **fields}
    return Registration.objects.create(
        user=user or make_user(name), edition=edition, registration_type=kind, **fields
    )


def make_question(edition, label="A question", options=(), **fields):
    """A question of the organisers; options are their labels, or pairs of label and capacity."""
    fields = {"position": next(counter), **fields}
    if options:
        fields.setdefault("kind", Question.Kind.CHOICE)
    question = Question.objects.create(edition=edition, label=label, **fields)
    for position, option in enumerate(options):
        name, capacity = option if isinstance(option, tuple) else (option, None)
        QuestionOption.objects.create(question=question, label=name, capacity=capacity, position=position)
    return question


def make_answer(registration, question, text="", *labels, **fields):
    """An answer as a text, or as options by their labels."""
    fields = {"answered_at": timezone.now(), "version": question.version, **fields}
    answer = Answer.objects.create(registration=registration, question=question, text=text, **fields)
    answer.options.set(question.options.filter(label__in=labels))
    return answer


def make_invoice_request(registration, **fields):
    fields = {
        "billing_name": "A school",
        "billing_address": "A street 1",
        "amount": 120,
        "currency": "EUR",
    } | fields
    return InvoiceRequest.objects.create(registration=registration, **fields)


def make_booking(registration, workshop, **fields):
    return WorkshopBooking.objects.create(
        registration=registration, workshop=workshop, **{"status": "confirmed", **fields}
    )


def make_check_in(registration, session=None, **fields):
    """At the door, or in a session."""
    return CheckIn.objects.create(
        registration=registration, session=session, **{"at": timezone.now(), **fields}
    )


def make_certificate(registration=None, sessions=(), **fields):
    """A valid one of six hours; without a mail, which the services write."""
    registration = registration or make_registration()
    edition = registration.edition
    attendance = counted([session.pk for session in sessions], programme_of(edition.pk))
    shared = around(edition, rule_of(edition), [registration.user_id])
    fields = {
        "number": edition.certificates.count() + 1,
        "language": registration.user.language,
        "name": registration.user.name,
        "hours": 6,
        "facts": facts_of(registration, attendance, shared),
        "issued_at": timezone.now(),
        **fields,
    }
    return Certificate.objects.create(edition=edition, registration=registration, **fields)


def make_round(edition, workshops=(), name="Round A", **fields):
    """Ranked choice that is open, with these workshops."""
    now = timezone.now()
    fields = {
        "way": "ranked",
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=1),
        **fields,
    }
    made = Round.objects.create(edition=edition, name=name, **{"seed": "a seed", **fields})
    for workshop in workshops:
        made.choices.create(workshop=workshop)
    return made


def make_ranking(registration, round_, *workshops):
    """What this person wants, most wanted first."""
    choices = {choice.workshop_id: choice for choice in round_.choices.all()}
    return [
        Preference.objects.create(registration=registration, choice=choices[workshop.pk], rank=rank)
        for rank, workshop in enumerate(workshops, start=1)
    ]


def make_published_round(edition):
    """A round whose result everybody sees; nobody was in it."""
    now = timezone.now()
    made = make_round(edition, closes_at=now - timedelta(hours=1), published_at=now)
    problem = {"seed": "a seed", "workshops": [], "people": []}
    made.allocations.create(
        number=1, seed="a seed", problem=problem, report={"closed": [], "places": {}}, published_at=now
    )
    return made
