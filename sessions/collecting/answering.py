"""Mail to whoever gave a presentation by an upload link, about what the organisers decided."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override

from conference.mail import absolute, queue_mail
from conference.models import User
from sessions.collecting.links import issue_link
from sessions.collecting.people import language_of
from sessions.exceptions import LinkRefused
from sessions.models import Presentation, PresentationFile, UploadLink


def tell_by_link(version: PresentationFile, template: str, by: User | None, **context: Any) -> None:
    """Where it came from a link, and its speaker still has no account that gets the same mail."""
    link, presentation = version.upload_link, version.presentation
    if not link or link.speaker.user_id or not presentation.session:
        return
    language = language_of(presentation.session)
    with override(language):
        public_url = absolute(presentation.get_absolute_url())
        again = address_again(link, presentation, by, language) if template == "refused" else ""
    shared = {"person": link.speaker, "presentation": presentation, "version": version}
    queue_mail(
        to=link.email,
        template=template,
        context={**shared, "public_url": public_url, "manage_url": again, **context},
        language=language,
        is_secret=bool(again),
    )


def address_again(link: UploadLink, presentation: Presentation, by: User | None, language: str) -> str:
    """A new link to the form for the next version, since nobody but the first mail knows the old one."""
    try:
        _link, url = issue_link(session=link.session, speaker=link.speaker, by=by, language=language)
    except LinkRefused:
        return absolute(reverse("sessions:speaker_desk"))
    return f"{url}?presentation={presentation.guid}"
