"""Ask the database which entries hold one of some terms: FTS5 on SQLite, tsvector on PostgreSQL, the same answer."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from sessions.library.snapshot import Snapshot
from sessions.models import LibraryEntry

TABLE = LibraryEntry._meta.db_table
FTS5 = "SELECT %s, rowid FROM library_index WHERE library_index MATCH %s"
COLUMNS = {"title": "title", "words": "words description", "front": "front", "rest": "rest"}
TSVECTOR = {name: f"SELECT %s, id FROM {TABLE} WHERE {name}_index @@ %s::tsquery" for name in COLUMNS}  # noqa: S608


class Matches(NamedTuple):
    """Masks of the entries that hold a word in these fields, whoever may see them."""

    title: int
    words: int
    front: int
    rest: int


def matches(snapshot: Snapshot, terms: Iterable[str]) -> Matches:
    """Entries with at least one of the terms, which are as `words.terms_of` makes them."""
    found: dict[str, list[int]] = {name: [] for name in COLUMNS}
    sql, values = (postgresql if connection.vendor == "postgresql" else sqlite)(list(terms))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for name, key in cursor.fetchall():
            found[name].append(key)
    return Matches(*(snapshot.mask_of_entries(found[name]) for name in Matches._fields))


def sqlite(terms: list[str]) -> tuple[str, list[str]]:
    """Each term in quotes, without which FTS5 reads "or" and "near" as its own words."""
    either = " OR ".join(f'"{term}"' for term in terms)
    values = [text for name, columns in COLUMNS.items() for text in (name, f"{{{columns}}} : ({either})")]
    return " UNION ALL ".join([FTS5] * len(COLUMNS)), values


def postgresql(terms: list[str]) -> tuple[str, list[str]]:
    either = " | ".join(f"'{term}'" for term in terms)
    return " UNION ALL ".join(TSVECTOR.values()), [text for name in COLUMNS for text in (name, either)]
