"""Compose a mail in its reader's language and write it into the outbox."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from conference.mail.batches import the_site
from conference.mail.markup import as_html, unlinked
from conference.models import Edition, Outbox
from conference.models.user import STAND_IN

SUBJECT_LENGTH = 300
PORTION = 500


def absolute(path: str) -> str:
    """A link for a mail: from the configured address, never from a request's Host."""
    return settings.SITE_URL + path


def queue_mail(
    *,
    to: str,
    template: str,
    context: dict[str, Any],
    language: str = "en",
    is_urgent: bool = False,
    is_secret: bool = False,
    enclosures: Sequence[tuple[str, str]] = (),
    unsubscribe_link: str = "",
) -> Outbox:
    """Render templates/mail/<template>.txt (subject, blank line, text) into a row of the outbox.

    News has an unsubscribe_link, which its template shows; what answers a person's own doing has none.
    """
    context = {**context, "unsubscribe_link": unsubscribe_link}
    fields: dict[str, Any] = {
        "is_urgent": is_urgent,
        "is_secret": is_secret,
        "enclosures": enclosures,
        "unsubscribe_link": unsubscribe_link,
        "kind": template,
        "edition": edition_in(context),
    }
    for write in WRITERS:
        if mail := write(to, template, context, language, fields):
            return mail
    with translation.override(language):
        subject, _, text = as_plain_text(f"mail/{template}.txt", context).strip().partition("\n")
        return put_in_outbox(to=to, subject=subject, text=text, **fields)


Writer = Callable[[str, str, dict[str, Any], str, dict[str, Any]], Outbox | None]
WRITERS: list[
    Writer
] = []  # who may put other words in the place of a template's: see conference/mail/edited.py


def edition_in(context: dict[str, Any]) -> Edition | None:
    """The edition that a mail speaks of."""
    found = context.get("edition")
    return found if isinstance(found, Edition) else None


def queue_mail_to_each(
    *, to: Sequence[str], template: str, context: dict[str, Any], language: str
) -> list[Outbox]:
    """The same mail to each of them: composed once, then copied."""
    first, *others = to
    mail = queue_mail(to=first, template=template, context=context, language=language)
    same = {"subject": mail.subject, "text": mail.text, "html": mail.html, "kind": mail.kind}
    copies = [Outbox(recipient=one, edition=mail.edition, **same) for one in others]
    return [mail, *Outbox.objects.bulk_create(copies, batch_size=PORTION)]


def put_in_outbox(
    *,
    to: str,
    subject: str,
    text: str,
    is_urgent: bool = False,
    is_secret: bool = False,
    enclosures: Sequence[tuple[str, str]] = (),
    unsubscribe_link: str = "",
    kind: str = "",
    edition: Edition | None = None,
) -> Outbox:
    """One mail, in the language that is active; the HTML part is made from the text, enclosures when it leaves.

    To a stand-in, whose address cannot exist, none is written.
    """
    if to.endswith(STAND_IN):
        return Outbox(recipient=to, subject=subject)
    subject, text = one_line(subject), text.strip() + "\n"
    site = the_site()
    around = {"site_name": site.name, "site_url": absolute(reverse("conference:home")), "subject": subject}
    return Outbox.objects.create(
        recipient=to,
        subject=subject,
        text=as_plain_text("mail/_layout.txt", {**around, "text": text}).strip() + "\n",
        html=render_to_string(
            "mail/_layout.html", {**around, "heading": unlinked(subject), "content": as_html(text)}
        ),
        is_urgent=is_urgent,
        is_secret=is_secret,
        enclosures=[list(one) for one in enclosures],
        unsubscribe_link=unsubscribe_link,
        kind=kind,
        edition=edition,
    )


def as_plain_text(template_name: str, context: dict[str, Any]) -> str:
    """Text is not HTML: O'Brien stays O'Brien."""
    template = engines["django"].engine.get_template(template_name)  # type: ignore[attr-defined]
    return template.render(Context(context, autoescape=False))


def one_line(subject: str) -> str:
    """Without line ends, and without what a mail program would decode into one."""
    return " ".join(subject.replace("=?", "= ?").split())[:SUBJECT_LENGTH]
