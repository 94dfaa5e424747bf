"""Keep what the library looks through current, in the transaction of each change."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction
from django.db.models import Prefetch, Q

from conference.viewer import ANONYMOUS
from sessions.library.contents import CONTENTS, Content
from sessions.library.remembered import forget, remember, terms_in, words_of
from sessions.library.seeing import SEEN
from sessions.library.texts import batched, pages, terms
from sessions.library.words import LANGUAGES
from sessions.models import (
    Appearance,
    LibraryEntry,
    LibraryState,
    LibraryWord,
    Presentation,
    Publication,
    Session,
)
from speakers.models import Speaker

Kind = LibraryEntry.Kind
Thing = Presentation | Session | Speaker | Publication
Keys = dict[str, list[int]]  # of things, by kind
TOPICS = ["topics__words", "competences"]
ROWS: dict[str, models.QuerySet] = {
    Kind.PRESENTATION: Presentation.objects.select_related(
        "current_file__preview", "session", "edition__theme", "theme"
    ).prefetch_related(
        "current_file__preview__pages", "credits__speaker", "session__topics__words",
        "for_whom", "levels", "subjects", *TOPICS,
    ),
    Kind.SESSION: Session.objects.select_related("edition__theme", "session_type", "track").prefetch_related(
        Prefetch("appearances", Appearance.objects.select_related("speaker", "organisation")), *TOPICS
    ),
    Kind.SPEAKER: Speaker.objects.all(),
    Kind.PUBLICATION: Publication.objects.prefetch_related("themes", "parts"),
}  # fmt: skip
FORM = 2  # of the entries; one more when they are written otherwise, so that workers write them anew at once
BATCH = 20  # things; PostgreSQL ends a transaction that thinks for too long between two questions
FIELDS = ["title", "words", "description", "front", "rest", "open_pages", "facets", "year"]


@transaction.atomic
def reindex(*things: Thing) -> None:
    """Write the entries of these anew, and of what names them; call it after the change, in its transaction."""
    for kind, batch in batches(keys_of(things)):
        write_anew(kind, batch)
    if things:
        renew()


def keys_of(things: Iterable[Thing]) -> Keys:
    """Of these and of what names them, by kind."""
    keys: Keys = {}
    for thing in things:
        keys.setdefault(kind_of(thing), []).append(thing.pk)
    return with_what_names_them(keys)


def batches(keys: Keys) -> Iterator[tuple[str, list[int]]]:
    for kind, pks in keys.items():
        for batch in batched(sorted(set(pks)), BATCH):
            yield kind, batch


def write_anew(kind: str, keys: list[int]) -> None:
    """Their entries as they are now; words that stood nowhere else are forgotten."""
    before = terms_in(kind, keys)
    remember(write(kind, keys))
    forget(before - terms_in(kind, keys))


@transaction.atomic
def remove(*things: Thing) -> None:
    """Take the entries of these away, and the words that stood nowhere else: call it before they are deleted."""
    for thing in things:
        kind = kind_of(thing)
        before = terms_in(kind, [thing.pk])
        LibraryEntry.objects.filter(**{kind: thing.pk}).delete()
        forget(before)
    if things:
        renew()


def rebuild() -> int:
    """Write everything anew and forget words that stand nowhere any more; how many entries there are."""
    words: set[str] = set()
    for kind in Kind.values:
        for batch in batched(ROWS[kind].order_by("pk").values_list("pk", flat=True), BATCH):
            with transaction.atomic():
                words |= write(kind, batch)
                renew()
    with transaction.atomic():
        gone = set(LibraryWord.objects.values_list("word", flat=True)) - words
        for batch in batched(sorted(gone), 500):
            LibraryWord.objects.filter(word__in=batch).delete()
        remember(words)
        renew()
    return LibraryEntry.objects.count()


def with_what_names_them(keys: Keys) -> Keys:
    """A session is found by its speakers' names, a presentation by those of its session and its authors."""
    speakers = keys.get(Kind.SPEAKER, [])
    on_stage = (
        Session.objects.filter(appearances__speaker__in=speakers) if speakers else Session.objects.none()
    )
    sessions = [*keys.get(Kind.SESSION, []), *on_stage.order_by().values_list("pk", flat=True)]
    named = Q(session__in=sessions) | Q(credits__speaker__in=speakers)
    theirs = Presentation.objects.filter(named) if sessions or speakers else Presentation.objects.none()
    presentations = [*keys.get(Kind.PRESENTATION, []), *theirs.order_by().values_list("pk", flat=True)]
    found = {**keys, Kind.SESSION.value: sessions, Kind.PRESENTATION.value: presentations}
    return {kind: pks for kind, pks in found.items() if pks}


def kind_of(thing: Thing) -> str:
    name = thing._meta.concrete_model._meta.model_name if thing._meta.concrete_model else None
    return Kind(name or "").value


def write(kind: str, keys: list[int]) -> set[str]:
    """Make or change the entries of these; the words of theirs that everybody may read."""
    known = SEEN[Kind(kind)](ANONYMOUS, None, keys)
    entries, words = [], set()
    for row in ROWS[kind].filter(pk__in=keys):
        content = CONTENTS[kind](row)
        entries.append(LibraryEntry(kind=kind, **{f"{kind}_id": row.pk}, **entry_fields(content)))
        if row.pk in known:
            words |= words_of(content, with_front=known[row.pk] != 0)
    LibraryEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=[kind], update_fields=FIELDS
    )
    return words


def entry_fields(content: Content) -> dict[str, Any]:
    return {
        "title": terms(content.title),
        "words": pages(content.words, LANGUAGES),  # each by itself: two topics make no phrase
        "description": terms(content.description),
        "front": pages(content.front, content.languages),
        "rest": pages(content.rest, content.languages),
        "open_pages": content.open_pages,
        "facets": {name: values for name, values in content.facets.items() if values},
        "year": content.year,
    }


def renew() -> None:
    """What processes remember of the library is old once this transaction ends."""
    row = LibraryState(pk=1, token=uuid.uuid4())
    LibraryState.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=["token"]
    )
