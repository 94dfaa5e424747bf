"""The rows of one person, as the register finds them."""

from django.db.models import Q, QuerySet

from conference.accounts.traces import addresses_of
from conference.models import User
from conference.privacy.register import Personal, Table


def rows_of(said: Table, entry: Personal, user: User) -> QuerySet:
    """Those that belong to the account, and those that name one of its addresses; without a way to either, none."""
    found = entry.whose(user) if entry.whose else Q(pk__in=[])
    for path in entry.of:
        found |= Q(**{path: user.pk})
    for path in entry.addressed:
        for address in addresses_of(user):
            found |= Q(**{f"{path}__iexact": address})
    return said.model._base_manager.filter(found).distinct().order_by("pk")
