"""Who may take which kind of registration: everyone, who has the link, members, addresses of a domain."""

from datetime import datetime
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet, prefetch_related_objects

from conference.models import Edition, Membership, Organisation, User
from registration.models import RegistrationType

ForWhom = RegistrationType.ForWhom


class Taker:
    """Whoever wants to register, with what decides about them; each fact is asked for once, and only if needed."""

    def __init__(self, user: Any = None, invitation_key: str = "") -> None:
        self.user: User | None = user if user and user.is_authenticated else None
        self.invitation_key = invitation_key

    @cached_property
    def organisations(self) -> set[int]:
        """Of which they are a member; who only asked to be one is none."""
        members = Membership.objects.members().filter(user=self.user)
        return set(members.values_list("organisation_id", flat=True))

    @cached_property
    def domains(self) -> set[str]:
        """Those of their confirmed addresses."""
        addresses = EmailAddress.objects.filter(user=self.user, verified=True)
        return {email.rpartition("@")[2].lower() for email in addresses.values_list("email", flat=True)}

    def may_take(self, kind: RegistrationType) -> bool:
        if kind.for_whom == ForWhom.EVERYONE:
            return True
        if kind.for_whom == ForWhom.INVITED:
            return bool(self.invitation_key) and kind.invitation_key == self.invitation_key
        if self.user is None:
            return False
        if kind.for_whom == ForWhom.DOMAIN:
            return not self.domains.isdisjoint(domains_of(kind))
        return bool(self.memberships_for(kind))

    def memberships_for(self, kind: RegistrationType) -> set[int]:
        """The organisations by which they may take a kind for members; all of theirs where none is named."""
        if not self.organisations:
            return set()
        named = {organisation.pk for organisation in kind.organisations.all()}
        return self.organisations & named if named else self.organisations


def domains_of(kind: RegistrationType) -> set[str]:
    """As they were typed, without commas and signs around them; a domain below one of them is another domain."""
    words = kind.domains.replace(",", " ").replace(";", " ").split()
    return {word.strip("@.").lower() for word in words} - {""}


def known_types(
    edition: Edition,
    *,
    user: Any = None,
    invitation_key: str = "",
    types: list[RegistrationType] | None = None,
) -> list[RegistrationType]:
    """An edition's types that this person may take, in order, open or not: of others they learn nothing."""
    taker = Taker(user, invitation_key)
    found = types if types is not None else types_of(edition, RegistrationType.objects.all())
    return [kind for kind in found if taker.may_take(kind)]


def types_of(edition: Edition, among: QuerySet[RegistrationType]) -> list[RegistrationType]:
    """All of an edition, in order; the organisations come along for those that are for members, if there are any."""
    found = list(among.filter(edition=edition))
    for kind in found:
        kind.edition = edition
    prefetch_related_objects([kind for kind in found if kind.for_whom == ForWhom.MEMBERS], "organisations")
    return found


def types_for(
    edition: Edition, *, user: Any = None, invitation_key: str = "", at: datetime | None = None
) -> list[RegistrationType]:
    """Kinds of registration that are open now and that this person may take, in order."""
    known = known_types(edition, user=user, invitation_key=invitation_key)
    return [kind for kind in known if kind.is_open(at)]


def may_take(kind: RegistrationType, *, user: User, invitation_key: str = "") -> bool:
    return Taker(user, invitation_key).may_take(kind)


def membership_for(kind: RegistrationType, user: User) -> Organisation | None:
    """The organisation for which a person takes a kind for members; nothing for other kinds."""
    if kind.for_whom != ForWhom.MEMBERS:
        return None
    return Organisation.objects.filter(pk__in=Taker(user).memberships_for(kind)).order_by("pk").first()
