"""What is kept in no table: by the visitor's own browser, in memory, in logs and backups."""

from django.utils.translation import gettext_lazy as _

from conference.personal import rules
from conference.privacy import words
from conference.privacy.register import elsewhere
from conference.privacy.words import Basis, Group

elsewhere(
    group=Group.LOGS, basis=Basis.CONTRACT, what=_("A cookie, once you log in or fill in a form"),
    purpose=_("To know that it is you who asks for the next page. Nobody who only reads gets one."),
    seen_by=words.NOBODY, until=_("14 days after your last visit, or until you log out."),
)  # fmt: skip
elsewhere(
    group=Group.LOGS, basis=Basis.CONTRACT,
    what=_("On your own device: your programme and pages you read, for use without a network"),
    purpose=_("So that you find your way at the venue. It stays with you."),
    seen_by=words.YOU, until=_("Until you log out or clear your browser."),
)  # fmt: skip
elsewhere(
    group=Group.LOGS, basis=Basis.INTEREST, what=_("Network addresses from which somebody logged in or tried to"),
    purpose=_("Against guessing passwords and against flooding."), seen_by=words.NOBODY, until=rules.CACHE,
)  # fmt: skip
elsewhere(
    group=Group.LOGS, basis=Basis.INTEREST, what=_("Logs: which pages broke, and how much was done"),
    purpose=_("To find errors. They hold no name, no mail address and no network address."),
    seen_by=_("Whoever runs the server."), until=_("As long as the server keeps its logs."),
)  # fmt: skip
elsewhere(
    group=Group.LOGS, basis=Basis.INTEREST, what=_("Backups of all this"),
    purpose=_("To get the site back after a disk died. Accounts closed since are closed again at once."),
    seen_by=_("Whoever runs the server."), until=_("Until a newer backup takes its place."),
)  # fmt: skip
