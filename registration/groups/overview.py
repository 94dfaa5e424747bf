"""The groups of a session as the organiser sees them: who is where, and what asks for a hand."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registration.groups.members import members_of, standing
from registration.groups.own import Circle, circles_by_group, circles_in
from registration.groups.telling import is_ahead, is_moved
from registration.models import GroupPlace, GroupPlan, Registration


@dataclass
class Table:
    """A group with its people, against the fewest and the most it was made for."""

    circle: Circle
    places: list[GroupPlace] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.places)

    @property
    def state(self) -> str:
        group = self.circle.group
        if group.maximum is not None and self.count > group.maximum:
            return "over"
        return "under" if self.count < group.minimum else "fits"

    @property
    def bounds(self) -> str:
        group = self.circle.group
        if group.maximum is None:
            return _("at least %(fewest)s") % {"fewest": group.minimum} if group.minimum else ""
        if not group.minimum:
            return _("at most %(most)s") % {"most": group.maximum}
        return _("%(fewest)s to %(most)s") % {"fewest": group.minimum, "most": group.maximum}

    @property
    def findings(self) -> list[str]:
        """What the organiser may want to mend, in words."""
        group, found = self.circle.group, []
        if self.state == "over":
            found.append(_("%(count)s too many.") % {"count": self.count - (group.maximum or 0)})
        if self.state == "under":
            found.append(_("%(count)s too few.") % {"count": group.minimum - self.count})
        seats = group.room.capacity if group.room else None
        if seats is not None and self.count > seats:
            found.append(_("The room holds %(count)s.") % {"count": seats})
        if self.count and not self.circle.facilitators:
            found.append(_("Nobody facilitates it."))
        return found


@dataclass
class Overview:
    tables: list[Table]
    homeless: list[Registration]  # who takes part and has no group
    fixed: int = 0
    readers: int = 0  # who would be written to if the groups were published now
    moved: int = 0  # who was told of another group than the one in which they sit

    @property
    def words(self) -> str:
        count = sum(table.count for table in self.tables)
        return ngettext("%(count)s person in a group", "%(count)s people in groups", count) % {"count": count}


def overview_of(plan: GroupPlan) -> Overview:
    """In the same number of queries for any number of groups and people."""
    circles = circles_in(plan.groups.all())
    tables = {circle.group.pk: Table(circle) for circle in circles}
    homes: dict[int, Any] = circles_by_group(circles)
    rows = standing().filter(plan=plan).select_related("registration__user", "group")
    places = list(rows.order_by("registration__user__name", "pk"))
    for place in places:
        tables[homes[place.group_id].group.pk].places.append(place)
    missing = members_of(plan.session).exclude(group_places__plan=plan).select_related("user")
    found = Overview(list(tables.values()), list(missing.order_by("user__name", "pk")))
    for place in places:
        circle = homes[place.group_id]
        found.fixed += place.is_fixed
        if place.registration.user.is_active and is_ahead(plan):
            found.moved += is_moved(place, circle)
            found.readers += place.told_id != circle.group.pk
    return found
