"""Who belongs to an organisation, on its form; each change goes through the services, which lock and write mails."""

from typing import Any

from django.contrib import admin
from django.forms import BaseModelFormSet

from conference.accounts.exceptions import MembershipRefused
from conference.models import Membership, Organisation, User
from conference.services import memberships

Status = Membership.Status


class MembershipInline(admin.TabularInline):
    model = Membership
    fields = ["user", "status", "is_administrator", "is_shown", "created_at"]
    readonly_fields = ["is_shown", "created_at"]
    autocomplete_fields = ["user"]
    extra = 0

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).select_related("user")


def save_memberships(formset: BaseModelFormSet, organisation: Organisation, by: User) -> list[str]:
    """Do what was changed in the rows; answers why some of it was refused."""
    formset.save(commit=False)  # finds out what changed, and saves nothing
    steps: list[Any] = [(ended, row, []) for row in formset.deleted_objects]
    steps += [(changed, row, fields) for row, fields in formset.changed_objects]
    steps += [(made, row, []) for row in formset.new_objects]
    refusals = []
    for step, row, fields in steps:
        try:
            step(row, fields, organisation, by)
        except MembershipRefused as refusal:
            refusals.append(str(refusal))
    return refusals


def ended(row: Membership, _fields: list[str], organisation: Organisation, by: User) -> None:
    memberships.remove(membership=row, by=by)
    Membership.objects.filter(pk=row.pk).exclude(status=Status.MEMBER).delete()


def changed(row: Membership, fields: list[str], organisation: Organisation, by: User) -> None:
    if "status" in fields and row.status == Status.MEMBER:
        memberships.approve(membership=row, by=by)
    elif "status" in fields:
        memberships.refuse(membership=row, by=by)
    if "is_administrator" in fields:
        memberships.set_administrator(membership=row, is_administrator=row.is_administrator, by=by)


def made(row: Membership, _fields: list[str], organisation: Organisation, by: User) -> None:
    """Somebody whom the organisers add; only as a member."""
    memberships.admit(user=row.user, organisation=organisation)
    if row.is_administrator:
        mine = Membership.objects.get(user=row.user, organisation=organisation)
        memberships.set_administrator(membership=mine, is_administrator=True, by=by)
