"""A moment as people read it: on the clock where the edition is, with its time zone."""

from datetime import datetime

from conference.dates import date_format
from conference.models import Edition


def moment_words(moment: datetime, edition: Edition) -> str:
    """“Friday 5 March 2027, 18:00 CET”; seconds only where they are not zero."""
    there = moment.astimezone(edition.zone)
    return date_format(there, "l j F Y, H:i:s T" if there.second else "l j F Y, H:i T")
