"""Record that a file was taken, count it, and tell the site when a file or the picture of a page is missing on disk."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import OperationalError, transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import override

from conference.mail import absolute, queue_mail
from conference.models import Site, User
from conference.once import first_times
from registration.models import Download
from sessions.models import Presentation, PresentationFile, Preview
from sessions.previews.pages import COVER

log = logging.getLogger(__name__)
A_DAY = 24 * 3600
SAME_TIME = timedelta(hours=1)  # in which a reader who takes a file again, or in parts, takes it once


def record_downloads(versions: Iterable[PresentationFile], country: str = "", reader: str = "") -> None:
    """That it happened, when, and from accounts of which country; nothing else about the person.

    A busy database keeps nobody from the file. With a reader (`conference.once.asker`), each file counts once an hour.
    """
    try:
        with transaction.atomic():
            Download.objects.bulk_create(
                [Download(version=one, country=country) for one in taken_first(versions, reader)]
            )
    except OperationalError:
        log.warning("The database was busy: downloads were not counted.")


def taken_first(versions: Iterable[PresentationFile], reader: str) -> list[PresentationFile]:
    """Those that this reader has not just taken already."""
    by_word = {f"download {one.pk} {reader}": one for one in versions}
    if not reader:
        return list(by_word.values())
    first = first_times(by_word, within=SAME_TIME)
    return [one for word, one in by_word.items() if word in first]


def country_of(user: User | AnonymousUser) -> str:
    """That of the account; nothing for a visitor, whose address is not asked."""
    country = getattr(user, "country", None)
    return country.code or "" if country else ""


def count_downloads(presentation: Presentation) -> int:
    return Download.objects.filter(version__presentation=presentation).count()


def count_downloads_of_all(presentations: Iterable[Presentation]) -> dict[int, int]:
    """By the key of the presentation, in one query; without an entry there are none."""
    downloads = Download.objects.filter(version__presentation__in=[one.pk for one in presentations])
    counted = downloads.order_by().values_list("version__presentation").annotate(Count("pk"))
    return dict(counted)


@transaction.atomic
def report_missing(version: PresentationFile) -> None:
    """One mail a day for each file that should be on disk and is not."""
    to = contact_for(version)
    if not to or not cache.add(f"missing-file:{version.pk}", True, A_DAY):
        return
    with override("en"):
        url = absolute(reverse("sessions:manage_presentation", args=[version.presentation.guid]))
    queue_mail(to=to, template="file_missing", context={"version": version, "manage_url": url}, language="en")


@transaction.atomic
def report_missing_picture(version: PresentationFile, number: int) -> None:
    """One mail a day for each file of whose preview a picture was made and is not on disk."""
    to = contact_for(version)
    if not was_drawn(version.preview, number) or not to:
        return
    if not cache.add(f"missing-picture:{version.pk}", True, A_DAY):
        return
    with override("en"):
        rows = reverse("admin:conference_sessions_presentation_changelist")
    url = absolute(f"{rows}?edition=all&id={version.presentation_id}")
    queue_mail(
        to=to, template="page_picture_missing", context={"version": version, "list_url": url}, language="en"
    )


def was_drawn(preview: Preview | None, number: int) -> bool:
    """A page of a file that nothing could draw has no picture, and none is missing."""
    if not preview:
        return False
    return preview.has_cover if number == COVER else preview.pages.filter(number=number, width__gt=0).exists()


def contact_for(version: PresentationFile) -> str:
    site, edition = Site.objects.filter(pk=1).first(), version.presentation.edition
    return (site and site.contact_email) or (edition and edition.contact_email) or ""
