"""What a certificate says, taken down once in the language of the person: no later change of a session reaches it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django_countries import countries

from conference.dates import dates_of
from conference.models import Edition, EditionOrganisation, Site
from conference.templatetags.texts import shown
from registration.certificates.hours import Attendance
from registration.models import CertificateRule, Group, Registration
from registration.presence.counting import Attended
from sessions.models import Appearance, Session

PARTICIPANT = "participant"
VERSION = 1  # of the shape below; what was issued keeps the shape it had
Facts = dict[str, Any]
Part = tuple[str, Session, Group | None]


@dataclass
class Around:
    """What all certificates of an edition share, read once for all of them."""

    edition: Edition
    rule: CertificateRule
    parts: dict[int, list[Part]] = field(default_factory=dict)  # by account
    _said: dict[str, Facts] = field(default_factory=dict)

    def said_in(self, language: str) -> Facts:
        if language not in self._said:
            with translation.override(language):
                self._said[language] = shared_facts(self.edition, self.rule)
        return self._said[language]


def around(edition: Edition, rule: CertificateRule, users: Iterable[int]) -> Around:
    return Around(edition, rule, parts_of(edition, list(users)))


def facts_of(registration: Registration, attendance: Attendance, shared: Around) -> Facts:
    """Everything but name, hours and number, which are columns; in the person's own language."""
    language = language_of(registration)
    with translation.override(language):
        return {
            **shared.said_in(language),
            "organisation": registration.organisation_words,
            "sessions": [session_fact(one) for one in attendance.sessions],
            "outcomes": outcomes_of(attendance),
            "parts": parts_played(attendance, shared.parts.get(registration.user_id, [])),
        }


def language_of(registration: Registration) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    language = registration.user.language
    return language if language in known else settings.LANGUAGE_CODE


def shared_facts(edition: Edition, rule: CertificateRule) -> Facts:
    site = Site.objects.filter(pk=1).first() or Site(pk=1)
    title, lang = shown(edition, "title")
    organisers = edition.parts.filter(part=EditionOrganisation.Part.ORGANISER)  # type: ignore[attr-defined]
    return {
        "version": VERSION,
        "edition": {
            "title": title,
            "lang": lang,
            "slug": edition.slug,
            "place": place_of(edition),
            "dates": dates_of(edition),
            "starts_on": edition.starts_on.isoformat() if edition.starts_on else "",
            "ends_on": edition.last_day.isoformat() if edition.last_day else "",
            "hue": edition.accent_hue,
        },
        "issuer": {
            "name": get_text_list([one.organisation.name for one in organisers.select_related("organisation")], _("and"))
            or site.name,
            "web": settings.SITE_URL,
        },
        "text": shown(rule, "text")[0],
        "signed_by": rule.signed_by,
        "signed_as": shown(rule, "signed_as")[0],
    }  # fmt: skip


def place_of(edition: Edition) -> str:
    city = shown(edition, "city")[0]
    return ", ".join(filter(None, [city, countries.name(edition.country) if edition.country else ""]))


def session_fact(one: Attended) -> Facts:
    title, lang = shown(one.session, "title")
    return {
        "guid": str(one.session.guid),
        "title": title,
        "lang": lang,
        "hours": str(one.hours) if one.intervals else "",
        "starts_at": one.intervals[0][0].isoformat() if one.intervals else "",
    }


def outcomes_of(attendance: Attendance) -> list[Facts]:
    """The competences of these sessions, each once, list by list."""
    found = {one.pk: one for attended in attendance.sessions for one in attended.session.competences.all()}
    in_order = sorted(found.values(), key=lambda one: (one.framework, one.position, one.name))
    return [
        {"name": name, "lang": lang, "framework": shown(one, "framework")[0], "web": one.address}
        for one in in_order
        for name, lang in [shown(one, "name")]
    ]


def parts_of(edition: Edition, users: list[int]) -> dict[int, list[Part]]:
    """Who spoke, chaired, sat on a panel or facilitated, by account; what is not public is not certified."""
    found: dict[int, list[Part]] = defaultdict(list)
    appearances = Appearance.objects.filter(
        session__edition=edition, session__status=Session.Status.PUBLISHED, speaker__user__in=users
    )
    in_order = ("session__position", "session__number", "session__title", "position", "pk")
    for one in appearances.select_related("session", "speaker").order_by(*in_order):
        found[one.speaker.user_id or 0].append((one.part, one.session, None))
    groups = Group.objects.filter(
        plan__session__edition=edition,
        plan__is_published=True,
        merged_into=None,
        facilitators__user__in=users,
    )
    for group in groups.select_related("plan__session").prefetch_related("facilitators").distinct():
        for speaker in group.facilitators.all():
            if speaker.user_id in users:
                found[speaker.user_id].append(("facilitator", group.plan.session, group))
    return dict(found)


def parts_played(attendance: Attendance, parts: list[Part]) -> list[Facts]:
    """Participant, unless the person was only where they had another part; then the others, each with its title."""
    own = {session.pk for _part, session, _group in parts}
    took_part = not parts or any(one.session.pk not in own for one in attendance.sessions)
    others = [
        {"part": part, "lang": lang, "title": title, **named(group)}
        for part, session, group in parts
        for title, lang in [shown(session, "title")]
    ]
    return [{"part": PARTICIPANT, "lang": "", "title": ""}] * took_part + others


def named(group: Group | None) -> dict[str, str]:
    return {"group": shown(group, "name")[0]} if group else {}
