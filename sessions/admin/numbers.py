"""An edition's programme in numbers for the front page of the admin; each leads to the rows it counts."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from sessions.admin.states import MISSING, STATES, lacking, with_state
from sessions.models import Presentation, Session
from speakers.models import Speaker

Number = dict[str, Any]


def number(words: Any, value: int, url_name: str, **filters: Any) -> Number:
    return {"words": words, "value": value, "address": f"{reverse(url_name)}?{urlencode(filters)}"}


def session_numbers(edition: Edition) -> list[Number]:
    sessions = Session.objects.filter(edition=edition)
    name = "admin:conference_sessions_session_changelist"
    drafts = sessions.filter(status=Session.Status.DRAFT).count()
    published = sessions.filter(status=Session.Status.PUBLISHED).count()
    return [
        number(_("published"), published, name, edition=edition.pk, status__exact="published"),
        number(_("unpublished"), drafts, name, edition=edition.pk, status__exact="draft"),
        *(
            number(words, lacking(sessions, what).count(), name, edition=edition.pk, missing=what)
            for what, words in MISSING.items()
        ),
    ]


def presentation_numbers(edition: Edition) -> list[Number]:
    rows = with_state(Presentation.objects.filter(edition=edition)).order_by().values_list("state")
    counts = dict(rows.annotate(count=Count("pk")))
    name = "admin:conference_sessions_presentation_changelist"
    of_edition = [
        number(words, counts.get(state, 0), name, edition=edition.pk, state=state)
        for state, words in STATES.items()
    ]
    return of_edition + practice_numbers(name)


def practice_numbers(name: str) -> list[Number]:
    """What members shared and nobody has looked at yet; it belongs to no edition."""
    waiting = with_state(Presentation.objects.filter(is_practice=True)).filter(state="submitted").count()
    chosen = {"edition": "all", "is_practice__exact": 1, "state": "submitted"}
    return [number(_("practices of members to look at"), waiting, name, **chosen)] if waiting else []


def speaker_numbers(edition: Edition) -> list[Number]:
    speakers = Speaker.objects.filter(appearances__session__edition=edition).distinct()
    uninvited = speakers.filter(user=None, invitations=None)
    name = "admin:speakers_speaker_changelist"
    return [
        number(_("on stage"), speakers.count(), name, edition=edition.pk),
        number(_("not yet invited"), uninvited.count(), name, edition=edition.pk, account="no"),
    ]
