"""What returns in the register: the groups that people understand, the legal bases, who sees something, until when."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Group(TextChoices):
    """In the order of the privacy page."""

    ACCOUNT = "account", _("Your account")
    REGISTRATION = "registration", _("Your registrations")
    STAGE = "stage", _("If you speak")
    FILES = "files", _("Presentations and other files")
    MAIL = "mail", _("Mail")
    WORK = "work", _("If you help to run the site")
    LOGS = "logs", _("Security and logs")


class Basis(TextChoices):
    """Article 6, paragraph 1 of the GDPR."""

    CONTRACT = "b", _("needed for what you ask of us")
    CONSENT = "a", _("your consent")
    INTEREST = "f", _("our legitimate interest")


YOU = _("You.")
NOBODY = _("Nobody; the site uses it.")
EVERYBODY = _("Everybody.")
ORGANISERS = _("You and organisers.")
EDITORS = _("You, organisers and programme editors.")
DESK = _("You, organisers and the registration desk.")
DOOR = _("You, organisers, the registration desk and helpers at the door.")
ORGANISERS_ONLY = _("Organisers.")

UNTIL_CLOSED = _("Until you close your account.")
UNTIL_CHANGED = _("Until you change it or close your account.")
UNTIL_NAMELESS = _("Until you close your account; then it says no longer whose it was.")
UNTIL_DELETED = _("Until an organiser deletes it or you close your account.")
AS_YOU_CHOOSE = _("Until you close your account; your name with published talks as you choose then.")
