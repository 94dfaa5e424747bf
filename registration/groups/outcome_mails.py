"""Mails to those who wrote outcomes down, about what the organisers decided."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, cast

from django.urls import reverse
from django.utils import translation

from conference.mail import absolute, queue_mail
from conference.mail.batches import one_batch
from conference.models import User
from registration.models import Outcome


def approved(outcomes: Iterable[Outcome]) -> None:
    tell_writers(outcomes, "outcomes_approved")


def sent_back(outcomes: Iterable[Outcome], reason: str) -> None:
    tell_writers(outcomes, "outcomes_sent_back", reason=reason)


@one_batch()
def tell_writers(outcomes: Iterable[Outcome], template: str, **context: Any) -> None:
    """One mail for each session to each writer who can still log in."""

    def key(outcome: Outcome) -> tuple[int, int]:
        return outcome.written_by_id or 0, outcome.session_id

    rows = [row for row in outcomes if row.written_by and row.written_by.is_active]
    for _key, group in groupby(sorted(rows, key=key), key):
        tell(list(group), template, context)


def tell(outcomes: list[Outcome], template: str, context: dict[str, Any]) -> None:
    writer, session = cast(User, outcomes[0].written_by), outcomes[0].session
    with translation.override(writer.language):
        slugs = [session.edition.slug, session.slug]
        links = {
            "link": absolute(session.get_absolute_url()),
            "write_link": absolute(reverse("registration:outcomes", args=slugs)),
        }
    queue_mail(
        to=writer.email,
        template=template,
        context={"name": writer.name, "session": session, "outcomes": outcomes, **links, **context},
        language=writer.language,
    )
