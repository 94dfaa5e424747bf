"""Mails that ask for presentations, or answer those that came by a link; rows in the outbox."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from conference import clock
from conference.dates import date_format, zone_name
from conference.mail import absolute, queue_mail
from conference.mail.compose import as_plain_text
from conference.models import Edition, Outbox, User
from sessions.collecting.links import issue_link, replace_links, valid_until
from sessions.collecting.people import Person, language_of
from sessions.exceptions import LinkRefused
from sessions.models import Appearance, Session, UploadLink
from speakers.models import Speaker

NOT_AGAIN_FOR = timedelta(minutes=10)  # to the same address about the same session


def ask(person: Person, edition: Edition, by: User | None, at: datetime) -> Outbox:
    """All that one person owes, each with the address at which to bring it."""
    with override(person.language):
        addresses = [address(one, person, by, at) for one in person.owed]
    return queue_mail(
        to=person.email,
        template="slides_missing",
        context=about(person, edition, addresses, at),
        language=person.language,
        is_secret=person.user is None,  # whoever has the address may upload
    )


def example(person: Person, edition: Edition) -> str:
    """What the mail to this person will say, before it is sent: its addresses are not made yet."""
    with override(person.language):
        context = about(person, edition, [absolute("/…") for _one in person.owed], clock.now())
        return as_plain_text("mail/slides_missing.txt", context).strip()


def about(person: Person, edition: Edition, addresses: list[str], at: datetime) -> dict[str, Any]:
    with override(person.language):
        lines = [line_of(one, url) for one, url in zip(person.owed, addresses, strict=True)]
        return {
            "name": person.name,
            "edition": edition,
            "due": moment_words(edition.presentations_due_at, edition),
            "lines": lines,
            "until": moment_words(valid_until(edition, at), edition),  # of links without an account
            "has_account": person.user is not None,
        }


def send_link(
    *, session: Session, speaker: Speaker, by: User | None, at: datetime | None = None
) -> UploadLink:
    """A link by itself, when somebody lost theirs or asks for one: earlier ones open nothing any more, and pressed
    twice, one mail goes.
    """
    language = language_of(session)
    with transaction.atomic():
        Speaker.objects.select_for_update(no_key=True, of=("self",)).get(pk=speaker.pk)
        refuse_another(session, speaker, at or clock.now())
        link, url = replace_links(session=session, speaker=speaker, by=by, language=language, at=at)
        with override(language):
            until = moment_words(link.expires_at, session.edition)
        context = {"name": speaker.name, "session": session, "url": url, "until": until}
        queue_mail(to=link.email, template="upload_link", context=context, language=language, is_secret=True)
    return link


def refuse_another(session: Session, speaker: Speaker, at: datetime) -> None:
    links = UploadLink.objects.valid(at).filter(session=session, speaker=speaker)
    if links.filter(email=speaker.email.strip().lower(), created_at__gt=at - NOT_AGAIN_FOR).exists():
        raise LinkRefused(
            _("A link went to this address less than ten minutes ago, and it works. Nothing was changed.")
        )


def line_of(owed: Appearance, url: str) -> dict[str, Any]:
    return {
        "title": " ".join(owed.session.title.split()),
        "url": url,
        "is_refused": getattr(owed.session, "slides", "") == "refused",
        "promised_for": owed.session.presentations_promised_for,
    }


def address(owed: Appearance, person: Person, by: User | None, at: datetime) -> str:
    """Their own desk for who has an account, a link of their own for who has none."""
    if person.user:
        return absolute(reverse("sessions:add_presentation", args=[owed.session.guid]))
    _link, url = issue_link(
        session=owed.session, speaker=owed.speaker, by=by, language=person.language, at=at
    )
    return url


def moment_words(moment: datetime | None, edition: Edition) -> str:
    """On the clock of the edition, whose place stands beside it."""
    if not moment:
        return ""
    words = date_format(timezone.localtime(moment, edition.zone), "j F Y, H:i")
    return _("%(moment)s (time in %(place)s)") % {"moment": words, "place": zone_name(edition.zone)}
