"""Letters that go by themselves at a moment of the edition: the words they begin with, and whom they are for."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from conference.models import Edition, User
from registration.letters.audience import Audience
from registration.letters.composing import languages
from registration.letters.exceptions import LetterRefused, TooLate
from registration.letters.sending import locked
from registration.models import Letter

Occasion, Status = Letter.Occasion, Letter.Status


class MomentTaken(LetterRefused):
    words = _("Such a letter goes at that moment already.")


@dataclass(frozen=True)
class Original:
    """What the site proposes for an occasion; organisers change it for their edition, and restore it."""

    when: Any  # how the days are counted
    about: Any  # whom it is for
    audience: Audience
    subject: Any
    paragraphs: tuple[Any, ...]
    is_news: bool = False

    def words(self) -> tuple[dict[str, str], dict[str, str]]:
        subjects, texts = {}, {}
        for code in languages():
            with override(code):
                subjects[code] = str(self.subject)
                texts[code] = "\n\n".join(map(str, self.paragraphs))
        return subjects, texts


CONFIRMED = Audience(attendees=True, statuses=["confirmed"])
ORIGINALS = {
    Occasion.CLOSING: Original(
        _("days before registration closes"),
        _(
            "Everybody with an account who was at an earlier edition of the series or is on stage at this one, and has "
            "not registered yet. Nobody who cancelled, and nobody who unsubscribed from news."
        ),
        Audience(newcomers=True),
        _("Registration closes soon: {edition}"),
        (
            _("Dear {name},"),
            _("{edition} takes place on {dates}, and you have not registered yet. You can until {closes}:"),
            "{register}",
            _("What is planned, you find in the programme:"),
            "{programme}",
        ),
        is_news=True,
    ),
    Occasion.TOMORROW: Original(
        _("days before the first day"),
        _("Everybody whose registration is confirmed."),
        CONFIRMED,
        _("{edition}: all that you need"),
        (
            _("Dear {name},"),
            _("{edition} begins: {begins}. You find us here:"),
            "{venue}",
            _(
                "Have your ticket ready at the door, on your phone or on paper. It opens without a network too:"
            ),
            "{ticket}",
            _("Your workshops:"),
            "{workshops}",
            _("Your whole programme, with all rooms:"),
            "{my_programme}",
            _("You cannot come after all? Please give your place back, so that somebody else gets it:"),
            "{my_registration}",
        ),
    ),
    Occasion.THANKS: Original(
        _("days after the last day"),
        _("Everybody whose registration is confirmed."),
        CONFIRMED,
        _("Thank you for coming: {edition}"),
        (
            _("Dear {name},"),
            _("Thank you for being with us at {edition}. The presentations are here:"),
            "{presentations}",
            _("Your certificate, as soon as it is issued, is in your account:"),
            "{certificate}",
        ),
    ),
}


@transaction.atomic
def plan(*, edition: Edition, occasion: str, days: int, clock: Any, by: User | None) -> Letter:
    """Add a letter that goes by itself; raises MomentTaken."""
    original = ORIGINALS[Occasion(occasion)]
    subjects, texts = original.words()
    try:
        with transaction.atomic():
            return Letter.objects.create(
                edition=edition, occasion=occasion, days=days, clock=clock, status=Status.PLANNED,
                subjects=subjects, texts=texts, audience=original.audience.as_options(),
                is_news=original.is_news, written_by=by,
            )  # fmt: skip
    except IntegrityError as taken:
        raise MomentTaken from taken


@transaction.atomic
def restore(*, letter: Letter) -> None:
    """The words it began with, in every language."""
    row = locked(letter.pk)
    if not (row.occasion and row.can_be_changed):
        raise TooLate
    row.subjects, row.texts = ORIGINALS[Occasion(row.occasion)].words()
    row.save(update_fields=["subjects", "texts", "updated_at"])


@transaction.atomic
def switch(*, letter: Letter, is_on: bool) -> None:
    row = locked(letter.pk)
    if not (row.occasion and row.can_be_changed):
        raise TooLate
    row.status = Status.PLANNED if is_on else Status.DRAFT
    try:
        with transaction.atomic():
            row.save(update_fields=["status", "updated_at"])
    except IntegrityError as taken:
        raise MomentTaken from taken


@transaction.atomic
def discard(*, letter: Letter) -> None:
    """Only what nobody has: what was sent stays on record."""
    row = locked(letter.pk)
    if not row.can_be_changed:
        raise TooLate
    row.delete()


@transaction.atomic
def save_words(*, letter: Letter, changes: dict[str, Any], seen: str = "") -> Letter:
    """Change a letter that nobody has yet; raises TooLate once it is on its way.

    `seen`: as `shown_at` said it when the form was shown; what somebody else changed since is not overwritten.
    """
    row = locked(letter.pk)
    if not row.can_be_changed:
        raise TooLate
    if seen and seen != shown_at(row):
        raise LetterRefused
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=[*changes, "updated_at"])
    return row


def shown_at(letter: Letter) -> str:
    return letter.updated_at.isoformat()
