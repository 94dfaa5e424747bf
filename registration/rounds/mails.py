"""The one mail a person gets when the result of a round is published."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import translation

from conference.mail import absolute, queue_mail
from registration.models import Registration, Round, WorkshopBooking
from registration.rounds.words import rank_words
from sessions.models import Workshop


@dataclass
class News:
    """What came of it for one person."""

    registration: Registration
    workshop: Workshop | None = None
    rank: int | None = None
    waits: list[tuple[Workshop, int]] = field(default_factory=list)  # with the position in the queue
    closed: list[Workshop] = field(default_factory=list)  # of those they ranked
    clashes: Sequence[WorkshopBooking] = ()  # what they took meanwhile at that time


def tell(news: News, round_: Round) -> None:
    user, edition = news.registration.user, round_.edition
    with translation.override(user.language):
        context = {
            "name": user.name,
            "edition": edition,
            "round": round_,
            "news": news,
            "rank": rank_words(news.rank) if news.rank else "",
            "link": absolute(reverse("registration:rank", args=[edition.slug, round_.pk])),
        }
    template = "workshop_allocated" if news.workshop else "workshop_not_allocated"
    queue_mail(to=user.email, template=template, context=context, language=user.language)
