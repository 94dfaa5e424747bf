"""Which objects of the programme keep their former states."""

from conference.trail.records import track
from sessions.models import (
    Appearance,
    Audience,
    Competence,
    Level,
    Presentation,
    PresentationFile,
    Publication,
    PublicationPart,
    Session,
    SessionLink,
    SessionType,
    Slot,
    Subject,
    Topic,
    Track,
    Workshop,
)

OF_A_RELEASE = ["release", "title", "room_name", "speaker_names", "sequence", "is_cancelled"]
OF_A_FILE = ["file", "original_name", "content_type", "preview", "upload_link", "checked_at", "damage"]


def track_programme() -> None:
    for model in (SessionType, Audience, Level, Subject, Competence, Topic, PublicationPart):
        track(model)
    track(Track, edition="edition")
    track(Session, edition="edition", linked=["topics", "competences"], proxies=[Workshop])
    # A release is written once and for all; it is the draft that people change.
    track(
        Slot, edition="session__edition", skip=lambda slot: slot.release_id is not None, left_out=OF_A_RELEASE
    )
    track(SessionLink, edition="session__edition")
    track(Appearance, edition="session__edition", left_out=["asked_at"])
    track(
        Presentation, edition="edition",
        linked=["topics", "for_whom", "levels", "subjects", "competences"],
    )  # fmt: skip
    track(PresentationFile, edition="presentation__edition", left_out=OF_A_FILE)
    track(Publication, linked=["themes"])
