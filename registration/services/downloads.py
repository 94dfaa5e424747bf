"""Record that a file was taken, count it, and tell the site when a file is missing on disk."""

import logging
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import OperationalError, transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import override

from conference.mail import absolute, queue_mail
from conference.models import Site, User
from registration.models import Download
from sessions.models import Presentation, PresentationFile

log = logging.getLogger(__name__)
A_DAY = 24 * 3600


def record_download(version: PresentationFile, country: str = "") -> None:
    """That it happened, when, and from accounts of which country; nothing else about the person. A busy database keeps nobody from the file."""
    try:
        with transaction.atomic():
            Download.objects.create(version=version, country=country)
    except OperationalError:
        log.warning("The database was busy: a download of version %s was not counted.", version.pk)


def record_downloads(versions: Iterable[PresentationFile], country: str = "") -> None:
    """Many at once, as they leave in one file."""
    try:
        with transaction.atomic():
            Download.objects.bulk_create([Download(version=one, country=country) for one in versions])
    except OperationalError:
        log.warning("The database was busy: the downloads of a pack were not counted.")


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
    site = Site.objects.filter(pk=1).first()
    edition = version.presentation.edition
    to = (site and site.contact_email) or (edition and edition.contact_email) or ""
    if not to or not cache.add(f"missing-file:{version.pk}", True, A_DAY):
        return
    with override("en"):
        url = absolute(reverse("sessions:manage_presentation", args=[version.presentation.guid]))
    queue_mail(to=to, template="file_missing", context={"version": version, "manage_url": url}, language="en")
