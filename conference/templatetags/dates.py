"""Dates of editions and times of sessions in templates."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from conference import dates
from conference.models import Edition

register = template.Library()
register.filter("day_name", dates.day_name)
register.filter("zone_name", dates.zone_name)


@register.filter
def dates_of(edition: Edition) -> str | SafeString:
    words = dates.dates_of(edition)
    return format_html('<time datetime="{}">{}</time>', dates.machine_date(edition), words) if words else ""


@register.filter
def year_of(day: date | None) -> str:
    return str(day.year) if day else ""


@register.simple_tag
def clock(at: datetime, zone: ZoneInfo) -> SafeString:
    return timed(at, dates.clock(at, zone))


@register.simple_tag
def clock_range(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> SafeString:
    return timed(starts_at, dates.clock_range(starts_at, ends_at, zone))


@register.simple_tag
def moment_range(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> SafeString:
    """With its end for the script that adds the visitor's own time."""
    return format_html(
        '<time datetime="{}" data-until="{}">{}</time>',
        machine_moment(starts_at),
        machine_moment(ends_at),
        dates.moment_range(starts_at, ends_at, zone),
    )


def timed(at: datetime, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine_moment(at), words)


def machine_moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
