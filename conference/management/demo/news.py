"""News of the site and of the two conferences, the last of it public only in a week."""

from datetime import UTC, datetime, time, timedelta

from conference import clock
from conference.management.demo.base import Pair, both, first_day
from conference.models import Edition, NewsItem

# days from now, address, title, summary, text
OF_SECOND: list[tuple[int, str, Pair, Pair, Pair]] = [
    (-40, "registration-is-open",
     ("Registration is open", "De inschrijvingen zijn open"),
     ("Register, and choose your workshops as soon as they are announced.",
      "Schrijf je in, en kies je workshops zodra ze bekend zijn."),
     ("You need an account, which takes a minute.\n\n- Schools register their **colleagues** in one go.\n- Who cannot come "
      "gives the place back, and the next in the queue has it.",
      "Je hebt een account nodig, dat kost een minuut.\n\n- Scholen schrijven hun **collega's** in één keer in.\n- Wie niet "
      "kan komen, geeft de plaats terug, en de volgende in de rij krijgt ze.")),
    (-9, "programme-of-the-first-day",
     ("The programme of the first day stands", "Het programma van de eerste dag staat vast"),
     ("Who speaks when and where, and what you can book.", "Wie wanneer en waar spreekt, en wat je kunt boeken."),
     ("Take the timetable along in your own calendar: its address stands below the programme.",
      "Neem het programma mee in je eigen agenda: het adres staat onder het programma.")),
    (7, "how-to-get-there",
     ("How to get there", "Hoe kom je er"), ("Trains, bicycles and parking.", "Treinen, fietsen en parkeren."),
     ("Come by train if you can.", "Kom met de trein als het kan.")),
]  # fmt: skip
# days from the beginning of that conference
OF_FIRST: list[tuple[int, str, Pair, Pair, Pair]] = [
    (40, "presentations-are-here",
     ("All presentations are here", "Alle presentaties staan hier"),
     ("Slides of speakers and workshops can be looked into and downloaded.",
      "Slides van sprekers en workshops kun je inkijken en downloaden."),
     ("Most are open to everybody with an account.", "De meeste zijn open voor wie een account heeft.")),
]  # fmt: skip
OF_SITE: list[tuple[int, str, Pair, Pair, Pair]] = [
    (-20, "a-library-of-all-years",
     ("A library of all years", "Een bibliotheek van alle jaren"),
     ("Search through everything that was ever presented, down to the slide.",
      "Doorzoek alles wat ooit getoond is, tot op de slide."),
     ("Eight years of the programme and both conferences stand in one [library](/library/).",
      "Acht jaren van het programma en beide conferenties staan in één [bibliotheek](/nl/library/).")),
]  # fmt: skip


def load(first: Edition, second: Edition) -> None:
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    then = datetime.combine(first_day(first), time(9), UTC)
    NewsItem.objects.bulk_create(
        NewsItem(
            edition=edition,
            slug=slug,
            published_at=moment + timedelta(days=days),
            **both(title=title, summary=summary, body=body),
        )
        for edition, items, moment in (
            (second, OF_SECOND, now),
            (first, OF_FIRST, then),
            (None, OF_SITE, now),
        )
        for days, slug, title, summary, body in items
    )
