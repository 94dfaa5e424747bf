"""People on stage."""

from speakers.models.availability import Availability
from speakers.models.invitation import Invitation
from speakers.models.speaker import Speaker

__all__ = ["Availability", "Invitation", "Speaker"]
