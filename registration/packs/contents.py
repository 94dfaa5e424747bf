"""What is in a pack for whoever asks: the files they may have now, and the names of what else there is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import BinaryIO, cast

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from conference.viewer import Viewer
from registration.packs.book import book_entries
from registration.packs.holder import Holder, NoLongerYours
from registration.packs.names import file_name, path
from registration.packs.sheets import sheets_of
from registration.packs.sums import sums_of
from registration.packs.wanted import Wanted
from registration.packs.zipping import Entry, StoredZip
from registration.services.downloads import country_of, record_downloads, report_missing
from sessions.access import Access, access_of_all
from sessions.models import Presentation, PresentationFile
from sessions.models.presentation import PresentationQuerySet


@dataclass(frozen=True)
class Item:
    """One presentation of the pack; without a path it stands in the contents page only."""

    presentation: Presentation
    access: Access
    path: str = ""
    crc32: int = 0
    size: int = 0

    @property
    def version(self) -> PresentationFile:
        return cast(PresentationFile, self.presentation.current_file)

    @property
    def link(self) -> str:
        """A film or a page elsewhere, for whoever may have it."""
        return self.version.link if self.access.is_open else ""


@dataclass(frozen=True)
class Pack:
    wanted: Wanted
    holder: Holder
    items: list[Item]

    @property
    def files(self) -> list[Item]:
        return [item for item in self.items if item.path]

    @property
    def links(self) -> list[Item]:
        return [item for item in self.items if item.link]

    @property
    def others(self) -> list[Item]:
        """What there is besides, with what opens it."""
        return [item for item in self.items if not item.path and not item.link]

    @property
    def size(self) -> int:
        """Of all files together, as their rows say."""
        return sum(item.size for item in self.files)

    @property
    def is_empty(self) -> bool:
        return not self.files and not self.links and not self.wanted.publication


def pack_of(wanted: Wanted, holder: Holder, viewer: Viewer) -> Pack | None:
    """As it is now; None when the viewer may not even know of anything in it. A constant number of queries."""
    listed = wanted.presentations.listed_to(viewer).filter(current_file__isnull=False)
    rows = list(in_order(listed))
    if not rows and not wanted.publication:
        return None
    access = access_of_all(rows, viewer)
    return Pack(wanted, holder, [item_of(row, access[row.pk], wanted) for row in rows])


def in_order(presentations: PresentationQuerySet) -> PresentationQuerySet:
    """Edition after edition, as their pages list them."""
    rows = presentations.select_related("current_file", "session__edition", "edition").prefetch_related(
        "credits__speaker"
    )
    number = F("session__number").asc(nulls_last=True)
    return rows.order_by(
        "edition__starts_on",
        "edition",
        "session__position",
        number,
        "session__title",
        "position",
        "title",
        "pk",
    )


def item_of(row: Presentation, access: Access, wanted: Wanted) -> Item:
    item = Item(row, access)
    if not access.is_open or item.version.link:
        return item
    return replace(item, path=path_of(row, wanted), size=item.version.size)


def path_of(row: Presentation, wanted: Wanted) -> str:
    edition = row.edition.slug if row.edition and row.edition_id != wanted.edition else ""
    session = row.session.slug if row.session and row.session_id != wanted.session else ""
    version = cast(PresentationFile, row.current_file)
    return path(wanted.name, edition, session, name=file_name(row.title, row.guid, version.format))


# --- As a ZIP -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Packed:
    """A pack ready to be sent: its ZIP, and what tells it from any other."""

    pack: Pack
    zip: StoredZip
    etag: str

    @property
    def file_name(self) -> str:
        return f"{self.pack.wanted.name}.zip"


def packed(pack: Pack, *, records: bool = True, step: Callable[[int], None] = lambda done: None) -> Packed:
    """With the sums of its files; what is missing on disk is told to the site and left out."""
    sums = sums_of([item.version for item in pack.files], step)
    items = [present(item, sums.get(item.version.pk)) for item in pack.items]
    pack = replace(pack, items=items)
    sheets, book = sheets_of(pack), book_entries(pack)
    entries = [*sheets, *book, *(entry_of(item, pack.holder, records=records) for item in pack.files)]
    return Packed(pack, StoredZip(entries), etag_of(pack, sheets, book))


def present(item: Item, known: tuple[int, int] | None) -> Item:
    if not item.path:
        return item
    if known is None:
        report_missing(item.version)
        return replace(item, path="", access=Access("closed", _("File temporarily missing")))
    return replace(item, crc32=known[0], size=known[1])


def entry_of(item: Item, holder: Holder, *, records: bool) -> Entry:
    def give(start: int) -> BinaryIO:
        return open_if_allowed(item, holder, records=records and start == 0)

    return Entry(item.path, item.size, item.crc32, item.version.created_at, give)


def open_if_allowed(item: Item, holder: Holder, *, records: bool) -> BinaryIO:
    """Ask the one rule again, now that the file's turn has come; raises NoLongerYours, OSError."""
    user = holder.user()
    still = Presentation.objects.downloadable_by(holder.viewer()).filter(
        pk=item.presentation.pk, current_file=item.version.pk
    )
    if not still.exists():
        raise NoLongerYours
    if records:
        record_downloads([item.version], country_of(user or AnonymousUser()), holder.reader)
    if not connection.in_atomic_block:
        connection.close()  # while the bytes go out, somebody else needs it
    return cast(BinaryIO, item.version.file.open("rb"))


def etag_of(pack: Pack, sheets: list[Entry], book: list[Entry]) -> str:
    """One word for exactly these bytes, which tells nobody else what is in them."""
    said = [f"{one.name} {one.size} {sha256(one.open(0).read()).hexdigest()}" for one in sheets]
    said += [f"{one.name} {one.size} {one.crc32}" for one in book]
    said += [
        f"{item.path} {item.presentation.guid} {item.version.guid} {item.version.sha256} {item.crc32} {item.size}"
        for item in pack.files
    ]
    return salted_hmac("registration.packs", "\n".join([str(pack.holder.user_id), *said])).hexdigest()[:40]
