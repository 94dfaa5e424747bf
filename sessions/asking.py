"""What a visitor can ask of a programme: the traits and words of each item, and the names of all choices."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.dates import day_name
from conference.models import Edition
from conference.templatetags.texts import language_in_words, text
from conference.translated_columns import columns, in_languages
from sessions import filters
from sessions.filters import Asked, Item
from sessions.models import Appearance, Kind, Session
from sessions.programme import About, Placed, Programme

SEARCHED = in_languages("title", "subtitle", "abstract")


class Asking:
    """The items of one programme, made ready to be narrowed once."""

    def __init__(self, programme: Programme, edition: Edition, asked: Asked) -> None:
        self.programme, self.edition, self.asked = programme, edition, asked
        self.names: dict[str, dict[str, tuple[Any, str]]] = {name: {} for name in filters.FILTERS}
        self.words = words_of(edition, programme.topics) if asked.search else {}
        everything = [one.session for one in programme.placed] + list(self._untimed())
        self.free = filters.with_places(everything)
        self.items = list(self._items())

    def _untimed(self) -> Iterable[Session]:
        for one in self.programme.placed:
            yield from one.parts
        yield from self.programme.unplaced

    def _items(self) -> Iterable[Item]:
        for one in self.programme.placed:
            is_counted = one.session.kind != Kind.BREAK
            yield Item(one.session.pk, one, self.traits_of(one.session, one), self.words_in(one), is_counted)
        for session in self._untimed():
            yield Item(session.pk, session, self.traits_of(session), self.words.get(session.pk, ""))

    def cancelled_items(self) -> list[Item]:
        """What was cancelled can be asked for too, but offers no choices: to be made after `labels`."""
        placed = [
            Item(one.session.pk, one, self.traits_of(one.session, one), self.words_in(one))
            for one in self.programme.cancelled
        ]
        untimed = [
            Item(session.pk, session, self.traits_of(session), self.words.get(session.pk, ""))
            for session in self.programme.cancelled_untimed
        ]
        return placed + untimed

    def words_in(self, placed: Placed) -> str:
        if not self.asked.search:
            return ""
        slot = placed.slot
        released = [getattr(slot, name) or "" for name in (*columns("title"), "speaker_names")]
        return self.words.get(placed.session.pk, "") + " " + filters.bare(" ".join(released))

    def traits_of(self, session: Session, placed: Placed | None = None) -> dict[str, set[str]]:
        traits = {"type": self.types_of(session)} if session.kind != Kind.BREAK else {}
        if track := session.track:
            traits["track"] = self.named("track", track.slug, (track.position, track.slug), track)
        if session.language:
            traits["language"] = self.named("language", session.language, None, session.language)
        if topics := self.programme.topics.get(session.pk):
            traits["topic"] = {one.slug for one in topics}
            self.names["topic"].update({one.slug: (filters.bare(one.name), one.name) for one in topics})
        if session.pk in self.free:
            traits["places"] = {"1"}
        if placed and placed.slot.starts_at:
            day = placed.slot.starts_at.astimezone(self.edition.zone).date()
            traits["day"] = self.named("day", day.isoformat(), day, day)
            if room := placed.room:
                traits["room"] = self.named("room", room.slug, room, room.name)
        return traits

    def types_of(self, session: Session) -> set[str]:
        """The organiser's type or else the kind; a workshop is always found as one."""
        kinds = {session.kind} if session.kind == Kind.WORKSHOP or not session.session_type else set()
        for kind in kinds:
            self.named("type", kind, None, kind)
        found = session.session_type
        return kinds | self.named("type", found.slug, None, found) if found else kinds

    def named(self, name: str, value: str, order: Any, what: Any) -> set[str]:
        """Remember how this value is called; work that out once."""
        if value not in self.names[name]:
            label = LABELS[name](what)
            self.names[name][value] = (filters.bare(label) if order is None else order, label)
        return {value}

    def labels(self, name: str) -> dict[str, str]:
        """What can be chosen, in order, each with its name."""
        if name == "places":
            return {"1": _("still places")} if self.free else {}
        known = self.names[name]
        return {value: known[value][1] for value in sorted(known, key=lambda value: known[value][0])}


LABELS: Mapping[str, Any] = {
    "day": day_name,
    "track": lambda track: text(track, "name"),
    "type": lambda found: capfirst(Kind(found).label) if isinstance(found, str) else text(found, "name"),
    "language": language_in_words,
    "room": str,
}


def words_of(edition: Edition, topics: Mapping[int, list[About]]) -> dict[int, str]:
    """All words of each session that a search looks at, bare, in every language; two queries."""
    found = defaultdict(list)
    for pk, *texts in Session.objects.filter(edition=edition).order_by().values_list("pk", *SEARCHED):
        found[pk] += [words for words in texts if words]
    people = Appearance.objects.filter(session__edition=edition).order_by().select_related("speaker")
    for one in people.only("session", "speaker__name", "speaker__is_minor"):
        found[one.session_id].append(one.speaker.public_name)
    for pk, about in topics.items():
        found[pk] += [one.names for one in about]
    return {pk: filters.bare(" ".join(texts)) for pk, texts in found.items()}
