"""Compare every stored file with what it was when it came, each night, and say what is missing or changed."""

import hashlib
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from conference.clock import now
from conference.mail import absolute, queue_mail
from conference.models import Outbox, Site
from sessions.models import PresentationFile
from sessions.models.presentation_file import PresentationFileQuerySet, private_storage
from sessions.services.sharing import share_file, sound_twin

NIGHT_BEGINS = 2  # o'clock, in the site's time zone
STEP = (
    20.0  # seconds after which the worker turns to something else; a file that was begun is read to its end
)
BLOCK = 1024**2
NAMED = 10  # files that the mail names
Damage = PresentationFile.Damage
log = logging.getLogger(__name__)


def check_due_files(
    at: datetime | None = None, seconds: float = STEP, clock: Callable[[], float] = time.monotonic
) -> int:
    """Go on with this night's round, the files first that waited longest; how many were looked at."""
    night, ends = last_night(at or now()), clock() + seconds
    seen: set[str] = set()
    hurt: list[int] = []
    while clock() < ends and (name := next_due(night, seen)):
        seen.add(name)
        hurt += check_file(name, at)
    if hurt:
        report(hurt, night)
    return len(seen)


def last_night(at: datetime) -> datetime:
    """When the round that is on its way began."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    begins = local.replace(hour=NIGHT_BEGINS, minute=0, second=0, microsecond=0)
    return begins if begins <= local else begins - timedelta(days=1)


def next_due(night: datetime, seen: set[str]) -> str | None:
    """A file that versions share is one file."""
    due = PresentationFile.objects.filter(Q(checked_at=None) | Q(checked_at__lt=night))
    waiting = (
        due.exclude(file="").exclude(file__in=seen).order_by(F("checked_at").asc(nulls_first=True), "pk")
    )
    return waiting.values_list("file", flat=True).first()


def check_file(name: str, at: datetime | None = None) -> list[int]:
    """The keys of the versions that were whole before and now are not."""
    try:
        digest = digest_of(name)
    except OSError:
        log.exception("The file %s cannot be read; the next night tries again.", name)
        return []
    with transaction.atomic():
        rows = PresentationFile.objects.select_for_update(of=("self",)).filter(file=name).order_by("pk")
        return [row.pk for row in rows if note(row, digest, at or now())]


def digest_of(name: str) -> str:
    """Of what lies in the store now; "" when nothing does."""
    digest = hashlib.sha256()
    try:
        with private_storage().open(name, "rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()


def note(row: PresentationFile, digest: str, at: datetime) -> bool:
    """Write down how it is, mend what another copy can mend; whether damage is new."""
    before, damage = row.damage, damage_of(row, digest)
    if damage and (twin := sound_twin(row)) and digest_of(twin.file.name or "") == row.sha256:
        row.file, damage = twin.file.name, ""  # type: ignore[assignment]
    row.damage, row.checked_at = damage, at
    row.save(update_fields=["file", "damage", "checked_at"])
    if not damage:
        share_file(row)  # copies of before, or that came at the same moment
    return bool(damage) and not before


def damage_of(row: PresentationFile, digest: str) -> str:
    if not digest:
        return Damage.MISSING
    return Damage.CHANGED if row.sha256 and digest != row.sha256 else ""


def is_sound(version: PresentationFile) -> bool:
    """There and of its size; read again only when the night before found something."""
    try:
        has_size = private_storage().size(version.file.name or "") == version.size
        return has_size and (not version.damage or digest_of(version.file.name or "") == version.sha256)
    except OSError:
        return False


def damaged() -> PresentationFileQuerySet:
    return PresentationFile.objects.exclude(damage="")


@transaction.atomic
def report(hurt: list[int], night: datetime) -> None:
    """One mail a night to the organisers; what is found later in that night stands in the list it leads to."""
    rows = list(
        PresentationFile.objects.filter(pk__in=hurt).select_related("presentation__edition").order_by("pk")
    )
    site = Site.objects.filter(pk=1).first()
    contacts = [row.presentation.edition.contact_email for row in rows if row.presentation.edition]
    to = (site and site.contact_email) or next(filter(None, contacts), "")
    with override("en"):
        address = absolute(reverse("admin:conference_sessions_presentationfile_changelist") + "?damage=any")
    if not to or Outbox.objects.filter(recipient=to, text__contains=address, created_at__gte=night).exists():
        return
    context = {"rows": rows[:NAMED], "more": len(rows[NAMED:]), "number": len(rows), "address": address}
    queue_mail(to=to, template="files_damaged", context=context, language="en")
