"""What a database holds, in numbers that can be compared: rows of each table and a sum over their contents."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db.models import FileField

from conference.backup.folders import folder_of

Rows = Callable[[str], Iterable[tuple[Any, ...]]]  # runs a query without parameters
Facts = dict[str, list[int | str]]  # of each table: how many rows, and their sum


def sqlite_facts(rows: Rows) -> Facts:
    """Virtual tables are left out: what they know lies in tables of their own."""
    names = rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    return {name: sum_in_python(rows(f"SELECT * FROM {quoted(name)}")) for (name,) in list(names)}  # noqa: S608


def sum_in_python(rows: Iterable[tuple[Any, ...]]) -> list[int | str]:
    """The order of the rows does not matter, so that a copy that was packed anew has the same sum."""
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode()).digest()[:8])
    return [count, str(total)]


def postgresql_facts(rows: Rows) -> Facts:
    """The same, computed where the rows are; the time zone of the session must be UTC."""
    names = rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    query = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {} t"
    return {name: list(next(iter(rows(query.format(quoted(name)))))) for (name,) in list(names)}


def files_named(rows: Rows) -> set[tuple[str, str]]:
    """Folder ("private", "media") and name of every file that some row of the site speaks of."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                folder = folder_of(field.storage)
                column, table = quoted(field.column or field.name), quoted(model._meta.db_table)
                query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''"  # noqa: S608  our own names
                found |= {(folder, name) for (name,) in rows(query)}
    return found


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def differences(before: Facts, after: Facts) -> list[str]:
    """In words, table by table; empty when all is as it was."""
    found = []
    for table in sorted({*before, *after}):
        then, now = before.get(table), after.get(table)
        if then is None or now is None:
            found.append(f"{table}: only in {'the backup' if now is None else 'the database'}")
        elif then[0] != now[0]:
            found.append(f"{table}: {then[0]} rows in the backup, {now[0]} in the database")
        elif then != now:
            found.append(f"{table}: other contents than in the backup")
    return found
