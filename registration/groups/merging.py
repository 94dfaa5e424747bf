"""Groups that were merged sit together: where each one's people really are."""

from collections.abc import Iterable

from registration.models import Group


def homes_of(groups: Iterable[Group]) -> dict[int, int]:
    """For each group of one or more plans, by pk, the group in which its people sit: itself, unless it was merged."""
    parents = {group.pk: group.merged_into_id for group in groups}
    return {pk: home_of(pk, parents) for pk in parents}


def home_of(pk: int, parents: dict[int, int | None]) -> int:
    seen = {pk}
    while (above := parents.get(pk)) and above in parents and above not in seen:
        pk = above
        seen.add(pk)
    return pk
