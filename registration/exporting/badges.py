"""What stands on a badge, for printers who lay it out themselves."""

from collections import defaultdict
from functools import cache

from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from registration.badges.people import Parts, add_part, appearances_in, joined
from registration.exporting.columns import Column, itself, person_columns

ON_A_BADGE = ["name", "organisation", "country", "type", "reference"]


def badge_columns(edition: Edition) -> list[Column]:
    """Parts are looked up once, when the first badge needs them."""
    person = {column.key: column for column in person_columns(itself)}

    @cache
    def parts() -> Parts:
        return parts_in(edition)

    return [
        *(person[key] for key in ON_A_BADGE),
        Column("part", _("part"), lambda row: joined(parts().get(row.user_id, []))),
        Column("badge_printed_at", _("badge printed"), lambda row: row.badge_printed_at),
    ]


def parts_in(edition: Edition) -> Parts:
    """By account: speaker, chair or what else somebody is in the programme."""
    parts: Parts = defaultdict(list)
    for one in appearances_in(edition):
        if one.speaker.user_id:
            add_part(parts, one.speaker.user_id, one)
    return parts
