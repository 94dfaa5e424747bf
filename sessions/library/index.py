"""Keep what the library looks through current, in the transaction of each change."""

from sessions.models import Presentation, Publication, Session
from speakers.models import Speaker

Thing = Presentation | Session | Speaker | Publication


def reindex(*things: Thing) -> None:
    """Write the entries of these anew; call it after the change, in its transaction."""
