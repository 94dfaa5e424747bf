"""Why a registration cannot be handed over, taken over, or made for colleagues, in words that can be shown."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registration.exceptions import Refusal


class ClaimSpent(Refusal):
    def __str__(self) -> str:
        return _("This link no longer works.")


class LogInFirst(Refusal):
    """The address has an account: whoever reads its mail can log in."""

    def __str__(self) -> str:
        return _("Your address has an account already. Log in, and come back here.")


class NoHandingOver(Refusal):
    def __str__(self) -> str:
        return _("This registration cannot be handed over.")


class OwnAddress(Refusal):
    def __str__(self) -> str:
        return _("That is your own address.")


class TooManyMails(Refusal):
    def __str__(self) -> str:
        return _("Too many mails were asked for today. Nothing was changed; go on tomorrow.")


class MailedJustNow(Refusal):
    """A button pressed twice sends one mail, and the link in it stays good."""

    def __str__(self) -> str:
        return _("A link went to this address less than ten minutes ago, and it works. Nothing was changed.")


class NotOfOrganisation(Refusal):
    def __str__(self) -> str:
        return _(
            "Only members of the organisation register colleagues, and only administrators where places are for members."
        )


class PlacesLack(Refusal):
    """There are fewer places than people; nobody was registered."""

    def __init__(self, left: int, wanted: int) -> None:
        super().__init__(left, wanted)
        self.left, self.wanted = left, wanted

    def __str__(self) -> str:
        if not self.left:
            return _("No place is left, so nobody was registered.")
        return ngettext(
            "Only %(left)s place is left for %(wanted)s people, so nobody was registered. Take some away, or choose another kind.",
            "Only %(left)s places are left for %(wanted)s people, so nobody was registered. Take some away, or choose another kind.",
            self.left,
        ) % {"left": self.left, "wanted": self.wanted}


class TooManyHeld(Refusal):
    """So many places already wait for colleagues that these would be too many; nobody was registered."""

    def __init__(self, most: int, held: int, wanted: int) -> None:
        super().__init__(most, held, wanted)
        self.most, self.held, self.wanted = most, held, wanted

    def __str__(self) -> str:
        return _(
            "At most %(most)s places are kept for colleagues of one organisation, and %(held)s wait to be taken over. "
            "With these %(wanted)s it would be too many, so nobody was registered."
        ) % {"most": self.most, "held": self.held, "wanted": self.wanted}


class RowsRefused(Refusal):
    """Which of the colleagues cannot be registered, and why; nobody was."""

    def __init__(self, rows: dict[int, str]) -> None:
        super().__init__(rows)
        self.rows = rows

    def __str__(self) -> str:
        return _("Nobody was registered: look at the rows that are marked.")
