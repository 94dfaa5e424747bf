"""The programme of an edition, who appears in it, and the presentations that stay."""

from sessions.models.appearance import Appearance
from sessions.models.competence import Competence
from sessions.models.presentation import Credit, Presentation
from sessions.models.presentation_file import PresentationFile
from sessions.models.release import Release
from sessions.models.session import Session, Workshop
from sessions.models.session_link import SessionLink
from sessions.models.session_type import Kind, SessionType
from sessions.models.slot import Slot
from sessions.models.slot_change import SlotChange
from sessions.models.star import Star
from sessions.models.topic import Topic
from sessions.models.track import Track

__all__ = [
    "Appearance",
    "Competence",
    "Credit",
    "Kind",
    "Presentation",
    "PresentationFile",
    "Release",
    "Session",
    "SessionLink",
    "SessionType",
    "Slot",
    "SlotChange",
    "Star",
    "Topic",
    "Track",
    "Workshop",
]
