"""People on stage."""

from speakers.models.invitation import Invitation
from speakers.models.speaker import Speaker

__all__ = ["Invitation", "Speaker"]
