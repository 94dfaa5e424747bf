"""Tell the organisers of the site what an upload brought that nobody may have."""

import hashlib

from django.core.cache import cache

from conference.mail import queue_mail
from conference.models import Edition, Site
from sessions.files.names import safe_name

A_DAY = 24 * 3600


def tell_of_virus(name: str, finding: str) -> None:
    """One mail a day for each finding: the file itself was refused and is not kept anywhere."""
    to = site_contact()
    known = hashlib.sha256(finding.encode()).hexdigest()
    if not to or not cache.add(f"virus:{known}", True, A_DAY):
        return
    queue_mail(
        to=to,
        template="virus_found",
        context={"name": safe_name(name), "finding": finding},
        language="en",
    )


def site_contact() -> str:
    """That of the site, else of the latest edition that has one; empty without any."""
    site = Site.objects.filter(pk=1).first()
    if site and site.contact_email:
        return site.contact_email
    editions = Edition.objects.exclude(contact_email="").order_by("-starts_on")
    return editions.values_list("contact_email", flat=True).first() or ""
