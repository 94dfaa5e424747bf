"""Make one organisation of two that are the same: everything that belongs to the one belongs to the other then."""

from typing import Any

from django.db import transaction
from django.db.models import ManyToOneRel

from conference.changes import tell_organisation_changed
from conference.content import touch
from conference.models import EditionOrganisation, FormerAddress, Membership, Organisation

RANK = {Membership.Status.MEMBER: 0, Membership.Status.ASKED: 1, Membership.Status.REFUSED: 2}


@transaction.atomic
def merge_organisations(*, keep: Organisation, other: Organisation) -> Organisation:
    """Move all rows that point to `other`, in whatever app, and delete it; its address leads to `keep`. Whoever administered only the other one is
    a plain member now, unless nobody administers the one that stays."""
    rows = (
        Organisation.objects.select_for_update(of=("self",)).filter(pk__in=[keep.pk, other.pk]).order_by("pk")
    )
    found = {row.pk: row for row in rows}
    keep, other = found[keep.pk], found[other.pk]
    if keep == other:
        raise ValueError("An organisation is not merged with itself.")
    move_memberships(keep, other)
    move_parts(keep, other)
    for relation in Organisation._meta.related_objects:
        if relation.related_model not in (Membership, EditionOrganisation):
            move(relation, keep, other)
    fill_gaps(keep, other)
    other.delete()
    FormerAddress.objects.get_or_create(slug=other.slug, defaults={"organisation": keep})
    tell_organisation_changed(keep)
    touch()
    return keep


def move_memberships(keep: Organisation, other: Organisation) -> None:
    is_led = keep.memberships.administering().filter(user__is_active=True).exists()
    here = {row.user_id: row for row in keep.memberships.all()}
    for row in other.memberships.all():
        mine = here.get(row.user_id)
        is_administrator = row.is_administrator and not is_led
        if mine is None:
            Membership.objects.filter(pk=row.pk).update(organisation=keep, is_administrator=is_administrator)
        elif RANK[Membership.Status(row.status)] < RANK[Membership.Status(mine.status)]:
            mine.status, mine.decided_at, mine.is_administrator = row.status, row.decided_at, is_administrator
            mine.save(update_fields=["status", "decided_at", "is_administrator"])
        elif is_administrator:
            Membership.objects.members().filter(pk=mine.pk).update(is_administrator=True)
    other.memberships.all().delete()


def move_parts(keep: Organisation, other: Organisation) -> None:
    """Each part in an edition once."""
    here = set(keep.parts.values_list("edition", "part"))
    for row in other.parts.all():
        if (row.edition_id, row.part) in here:
            row.delete()
        else:
            EditionOrganisation.objects.filter(pk=row.pk).update(organisation=keep)


def move(relation: Any, keep: Organisation, other: Organisation) -> None:
    name = relation.field.name
    pointing = relation.related_model._base_manager.filter(**{name: other})
    if isinstance(relation, ManyToOneRel):
        pointing.update(**{name: keep})
        return
    if not relation.through._meta.auto_created:
        return  # its rows are moved as what they are
    for row in pointing:
        getattr(row, name).add(keep)
        getattr(row, name).remove(other)


def fill_gaps(keep: Organisation, other: Organisation) -> None:
    """What only the other one said of itself; the domain that lets people in is nobody's to bring along."""
    for field in ("acronym", "city", "country", "website", "logo"):
        if not getattr(keep, field) and getattr(other, field):
            setattr(keep, field, getattr(other, field))
    keep.save()
