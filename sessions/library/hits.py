"""Make hits out of entries: the thing itself, the page that fits best of those this viewer sees, and the sentence."""

from collections.abc import Iterable
from html import unescape
from typing import Any

from django.db.models import QuerySet
from django.utils.html import strip_tags

from conference.markdown import to_html
from conference.templatetags.texts import shown
from sessions.library.contents import said
from sessions.library.found import Hit, Piece
from sessions.library.question import Question
from sessions.library.ranking import best_page
from sessions.library.sentences import best_sentence, marked, shortened
from sessions.library.sight import Sight
from sessions.library.texts import PAGE_BREAK
from sessions.models import LibraryEntry, Presentation, PreviewPage, Publication, Session
from speakers.models import Speaker

Kind = LibraryEntry.Kind
# Hits share few editions: reading each once is quicker than beside every row.
SHOWN: dict[str, QuerySet] = {
    Kind.PRESENTATION: Presentation.objects.select_related("current_file").prefetch_related("edition"),
    Kind.SESSION: Session.objects.prefetch_related("edition"),
    Kind.SPEAKER: Speaker.objects.all(),
    Kind.PUBLICATION: Publication.objects.all(),
}
NAMED = ["topics", "competences"]  # why something was found, where no sentence says it
HAVE_NAMES = (Kind.PRESENTATION, Kind.SESSION)
PAGE = ["preview", "number", "text", "notes"]
TEXTS = {
    Kind.PRESENTATION: ["description"],
    Kind.SESSION: ["subtitle", "abstract", "description"],
    Kind.SPEAKER: ["biography"],
    Kind.PUBLICATION: ["subtitle", "introduction"],
}


def hits_at(wanted: list[int], question: Question, sight: Sight) -> list[Hit]:
    """Hits at these positions, in their order; a fixed number of queries."""
    keys = [sight.snapshot.keys[position] for position in wanted]
    entries = {entry.pk: entry for entry in LibraryEntry.objects.filter(pk__in=keys)}
    things = things_of(entries, with_names=bool(question.sought))
    found = [(position, key) for position, key in zip(wanted, keys, strict=True) if key in things]
    pages = {key: page_of(entries[key], position, question, sight) for position, key in found}
    texts = page_texts({things[key]: number for key, number in pages.items() if number})
    return [
        hit(entries[key], things[key], pages[key], texts.get(things[key], ""), question, sight.pages_open[position])
        for position, key in found
    ]  # fmt: skip


def hit(
    entry: LibraryEntry, thing: Any, page: int | None, text: str, question: Question, pages_open: int | None
) -> Hit:
    terms = question.terms
    title = thing.public_name if entry.kind == Kind.SPEAKER else str(thing)
    sentence = best_sentence(text, terms) or sentence_about(entry.kind, thing, terms)
    return Hit(entry.kind, thing, marked(title, terms), sentence, page, pages_open)


def things_of(entries: dict[int, LibraryEntry], *, with_names: bool) -> dict[int, Any]:
    """What each entry is about, by the key of the entry; a fixed number of queries for each kind."""
    found = {}
    for kind, rows in SHOWN.items():
        keys = {getattr(one, f"{kind}_id"): key for key, one in entries.items() if one.kind == kind}
        if with_names and kind in HAVE_NAMES:
            rows = rows.prefetch_related(*NAMED)
        if keys:
            found.update({keys[thing.pk]: thing for thing in rows.filter(pk__in=keys)})
    return found


def page_of(entry: LibraryEntry, position: int, question: Question, sight: Sight) -> int | None:
    """The best of the pages that this viewer sees; no page where the words stand on none of them."""
    if entry.kind != Kind.PRESENTATION or not question.sought:
        return None
    is_front, is_whole = sight.front >> position & 1, sight.whole >> position & 1
    front = entry.front.split(PAGE_BREAK) if is_front else []
    front += [""] * (entry.open_pages - len(front))
    rest = entry.rest.split(PAGE_BREAK) if is_whole else []
    pages = [*front, *rest]
    held = [page if all(one.stands_in(page) for one in question.phrases) else "" for page in pages]
    return best_page(held if any(held) else pages, question.words)


def page_texts(numbers: dict[Any, int]) -> dict[Any, str]:
    """The text of one page for each of these presentations, with the notes where readers see them; one query."""
    if not numbers:
        return {}
    wanted = {
        row: (row.current_file.preview_id, number) for row, number in numbers.items() if row.current_file
    }
    previews, on = zip(*wanted.values(), strict=True) if wanted else ((), ())
    # Some pages more than wanted, which is quicker than to ask for each of them apart.
    rows = PreviewPage.objects.filter(preview__in=set(previews), number__in=set(on)).order_by()
    pages = {(preview, number): said for preview, number, *said in rows.values_list(*PAGE)}
    texts = {}
    for row, place in wanted.items():
        if place in pages:
            text, notes = pages[place]
            texts[row] = f"{text}\n{notes}" if row.notes_are_shown else text
    return texts


def sentence_about(kind: str, thing: Any, terms: frozenset[str]) -> tuple[Piece, ...]:
    """From what is said about it, or what it is about; its first words where neither answers."""
    plain = plain_text(said(thing, name) for name in TEXTS[Kind(kind)])
    return best_sentence(plain, terms) or name_with(kind, thing, terms) or first_words(kind, thing, terms)


def first_words(kind: str, thing: Any, terms: frozenset[str]) -> tuple[Piece, ...]:
    """In the language of the page, or the original one."""
    text = plain_text(shown(thing, name)[0] for name in TEXTS[Kind(kind)])
    return marked(shortened(" ".join(text.split()), terms), terms)


def plain_text(texts: Iterable[str]) -> str:
    return unescape(strip_tags(to_html("\n\n".join(text for text in texts if text))))


def name_with(kind: str, thing: Any, terms: frozenset[str]) -> tuple[Piece, ...]:
    """The topic or competence that was meant."""
    if not terms or kind not in HAVE_NAMES:
        return ()
    names = (said(one, "name") for relation in NAMED for one in getattr(thing, relation).all())
    return next(filter(None, (best_sentence(name, terms) for name in names)), ())
