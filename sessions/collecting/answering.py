"""Mail to whoever gave a presentation by an upload link, about what the organisers decided."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override

from conference.mail import absolute, queue_mail
from conference.models import User
from sessions.collecting.links import issue_link, usable_links
from sessions.collecting.people import language_of
from sessions.exceptions import LinkRefused
from sessions.models import Presentation, PresentationFile, UploadLink


def tell_by_link(version: PresentationFile, template: str, by: User | None, **context: Any) -> None:
    """Where it came from a link, and its speaker still has no account that gets the same mail."""
    link, presentation = version.upload_link, version.presentation
    address = address_behind(link) if link else ""
    if not link or not address or not presentation.session:
        return
    language = language_of(presentation.session)
    with override(language):
        public_url = absolute(presentation.get_absolute_url())
        again = address_again(link, presentation, by, language) if template == "refused" else ""
    shared = {"person": link.speaker, "presentation": presentation, "version": version}
    queue_mail(
        to=address,
        template=template,
        context={**shared, "public_url": public_url, "manage_url": again, **context},
        language=language,
        is_secret=bool(again),
    )


def tell_all_by_link(presentation: Presentation, template: str, by: User | None) -> None:
    """One mail to each speaker who gave a version of it by a link."""
    latest: dict[int, PresentationFile] = {}
    for version in presentation.versions.select_related("upload_link__speaker").order_by("number"):
        if version.upload_link:
            latest[version.upload_link.speaker_id] = version
    for version in latest.values():
        version.presentation = presentation
        tell_by_link(version, template, by)


def address_behind(link: UploadLink) -> str:
    """Where the speaker is reached today; not where a link was taken back and none works since.

    That mail may have gone to the wrong person, and the answer to a refusal carries a new link.
    """
    if link.speaker.user_id:
        return ""
    email = link.speaker.email.strip().lower()
    if not link.revoked_at or link.email not in (email, ""):  # empty: it was taken back long ago
        return email
    others = usable_links().filter(session=link.session_id, speaker=link.speaker_id, email=email)
    return email if others.exists() else ""


def address_again(link: UploadLink, presentation: Presentation, by: User | None, language: str) -> str:
    """A new link to the form for the next version, since nobody but the first mail knows the old one."""
    try:
        _link, url = issue_link(session=link.session, speaker=link.speaker, by=by, language=language)
    except LinkRefused:
        return absolute(reverse("sessions:speaker_desk"))
    return f"{url}?presentation={presentation.guid}"
