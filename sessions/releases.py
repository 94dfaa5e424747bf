"""What each release of an edition changed, read with as few rows as there were changes.

A slot that a release left as it was has the same sequence there and in the release before.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from conference.models import Edition
from sessions.changes import Change, changes_between
from sessions.freezing import TITLES
from sessions.models import Release, Session, Slot


def changes_of(release: Release) -> list[Change]:
    """Against the release before it; the first one added everything."""
    return changes_in([release])[release.pk]


def changes_in(releases: Iterable[Release], *, for_public: bool = False) -> dict[int, list[Change]]:
    """The changes of several releases of one edition by their pk, in two queries.

    For the public, what was withdrawn since loses its title: it is gone from every page.
    """
    rows = list(releases)
    here = Slot.objects.filter(release__in=rows)
    numbers = [release.number - 1 for release in rows]
    earlier = Slot.objects.filter(
        release__edition__in={release.edition_id for release in rows}, release__number__in=numbers
    )
    after, before = (by_number(differing(*one), for_public) for one in ((here, -1), (earlier, +1)))
    return {
        release.pk: changes_between(before[release.number - 1], after[release.number]) for release in rows
    }


def differing(slots: QuerySet[Slot], step: int) -> QuerySet[Slot]:
    """Of these released slots those that are not the same in the release that comes so many later."""
    same = Slot.objects.filter(
        release__edition=OuterRef("release__edition"),
        release__number=OuterRef("release__number") + step,
        guid=OuterRef("guid"),
        sequence=OuterRef("sequence"),
        is_cancelled=OuterRef("is_cancelled"),
    )
    return slots.filter(~Exists(same))


def by_number(slots: QuerySet[Slot], for_public: bool) -> dict[int, list[Slot]]:
    found: dict[int, list[Slot]] = defaultdict(list)
    rows = slots.annotate(in_release=F("release__number"), status=F("session__status"))
    for slot in rows:
        if for_public and slot.status not in Session.HAVE_A_PAGE:
            untitle(slot)
        found[slot.in_release].append(slot)
    return found


def untitle(slot: Slot) -> None:
    for name in TITLES:
        setattr(slot, name, "")


def with_counts(edition: Edition) -> QuerySet[Release]:
    """All releases, latest first, each with `changes`: how many items it changed."""
    slots = differing(Slot.objects.filter(release=OuterRef("pk")), -1)
    counted = slots.order_by().values("release").annotate(count=Count("pk")).values("count")
    return edition.releases.annotate(  # type: ignore[attr-defined]
        changes=Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    )
