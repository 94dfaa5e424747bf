"""Delete what is due by the rules of the register, or say how much that would be; how many, and never whose."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from conference import clock
from conference.privacy.register import Rule, rules

log = logging.getLogger("conference.retention")


def delete_due(rule: Rule, at: datetime | None = None) -> int:
    """What a late run finds is deleted then; a second run finds nothing."""
    count = rule.run(at or clock.now())
    if count:
        log.info("%s: %s deleted.", rule.name, count)
    return count


def count_due(rule: Rule, at: datetime | None = None) -> int:
    """Does it and takes it back, so that it cannot count anything else than what would be deleted."""
    at = at or clock.now()
    if rule.count:
        return rule.count(at)
    with transaction.atomic():
        count = rule.run(at)
        transaction.set_rollback(True)
    return count


def delete_all_due(at: datetime | None = None, *, is_dry: bool = False) -> Iterator[tuple[Rule, int]]:
    for rule in rules():
        yield rule, (count_due if is_dry else delete_due)(rule, at)
