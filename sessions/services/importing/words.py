"""How the preview calls what is no field of the row it shows."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "time": _("time"),
    "room": _("room"),
    "persons": _("speakers"),
    "addresses": _("links"),
    "origin": _("what only exports say"),
}
KINDS = {
    "sessions": _("Sessions"),
    "speakers": _("Speakers"),
    "rooms": _("Rooms"),
    "tracks": _("Tracks"),
    "types": _("Session types"),
}
