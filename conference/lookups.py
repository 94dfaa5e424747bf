"""A key that no row can have is the key of no row: keys come from forms and addresses, and anyone can write those.

Django says so when a plain number is compared. In a list, or as the key of another row, a number that is too large
for the database, or a word in place of a number, would otherwise end in an error.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignKey, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In

LARGEST = 2**63 - 1  # of SQLite and PostgreSQL


def fits(value: Any) -> bool:
    """What is no number is for Django to judge."""
    return not isinstance(value, int) or -LARGEST <= value <= LARGEST


def is_number(value: Any) -> bool:
    if not isinstance(value, str):
        return fits(value)
    try:
        return fits(int(value))
    except ValueError:
        return False


@IntegerField.register_lookup
class InOfNumbers(In):
    def get_prep_lookup(self) -> Any:
        if self.rhs_is_direct_value():
            self.rhs = [value for value in self.rhs if is_number(value)]
        return super().get_prep_lookup()


@ForeignKey.register_lookup
class InOfKeys(RelatedIn):
    def get_prep_lookup(self) -> Any:
        keys = super().get_prep_lookup()
        return [key for key in keys if fits(key)] if self.rhs_is_direct_value() else keys


@ForeignKey.register_lookup
class ExactOfKey(RelatedExact):
    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not fits(self.rhs):
            raise EmptyResultSet
        return super().as_sql(compiler, connection)
