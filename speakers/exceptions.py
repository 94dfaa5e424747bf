"""What is refused to speakers and those who invite them, in words that can be shown."""


class InvitationRefused(ValueError):  # noqa: N818
    """The invitation is not made or not accepted; its text says why."""


class InvitationSpent(InvitationRefused):
    """Used, expired, replaced by a later one, or never sent."""


class LogInFirst(InvitationRefused):
    """The invited address has an account: its owner has to log in."""


class TooManyTimes(ValueError):  # noqa: N818
    """A time that is not kept; its text says why."""
