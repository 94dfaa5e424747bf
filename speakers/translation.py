"""Nothing of a speaker exists in several languages; what is read here is that former states are kept."""

from conference.trail.records import track
from speakers.models import Speaker

track(Speaker, person="user")
