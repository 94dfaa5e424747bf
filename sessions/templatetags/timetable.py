"""The cells of a timetable: written here, because a large programme has a thousand of them."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from conference.templatetags.texts import text
from sessions.models import Session
from sessions.templatetags.programme import label_of
from sessions.timetable import Cell

register = template.Library()
NOTHING = mark_safe("")
EMPTY = mark_safe("<td></td>")


@register.simple_tag
def timetable_cell(cell: Cell) -> SafeString:
    """A cell with its items; those of the whole venue that run side by side stand side by side."""
    if not cell.items:
        return EMPTY
    items = format_html_join("", "{}", ((item_of(item.what),) for item in cell.items))
    if len(cell.items) > 1 and not cell.items[0].room:
        items = format_html('<div class="timetable-parallel">{}</div>', items)
    rows = format_html(' rowspan="{}"', cell.rows) if cell.rows > 1 else NOTHING
    columns = format_html(' colspan="{}"', cell.columns) if cell.columns > 1 else NOTHING
    return format_html("<td{}{}>{}</td>", rows, columns, items)


def item_of(one: dict[str, Any]) -> SafeString:
    """One item, from `sessions.programme.shown_of`."""
    if one["is_break"]:
        when = format_html('<span class="timetable-meta">{}</span>', one["when"])
        return format_html('<div class="timetable-break">{} {}</div>', one["title"], when)
    return format_html(
        '<div class="timetable-item" data-session="{}"{}><a href="{}">{}{}</a><p class="timetable-meta">{}{}{}</p>{}{}</div>',
        one["guid"],
        NOTHING if one["hue"] is None else format_html(' data-hue="{}"', one["hue"]),
        one["url"],
        f"{one['label']}. " if one["label"] else "",
        one["title"],
        one["when"],
        format_html('<span class="timetable-room">, {}</span>', one["room"]) if one["room"] else "",
        format_html(", {}", one["track"]) if one["track"] else "",
        format_html("<p>{}</p>", one["names"]) if one["names"] else "",
        parts_of(one["parts"]) if one["parts"] else "",
    )


def parts_of(sessions: list[Session]) -> SafeString:
    """What has no time of its own stands in its session."""
    rows = ((label_of(one), one.get_absolute_url(), text(one, "title")) for one in sessions)
    pattern = '<li><span class="session-meta">{}</span> <a href="{}">{}</a></li>'
    return format_html('<ul class="timetable-parts">{}</ul>', format_html_join("", pattern, rows))
