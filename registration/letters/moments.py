"""When a letter goes by itself, and until when it is of any use: told from the edition, so that it moves with its dates."""

from datetime import date, datetime, time, timedelta

from conference import clock
from conference.models import Edition
from registration.models import Letter

Occasion = Letter.Occasion
THANKS_UNTIL = timedelta(days=60)  # after the edition


def moment_of(letter: Letter) -> datetime | None:
    """None as long as the edition has no such day."""
    day = day_of(letter)
    if not day:
        return None
    days = timedelta(days=letter.days)
    return there(
        letter.edition, day + days if letter.occasion == Occasion.THANKS else day - days, letter.clock
    )


def day_of(letter: Letter) -> date | None:
    """What the days are counted from; only dates that are known to the day."""
    edition = letter.edition
    if letter.occasion == Occasion.CLOSING:
        closes = edition.registration_closes_at
        return closes.astimezone(edition.zone).date() if closes else None
    if edition.date_precision != Edition.Precision.DAY:
        return None
    return edition.starts_on if letter.occasion == Occasion.TOMORROW else edition.last_day


def last_moment(letter: Letter) -> datetime | None:
    """From then on it would be senseless; of a letter that organisers send by hand only they know."""
    if not letter.occasion:
        return None
    edition, day = letter.edition, day_of(letter)
    if letter.occasion == Occasion.CLOSING or not day:
        return edition.registration_closes_at if letter.occasion == Occasion.CLOSING else None
    begins = there(edition, day, time(0))
    return begins if letter.occasion == Occasion.TOMORROW else begins + THANKS_UNTIL


def there(edition: Edition, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=edition.zone)


def is_due(letter: Letter, at: datetime | None = None) -> bool:
    moment = moment_of(letter)
    return moment is not None and moment <= (at or clock.now())


def is_too_late(letter: Letter, at: datetime | None = None) -> bool:
    last = last_moment(letter)
    return last is not None and last <= (at or clock.now())
