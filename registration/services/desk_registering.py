"""Registers somebody who stands at the desk: a new account or their own, a place, and in through the door."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from conference.accounts.exceptions import AddressKnown
from conference.accounts.services import open_account, owner_of
from conference.models import Page, User
from registration.exceptions import AlreadyRegistered, BecameFull, Refusal
from registration.models import CheckIn, Registration, RegistrationType
from registration.services.check_in import check_in
from registration.services.registering import register


class FullAtTheDesk(Refusal):
    def __init__(self, kind: RegistrationType) -> None:
        super().__init__(kind)
        self.kind = kind

    def __str__(self) -> str:
        return _(
            "All %(count)s places of “%(kind)s” are taken. Nobody was registered. Choose another kind, or ask an "
            "organiser: they can place somebody although it is full."
        ) % {"kind": self.kind.name, "count": self.kind.capacity}


class AlreadyOnTheList(Refusal):
    def __str__(self) -> str:
        return _("There is a registration with this address already: look for the name at the desk.")


class AccountClosed(Refusal):
    def __str__(self) -> str:
        return _("This address belongs to an account that is closed. Ask an organiser.")


@transaction.atomic
def register_at_the_desk(
    *,
    by: User,
    registration_type: RegistrationType,
    name: str,
    email: str,
    country: str,
    role: str,
    language: str,
    organisation_name: str = "",
    at: datetime | None = None,
) -> Registration:
    """Raises a Refusal, and then nothing happened: no account, no mail, no place on a waiting list."""
    try:
        user = owner_of(email) or open_account(name=name, email=email, country=country, language=language)
        if not user.is_active:
            raise AccountClosed
        registration = register(
            user=user,
            registration_type=registration_type,
            role=role,
            country=country,
            organisation_name=organisation_name,
            consent_version=Page.objects.privacy_version(),
            may_wait=False,
            by_organiser=True,
            by=by,
            at=at,
        )
    except BecameFull as full:
        raise FullAtTheDesk(registration_type) from full
    except (AlreadyRegistered, AddressKnown) as known:
        raise AlreadyOnTheList from known
    if registration.is_confirmed:
        check_in(
            edition=registration.edition,
            nonce=uuid4(),
            by=by,
            registration=registration,
            way=CheckIn.Way.NAME,
            at=at,
        )
    return registration
