"""A member offers an own practice for the library; an organiser decides about it like about any presentation."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from conference import clock
from conference.accounts.closing import Leaving
from conference.content import touch
from conference.models import User
from sessions.exceptions import PresentationRefused
from sessions.library.index import reindex
from sessions.models import Credit, PracticeConsent, Presentation, PresentationFile
from sessions.services.file_names import take_names_from_files
from sessions.services.presentations import LABELS, sender_of, withdraw_presentation, write_version
from sessions.services.sharing import guid_of_sending
from sessions.services.storing import stored
from speakers.models import Speaker

PRACTICES = UUID("6a0f6d0e-3b1c-4f0b-9a52-5a8a3c1f7e11")  # what is sent twice here is one practice
MOST_IN_A_DAY = 10  # of one person: organisers look at each


@dataclass(frozen=True)
class Agreed:
    """The words that a member agreed to, as they read them, and what is to become of their name."""

    version: int
    words: str
    language: str
    name_stays: bool


def share_practice(
    *, by: User, name: str, agreed: Agreed, upload: File | None = None, link: str = "", mark: str = "",
    **details: Any,
) -> Presentation:  # fmt: skip
    """With its first version, waiting for approval, and its author by the name they want printed."""
    labels = {label: details.pop(label) for label in LABELS if label in details}
    practice = Presentation(is_practice=True, uploaded_by=by, **details)
    with stored(upload, practice.guid) as file, transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one after the other: they are counted
        guid = guid_of_sending(mark, sender_of(by, None), PRACTICES, file, link)
        if guid and (known := PresentationFile.objects.filter(guid=guid).first()):
            return known.presentation
        refuse_too_many(by)
        practice.save()
        for label, chosen in labels.items():
            getattr(practice, label).set(chosen)
        speaker = Speaker.objects.filter(user=by).first()
        Credit.objects.create(presentation=practice, speaker=speaker, name=name)
        PracticeConsent.objects.create(
            presentation=practice, version=agreed.version, words=agreed.words, language=agreed.language,
            name_stays=agreed.name_stays,
        )  # fmt: skip
        write_version(practice, by, file, link, PresentationFile.Status.SUBMITTED, guid=guid)
        reindex(practice)  # nobody but its author finds it yet
    return practice


def refuse_too_many(by: User) -> None:
    a_day_ago = clock.now() - timedelta(days=1)
    today = Presentation.objects.filter(is_practice=True, uploaded_by=by, created_at__gt=a_day_ago)
    if today.count() >= MOST_IN_A_DAY:
        raise PresentationRefused(
            _("You shared %(count)s practices in one day, which is the most. Share the next one tomorrow.")
            % {"count": MOST_IN_A_DAY}
        )


@transaction.atomic
def withdraw_practice(*, practice: Presentation, by: User) -> None:
    """Its member takes the consent back: nobody else finds or opens it from now on."""
    withdraw_presentation(presentation=practice, by=by)
    touch()


@transaction.atomic
def take_name_away(leaving: Leaving) -> None:
    """Before the account is closed: from the practices of which its person wished so; these stay, without an author."""
    theirs = Presentation.objects.filter(is_practice=True, uploaded_by=leaving.user)
    if leaving.name_stays:
        theirs = theirs.filter(consent__name_stays=False)
    practices = list(theirs.select_for_update(of=("self",)))
    names = {leaving.user.name}
    for practice in practices:
        author = practice.credits.order_by("pk").first()  # type: ignore[attr-defined]  # organisers add others
        if author:
            names.add(author.name)
            author.delete()
    if practices:
        take_names_from_files(practices, names)
        reindex(*practices)
        touch()
