"""The programme of an edition, who appears in it, and the presentations that stay."""

from sessions.models.appearance import Appearance
from sessions.models.column_memory import ColumnMemory
from sessions.models.competence import Competence
from sessions.models.library import LibraryEntry, LibraryState, LibraryWord
from sessions.models.practice_consent import PracticeConsent
from sessions.models.presentation import Credit, Presentation
from sessions.models.presentation_file import PresentationFile
from sessions.models.preview import Preview, PreviewPage
from sessions.models.publication import Publication, PublicationPart
from sessions.models.release import Release
from sessions.models.session import Session, Workshop
from sessions.models.session_link import SessionLink
from sessions.models.session_type import Kind, SessionType
from sessions.models.slot import Slot
from sessions.models.slot_change import SlotChange
from sessions.models.star import Star
from sessions.models.topic import FormerTopic, Topic, TopicWord
from sessions.models.track import Track
from sessions.models.upload_link import SlidesReminder, UploadLink
from sessions.models.vocabulary import Audience, Level, Subject

__all__ = [
    "Appearance",
    "Audience",
    "ColumnMemory",
    "Competence",
    "Credit",
    "FormerTopic",
    "Kind",
    "Level",
    "LibraryEntry",
    "LibraryState",
    "LibraryWord",
    "PracticeConsent",
    "Presentation",
    "PresentationFile",
    "Preview",
    "PreviewPage",
    "Publication",
    "PublicationPart",
    "Release",
    "Session",
    "SessionLink",
    "SessionType",
    "SlidesReminder",
    "Slot",
    "SlotChange",
    "Star",
    "Subject",
    "Topic",
    "TopicWord",
    "Track",
    "UploadLink",
    "Workshop",
]
