"""Make a publication: from all of its themes, part by part, in an order, and in the end for everybody.

Whoever changes the parts holds the publication's row first, so that two organisers take turns and positions have no gap.
Who says with `seen` which state they were shown changes nothing if somebody else was there meanwhile.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conference.content import touch
from conference.models import Theme
from conference.trail.records import note
from sessions.exceptions import PublicationChanged, PublicationRefused
from sessions.library.index import reindex, remove
from sessions.models import Kind, Presentation, Publication, PublicationPart, Session
from sessions.publications.outcomes import decisions_of
from sessions.publications.pictures import forget_pictures

Part = PublicationPart.Kind
Block = list[PublicationPart]  # a heading with what stands below it; only the first block may lack one


@transaction.atomic
def make_publication(*, themes: Sequence[Theme], title: str, slug: str, **details: object) -> Publication:
    """A draft with a chapter for each theme, in the order of the years, and what belongs to them."""
    years = [(theme.start_year, theme.end_year) for theme in themes]
    made = Publication.objects.create(
        title=title,
        slug=slug,
        start_year=min((start for start, _end in years), default=None),
        end_year=max((end for _start, end in years), default=None),
        **details,
    )
    add_themes(publication=made, themes=themes)
    return made


@transaction.atomic
def add_themes(*, publication: Publication, themes: Iterable[Theme]) -> int:
    """What is public of these themes and not yet in it: chapters, presentations, outcomes; how many parts."""
    blocks = locked_blocks(publication)
    chosen = sorted(themes, key=lambda theme: (theme.start_year, theme.end_year, theme.title))
    count = 0
    for theme in chosen:
        new = parts_of_theme(theme, list(chain(*blocks)))
        block = next((one for one in blocks if one and one[0].theme_id == theme.pk), None)
        if block is None:
            new.insert(0, PublicationPart(kind=Part.CHAPTER, theme=theme))
            blocks.append(new)
        else:
            block += new
        count += len(new)
    publication.themes.add(*chosen)
    write_order(publication, blocks)
    return count


def parts_of_theme(theme: Theme, known: Block) -> Block:
    """Presentations everybody may know of and sessions that decided something, in the order of the programme."""
    has_presentations = {part.presentation_id for part in known}
    has_outcomes = {part.session_id for part in known if part.kind == Part.OUTCOMES}
    of_sessions: dict[int | None, Block] = {}
    for one in presentations_of(theme):
        if one.pk not in has_presentations:
            part = PublicationPart(kind=Part.PRESENTATION, presentation=one)
            of_sessions.setdefault(one.session_id, []).append(part)
    sessions = list(sessions_of(theme))
    decided = decisions_of([session.pk for session in sessions if session.part_of_id is None])
    parts: Block = []
    for session in sessions:
        parts += of_sessions.pop(session.pk, [])
        if session.pk in decided and session.pk not in has_outcomes:
            parts.append(PublicationPart(kind=Part.OUTCOMES, session=session))
    return parts + list(chain(*of_sessions.values()))


def presentations_of(theme: Theme) -> Iterable[Presentation]:
    ours = Q(theme=theme) | Q(theme=None, edition__theme=theme)
    public = Presentation.objects.public().filter(ours, is_practice=False)
    listed = public.exclude(audience=Presentation.Audience.ORGANISERS)
    return listed.order_by("edition__starts_on", "position", "title", "pk")


def sessions_of(theme: Theme) -> Iterable[Session]:
    """Each followed by its parts."""
    found = Session.objects.published().filter(edition__theme=theme).exclude(kind=Kind.BREAK)
    order = ["position", F("number").asc(nulls_last=True), "pk"]
    rows = list(found.order_by("edition__starts_on", "edition", *order))
    below: dict[int | None, list[Session]] = {}
    for row in rows:
        below.setdefault(row.part_of_id, []).append(row)
    tops = [row for row in rows if row.part_of_id is None]
    return chain.from_iterable((top, *below.get(top.pk, [])) for top in tops)


@transaction.atomic
def move_part(*, part: PublicationPart, up: bool, seen: str = "") -> None:
    """One place up or down; a chapter goes with everything below it."""
    blocks = locked_blocks(part.publication, seen)
    if part.kind == Part.CHAPTER:
        place = next(number for number, block in enumerate(blocks) if block and block[0].pk == part.pk)
        other = place - 1 if up else place + 1
        if 1 <= other < len(blocks):  # what stands before the first heading stays there
            blocks[place], blocks[other] = blocks[other], blocks[place]
    else:
        parts = list(chain(*blocks))
        place = next(number for number, one in enumerate(parts) if one.pk == part.pk)
        other = place - 1 if up else place + 1
        if 0 <= other < len(parts):
            parts[place], parts[other] = parts[other], parts[place]
        blocks = [parts]
    write_order(part.publication, blocks)


@transaction.atomic
def order_parts(*, publication: Publication, keys: Sequence[int], seen: str = "") -> None:
    """In this order; parts that the list does not name keep theirs, behind it."""
    parts = list(chain(*locked_blocks(publication, seen)))
    places = {key: number for number, key in enumerate(keys)}
    parts.sort(key=lambda part: places.get(part.pk, len(places)))
    write_order(publication, [parts])


@transaction.atomic
def add_part(*, part: PublicationPart) -> PublicationPart:
    """A new part at the end."""
    blocks = locked_blocks(part.publication)
    write_order(part.publication, [*blocks, [part]])
    return part


@transaction.atomic
def remove_part(*, part: PublicationPart, seen: str = "") -> None:
    """A heading goes alone: what stood below it then stands below the one before. Its picture goes with it."""
    locked_blocks(part.publication, seen)
    forget_pictures(part.picture.name or "")
    part.delete()
    write_order(part.publication, locked_blocks(part.publication))


@transaction.atomic
def publish(*, publication: Publication, at: datetime | None = None, seen: str = "") -> Publication:
    locked = lock(publication, seen)
    if not locked.parts.exists() and not locked.introduction:  # type: ignore[attr-defined]
        raise PublicationRefused(_("There is nothing in it yet: add a part or write an introduction."))
    locked.is_published = True
    locked.published_on = locked.published_on or timezone.localdate(at)
    return changed(locked, "is_published", "published_on")


@transaction.atomic
def unpublish(*, publication: Publication) -> Publication:
    """A draft again, which only organisers see."""
    locked = lock(publication)
    locked.is_published = False
    return changed(locked, "is_published")


def changed(publication: Publication, *fields: str) -> Publication:
    """Stored, in the search, and new on every page that was kept."""
    publication.save(update_fields=[*fields, "updated_at"])
    reindex(publication)
    touch()
    return publication


@transaction.atomic
def delete_publications(publications: Iterable[Publication]) -> None:
    """With their parts and pictures; nobody finds them any more."""
    for publication in publications:
        locked = lock(publication)
        forget_pictures(*locked.parts.values_list("picture", flat=True))  # type: ignore[attr-defined]
        remove(locked)
        locked.delete()
    touch()


def lock(publication: Publication, seen: str = "") -> Publication:
    found = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if seen and seen != state_of(found):
        raise PublicationChanged(
            _(
                "Somebody else changed this publication meanwhile. Nothing was done: this is how it stands now."
            )
        )
    return found


def state_of(publication: Publication) -> str:
    """What every step of anybody changes."""
    return publication.updated_at.isoformat()


def locked_blocks(publication: Publication, seen: str = "") -> list[Block]:
    """Its parts in their order; the first block holds what stands before the first heading."""
    lock(publication, seen)
    blocks: list[Block] = [[]]
    for part in PublicationPart.objects.filter(publication=publication).order_by("position", "pk"):
        if part.kind == Part.CHAPTER:
            blocks.append([])
        blocks[-1].append(part)
    return blocks


def write_order(publication: Publication, blocks: Iterable[Block]) -> None:
    """Called with the publication locked; new parts are stored too."""
    moved = []
    for position, part in enumerate(chain(*blocks)):
        is_new = part.pk is None
        if is_new or part.position != position:
            part.publication, part.position = publication, position
            part.save() if is_new else moved.append(part)
    PublicationPart.objects.bulk_update(moved, ["position"])
    note(moved)
    changed(lock(publication))


@transaction.atomic
def change_part(*, part: PublicationPart) -> PublicationPart:
    """Store what was changed in it; its place stays. A picture that was replaced is forgotten."""
    locked = lock(part.publication)
    before, place = PublicationPart.objects.values_list("picture", "position").get(pk=part.pk)
    part.position = place  # somebody may have moved it while the form was open
    part.save()
    if before != part.picture.name:
        forget_pictures(before)
    changed(locked)
    return part
