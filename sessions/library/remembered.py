"""The words that everybody may read: kept to forgive mistakes, and forgotten once they stand nowhere any more.

A person who is deleted or renamed leaves no name behind in them, nor a file that was replaced what stood on its pages.
"""

from collections.abc import Iterable

from django.db import connection

from sessions.library.contents import Content
from sessions.library.texts import ADDRESSES, batched
from sessions.library.words import fold, tokens
from sessions.models import LibraryEntry, LibraryWord

REMEMBERED = range(3, 41)  # letters of a word that may be meant, or be part of a compound
BATCH = 500
TABLE = LibraryEntry._meta.db_table
STANDS = {
    "sqlite": "SELECT 1 FROM library_index WHERE library_index MATCH %s LIMIT 1",
    "postgresql": f"SELECT 1 FROM {TABLE} WHERE title_index @@ %s::tsquery OR words_index @@ %s::tsquery"  # noqa: S608
    " OR front_index @@ %s::tsquery OR rest_index @@ %s::tsquery LIMIT 1",
}


def words_of(content: Content, *, with_front: bool) -> set[str]:
    texts = [content.title, *content.words, content.description, *(content.front if with_front else ())]
    written = {token.word for text in texts for token in tokens(ADDRESSES.sub(" ", text))}
    return {word for word in map(fold, written) if len(word) in REMEMBERED and word.isalpha()}


def remember(words: Iterable[str]) -> None:
    rows = (LibraryWord(word=word) for word in sorted(words))
    LibraryWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def terms_in(kind: str, keys: Iterable[int]) -> set[str]:
    """What the entries of these say where everybody may read it; what stands behind the gate is never remembered."""
    rows = LibraryEntry.objects.filter(**{f"{kind}__in": list(keys)})
    texts = rows.values_list("title", "words", "description", "front")
    return {term for row in texts for text in row for term in text.split()}


def forget(terms: Iterable[str]) -> None:
    """Those of the words among them that stand in no entry now."""
    for batch in batched(sorted(terms), BATCH):
        known = LibraryWord.objects.filter(word__in=batch).values_list("word", flat=True)
        gone = [word for word in known if not stands(word)]
        LibraryWord.objects.filter(word__in=gone).delete()


def stands(word: str) -> bool:
    sql = STANDS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql, [f'"{word}"' if connection.vendor == "sqlite" else f"'{word}'"] * sql.count("%s"))
        return cursor.fetchone() is not None
