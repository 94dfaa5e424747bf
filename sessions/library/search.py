"""Look through the library: what fits the question and may be seen, best first."""

from datetime import datetime

from conference import clock
from conference.viewer import Viewer
from sessions.library.asking import Asked
from sessions.library.facets import facets_of, having, narrowed
from sessions.library.found import PER_PAGE, Found, Hit
from sessions.library.hits import hits_at
from sessions.library.phrases import without_quotes
from sessions.library.question import Question, understand
from sessions.library.ranking import score
from sessions.library.sight import Sight
from sessions.library.snapshot import current, positions
from sessions.models import LibraryEntry

__all__ = ["Asked", "Found", "Hit", "search"]

MOST_RANKED = 300  # the texts of so many are weighed; what comes after them is in the order of years
MOST_SUGGESTIONS = 5


def search(asked: Asked, viewer: Viewer, at: datetime | None = None, page: int = 1) -> Found:
    """Hits of one page, with counts over all matches; what the viewer may not see is in neither."""
    sight = Sight(current(), viewer, at or clock.now())
    question = understand(asked.q, sight)
    matched = matched_by(asked, question, sight)
    chosen = narrowed(asked, matched, sight)
    total = chosen.bit_count()
    page = max(1, min(page, -(-total // PER_PAGE)))
    wanted = ranked(chosen, question, sight)[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Found(
        asked,
        hits_at(wanted, question, sight),
        total,
        page,
        facets_of(asked, matched, sight),
        question.corrections,
        [] if total else suggestions(asked, question, matched, sight),
        () if asked.is_empty else presentations_among(chosen, sight),
    )


def presentations_among(chosen: int, sight: Sight) -> tuple[int, ...]:
    """The keys of all presentations in the mask."""
    kind = LibraryEntry.Kind.PRESENTATION
    among = set(positions(chosen & sight.snapshot.of_kind(kind)))
    return tuple(key for key, position in sight.snapshot.things[kind].items() if position in among)


def best_presentations(
    asked: Asked, viewer: Viewer, most: int, at: datetime | None = None
) -> tuple[int, ...]:
    """The keys of the best presentations among the matches, the best first: ranked once, however many there are."""
    sight = Sight(current(), viewer, at or clock.now())
    question = understand(asked.q, sight)
    chosen = narrowed(asked, matched_by(asked, question, sight), sight)
    kind = LibraryEntry.Kind.PRESENTATION
    keys = {position: key for key, position in sight.snapshot.things[kind].items()}
    places = ranked(chosen & sight.snapshot.of_kind(kind), question, sight)[:most]
    return tuple(keys[place] for place in places)


def matched_by(asked: Asked, question: Question, sight: Sight) -> int:
    """What has the words; everything where none were typed."""
    if asked.q:
        return question.matched()
    sight.learn(sight.snapshot.everything)
    return sight.visible


def ranked(mask: int, question: Question, sight: Sight) -> list[int]:
    """Positions of the entries, the best first; of equal ones the newer first."""
    years = sight.snapshot.years
    if not question.sought:
        return sorted(positions(mask), key=lambda position: (-years[position], position))
    by_title = candidates(mask, question, sight)
    first, later = by_title[:MOST_RANKED], by_title[MOST_RANKED:]
    scores = scored(first, question, sight)
    first.sort(key=lambda place: (-round(scores.get(place, 0), 6), -years[place], place))
    return first + later


def candidates(mask: int, question: Question, sight: Sight) -> list[int]:
    """All of them, with those that have more of the words in their title before the others."""
    years, found = sight.snapshot.years, []
    for level in [*question.by_title(), -1]:
        here = positions(mask & level)
        found += sorted(here, key=lambda position: (-years[position], position))
        mask &= ~level
    return found


def scored(chosen: list[int], question: Question, sight: Sight) -> dict[int, float]:
    """Only what this viewer sees of a thing counts for its place."""
    fields = ["title", "words", "description", "front", "rest"]
    keys = [sight.snapshot.keys[position] for position in chosen]
    found = {}
    for key, *texts in LibraryEntry.objects.filter(pk__in=keys).values_list("pk", *fields):
        position = sight.snapshot.position[key]
        said = dict(zip(fields, texts, strict=True))
        if not sight.front >> position & 1:
            del said["front"]
        if not sight.whole >> position & 1:
            del said["rest"]
        found[position] = score(said, question.words)
    return found


def suggestions(asked: Asked, question: Question, matched: int, sight: Sight) -> list[Asked]:
    """Questions near this one that find something: fewer facets, fewer words, then what most things are about."""
    if matched and asked.facets:
        fewer = [asked.without(facet) for facet in asked.facets] if len(asked.facets) > 1 else []
        return [one for one in fewer if narrowed(one, matched, sight)] or [Asked(asked.q)]
    if question.phrases and question.with_most_words(-1):
        return [Asked(without_quotes(asked.q))]
    single = [Asked(one.typed) for one in question.sought if one.mask and len(question.sought) > 1]
    return single[:MOST_SUGGESTIONS] or topics(sight)


def topics(sight: Sight) -> list[Asked]:
    """The topics of most of what this viewer sees."""
    sight.learn(sight.snapshot.everything)
    slugs = sight.snapshot.masks.get("topic", {})
    counts = {slug: (sight.visible & having("topic", slug, sight)).bit_count() for slug in slugs}
    best = sorted((slug for slug in counts if counts[slug]), key=lambda slug: (-counts[slug], slug))
    return [Asked(facets={"topic": (slug,)}) for slug in best[:MOST_SUGGESTIONS]]
