"""Automatic mails in the words of organisers: Markdown with the places of the register, instead of the template."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.template import Context, engines
from django.utils.translation import override

from conference.mail.batches import once
from conference.mail.compose import WRITERS, put_in_outbox
from conference.mail.filling import Prepared, prepare
from conference.mail.register import REGISTER, AutomaticMail
from conference.models import Edition, MailText, Outbox
from conference.models.user import STAND_IN
from conference.turns import read_in_line


def write_edited(
    to: str, template: str, context: dict[str, Any], language: str, fields: dict[str, Any]
) -> Outbox | None:
    """The mail as organisers wrote it in this language; None where they wrote nothing."""
    written = text_of(template, language, fields["edition"])
    if not written:
        return None
    if to.endswith(STAND_IN):
        return put_in_outbox(to=to, subject=written.subject, text="", **fields)
    automatic = REGISTER[template]
    with override(language):
        values = values_of(automatic, context)
    fields = {**fields, "enclosures": [list(one) for one in fields["enclosures"]]}
    mail = prepared(automatic, written.subject, written.text, language).mail(to, values, **fields)
    mail.save()
    return mail


WRITERS.append(write_edited)


def text_of(kind: str, language: str, edition: Edition | None) -> MailText | None:
    """Of the edition, else of the site; each language by itself."""
    if kind not in REGISTER or REGISTER[kind].fixed_because:
        return None
    pk = edition.pk if edition else None
    key = "words", kind, pk
    written = once(key, lambda: read_in_line(key, lambda: texts_of(kind, pk)))
    found: MailText | None = written.get((pk, language)) or written.get((None, language))
    return found


def texts_of(kind: str, edition: int | None) -> dict[tuple[int | None, str], MailText]:
    """Of an edition and of the site, by both and their language; one query."""
    rows = MailText.objects.filter(Q(edition=None) | Q(edition=edition), kind=kind)
    return {(row.edition_id, row.language): row for row in rows}


def prepared(automatic: AutomaticMail, subject: str, text: str, language: str) -> Prepared:
    return prepare(subject=subject, text=text, language=language, addresses=automatic.addresses)


def values_of(automatic: AutomaticMail, context: dict[str, Any]) -> dict[str, str]:
    """What stands in each place, in the active language."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    return {
        name: engine.from_string("{% load i18n %}" + slot.source)
        .render(Context(context, autoescape=False))
        .strip()
        for name, slot in automatic.slots.items()
    }


def examples_of(automatic: AutomaticMail) -> dict[str, str]:
    return {name: str(slot.example) for name, slot in automatic.slots.items()}


@transaction.atomic
def save_texts(
    *, kind: str, subjects: dict[str, str], texts: dict[str, str], edition: Edition | None = None
) -> None:
    """In each language that has both; the others have those of the site, or the original words."""
    for language, text in texts.items():
        words = {"subject": subjects[language], "text": text}
        MailText.objects.update_or_create(kind=kind, language=language, edition=edition, defaults=words)
    own = MailText.objects.filter(kind=kind, edition=edition)
    own.exclude(language__in=texts).delete()


@transaction.atomic
def restore_original(*, kind: str, edition: Edition | None = None) -> int:
    """In every language; how many were changed. Those of other editions stay."""
    return MailText.objects.filter(kind=kind, edition=edition).delete()[0]
