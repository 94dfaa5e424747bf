"""What the columns of a sheet may be, and which is which by its header, in the languages of the site."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

COLUMNS = {
    "title": _("title"),
    "subtitle": _("subtitle"),
    "abstract": _("abstract"),
    "description": _("description"),
    "date": _("day, or day and time"),
    "start": _("start"),
    "end": _("end"),
    "duration": _("duration"),
    "room": _("room"),
    "track": _("track"),
    "type": _("type"),
    "language": _("spoken language"),
    "persons": _("speakers"),
    "slug": _("address"),
    "guid": _("guid"),
    "id": _("number in the other house"),
    "links": _("links"),
    "recording_license": _("licence of the recording"),
    "do_not_record": _("not to be recorded"),
}

HEADERS = {
    "title": "title titel name naam talk session sessie lezing onderwerp workshop event activiteit titre nom intitule thema beitrag vortrag veranstaltung atelier seance",
    "subtitle": "subtitle ondertitel sous-titre untertitel",
    "abstract": "abstract samenvatting summary synopsis inhoud korte-beschrijving short-description resume kurzfassung zusammenfassung",
    "description": "description beschrijving omschrijving details toelichting full-description beschreibung",
    "date": "date day datum dag jour tag",
    "start": "start begin starts start-time begint aanvang starttijd begintijd time tijd tijdstip van from starts-at uur debut heure beginn startzeit uhrzeit von heure-de-debut anfang de",
    "end": "end ends end-time einde eindtijd eindigt tot until to ends-at fin ende endzeit bis heure-de-fin a",
    "duration": "duration duur length lengte minutes minuten tijdsduur duree dauer lange",
    "room": "room zaal lokaal location locatie ruimte plaats place venue salle lieu raum ort saal",
    "track": "track lijn spoor stream themalijn parcours strang filiere",
    "type": "type soort format kind categorie category vorm session-type sessietype genre typ art categorie-de-session",
    "language": "language taal lang voertaal spoken-language langue sprache",
    "persons": "speakers speaker sprekers spreker presenter presenters persons people personen speaker-names author authors auteur auteurs spreker-s speaker-s intervenants intervenant orateurs personnes vortragende referierende sprecher intervenante orateur referenten referent referentin sprecherin",
    "slug": "slug address adres adresse",
    "guid": "guid uuid",
    "id": "id code nummer number nr numero",
    "links": "links link url website urls liens lien verweise",
    "recording_license": "license licence licentie recording-license lizenz",
    "do_not_record": "do-not-record no-recording niet-opnemen not-to-be-recorded ne-pas-enregistrer nicht-aufzeichnen",
}
BY_HEADER = {word: name for name, words in HEADERS.items() for word in words.split()}


def without_accents(words: str) -> str:
    """Small letters as they stand in the lists above."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKD", words.strip().lower())
        if not unicodedata.combining(sign)
    )


def guessed(headers: Sequence[str]) -> dict[int, str]:
    """The column's meaning by its place; each meaning once, the first header that fits has it."""
    found: dict[int, str] = {}
    for place, header in enumerate(headers):
        name = BY_HEADER.get(re.sub(r"[^a-z0-9]+", "-", unaccented(header).lower()).strip("-"))
        if name and name not in found.values():
            found[place] = name
    return found


def unaccented(words: str) -> str:
    """“Durée” as “Duree”."""
    return unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()


def by_words(words: str, headers: Sequence[str]) -> dict[int, str]:
    """A mapping written as "title=Titel,start=Begin"; raises ValueError that names what is unknown."""
    places = {header.strip().casefold(): place for place, header in reversed(list(enumerate(headers)))}
    found: dict[int, str] = {}
    for pair in filter(None, (part.strip() for part in words.split(","))):
        name, _sign, header = (part.strip() for part in pair.partition("="))
        if name not in COLUMNS or header.casefold() not in places:
            raise ValueError(pair)
        found[places[header.casefold()]] = name
    return found


def is_complete(mapping: Mapping[int, str]) -> bool:
    """Whether every meaning occurs once and the one that must be there is."""
    return "title" in mapping.values() and len(set(mapping.values())) == len(mapping)
