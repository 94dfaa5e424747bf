"""Everything about one person as one ZIP: what the register finds, as JSON, with the files that belong to it."""

import json
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePath
from typing import Any, BinaryIO

from django.core.files.base import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, ForeignKey, Model
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from django_countries.fields import Country

from conference import clock
from conference.models import Site, User
from conference.privacy.register import TABLES, Personal, Table, tables
from conference.privacy.rows import rows_of

BLOCK = 1024 * 1024
Rows = dict[int, dict[str, Any]]
Open = Callable[[], BinaryIO | File]


class Everything:
    """What is found of one person; `files` says under which name each file goes into the ZIP, and how it is opened."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.files: dict[str, Open] = {}
        self._own: dict[str, set[Any]] = {}

    def as_json(self) -> str:
        said = {
            "site": str(Site.objects.filter(pk=1).first() or Site(pk=1)),
            "made_at": clock.now(),
            "about": _(
                "Everything that this site keeps of you. “meaning” says what each field is for and until when it is "
                "kept; files lie beside this one. Secrets that let somebody in are left out."
            ),
            "data": {each.label: rows for each in tables() if (rows := list(self.rows(each).values()))},
            "meaning": {
                each.label: [meaning(one) for one in each.personal] for each in tables() if each.personal
            },
        }
        return json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)

    def rows(self, said: Table) -> Rows:
        """By number; what several entries say of one row stands together."""
        found: Rows = {}
        for entry in said.personal:
            if entry.not_handed_out:
                continue
            for row in rows_of(said, entry, self.user):
                known = found.setdefault(row.pk, {"id": row.pk, **self.read(row, entry.beside)})
                known |= self.read_entry(row, entry)
                if said.makes and "makes" not in known:
                    known["makes"] = [
                        self.keep(row, name, made) for make in said.makes for name, made in make(row)
                    ]
        return found

    def read_entry(self, row: Model, entry: Personal) -> dict[str, Any]:
        return entry.read(row) if entry.read else self.read(row, entry.fields)

    def read(self, row: Model, fields: tuple[str, ...]) -> dict[str, Any]:
        return {name: self.value(row, name) for name in fields}

    def value(self, row: Model, name: str) -> Any:
        kind = row._meta.get_field(name)
        if isinstance(kind, ForeignKey):
            return self.related(row, kind)
        value = getattr(row, name)
        if isinstance(kind, FileField):
            return self.keep_stored(row, name, value)
        return str(value) if isinstance(value, Country) else value

    def related(self, row: Model, kind: ForeignKey) -> Any:
        """What it points to by its name; of what belongs to somebody else no more than the number."""
        number = getattr(row, kind.attname)
        said = TABLES.get(kind.related_model._meta.label)  # type: ignore[union-attr]
        is_somebodys = bool(said and (said.of or said.addressed))
        if number is None or (said and is_somebodys and number not in self.own(said)):
            return number
        return "you" if kind.related_model is User else str(getattr(row, kind.name))

    def own(self, said: Table) -> set[Any]:
        if said.label not in self._own:
            owned = (one for one in said.personal if (one.of, one.addressed) == (said.of, said.addressed))
            self._own[said.label] = {
                pk for one in owned for pk in rows_of(said, one, self.user).values_list("pk", flat=True)
            }
        return self._own[said.label]

    def keep_stored(self, row: Model, name: str, stored: FieldFile) -> str:
        if not stored:
            return ""
        at = stored.name or ""
        path = path_of(row, f"{name}{PurePath(at).suffix}")
        self.files[path] = lambda: stored.storage.open(at, "rb")
        return path

    def keep(self, row: Model, name: str, content: bytes) -> str:
        path = path_of(row, name)
        self.files[path] = lambda: BytesIO(content)
        return path


def path_of(row: Model, name: str) -> str:
    """Made of our own words: what somebody called a file becomes no path."""
    return f"files/{row._meta.model_name}-{row.pk}-{name}"


def meaning(one: Personal) -> dict[str, Any]:
    return {
        "fields": one.fields,
        "what": str(one.what),
        "purpose": str(one.purpose),
        "basis": f"{one.basis.label} (GDPR 6.1.{one.basis})",
        "seen_by": str(one.seen_by),
        "until": str(one.until_words),
        "left_out_because": one.not_handed_out,
    }


def write_zip(
    user: User, target: BinaryIO, step: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """`target` is written from the start; `step` hears how many files are in."""
    found = Everything(user)
    data = found.as_json()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as zipped:
        zipped.writestr("data.json", data, compress_type=zipfile.ZIP_DEFLATED)
        for done, (path, opened) in enumerate(found.files.items()):
            step(done, len(found.files))
            put(zipped, path, opened)


def put(zipped: zipfile.ZipFile, path: str, opened: Open) -> None:
    """A file that is missing on the disk costs itself only."""
    try:
        source = opened()
    except FileNotFoundError:
        return zipped.writestr(f"{path}.missing", "")
    with source, zipped.open(path, "w", force_zip64=True) as entry:
        for piece in pieces(source):
            entry.write(piece)
    return None


def pieces(source: Any) -> Iterator[bytes]:
    while piece := source.read(BLOCK):
        yield piece
