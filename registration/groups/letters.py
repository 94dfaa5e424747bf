"""Whoever leads a session writes to its people: one mail each through the outbox, all or none.

The text is theirs, literally, below a line that says who wrote and why one gets it; nothing in it becomes a link or markup.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import translation

from conference.mail import absolute, queue_mail_to_each
from conference.models import Outbox, User
from registration.groups.exceptions import NobodyToWriteTo
from registration.models import Group
from sessions.models import Session


@dataclass(frozen=True)
class Letter:
    session: Session
    sender: User
    subject: str
    text: str
    group: Group | None = None  # the one it is for; none: everybody
    may_answer: bool = False  # the sender's address stands in it

    @property
    def context(self) -> dict[str, object]:
        return {
            "session": self.session,
            "edition": self.session.edition,
            "sender": self.sender.name,
            "address": self.sender.email if self.may_answer else "",
            "group": self.group,
            "subject": self.subject,
            "text": self.text.replace("\r\n", "\n").replace("\r", "\n"),
        }


def put_into_outbox(letter: Letter, people: Iterable[User]) -> list[Outbox]:
    """A mail is composed once for each language and copied for each person of it."""
    by_language: dict[str, list[User]] = {}
    for one in people:
        by_language.setdefault(one.language, []).append(one)
    queued = []
    for language, readers in sorted(by_language.items()):
        with translation.override(language):
            link = absolute(letter.session.get_absolute_url())
        queued += queue_mail_to_each(
            to=[one.email for one in readers],
            template="from_facilitator",
            context={**letter.context, "link": link},
            language=language,
        )
    return queued


@transaction.atomic
def send(*, letter: Letter, people: Iterable[User]) -> int:
    """Queue it for each of these people once, note that it was done, and say how many mails that were."""
    readers = {one.pk: one for one in people if one.is_active}
    if not readers:
        raise NobodyToWriteTo
    queued = put_into_outbox(letter, readers.values())
    LogEntry.objects.create(
        user=letter.sender,
        content_type=ContentType.objects.get_for_model(Session),
        object_id=str(letter.session.pk),
        object_repr=str(letter.session)[:200],
        action_flag=CHANGE,
        change_message=f"Wrote to {len(queued)} people: {letter.group or 'everybody'}.",
    )
    return len(queued)


@transaction.atomic
def send_to_oneself(*, letter: Letter) -> None:
    """A rehearsal: exactly what the others would get."""
    put_into_outbox(letter, [letter.sender])
