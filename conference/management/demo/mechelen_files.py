"""What the 1st conference left behind: a real document in every audience and every state."""

from datetime import timedelta

from django.core.files.base import ContentFile

from conference import clock
from conference.management.demo.base import link, presentation, version
from conference.models import User
from sessions.models import PresentationFile, Session
from sessions.models.presentation_file import private_storage
from sessions.services.checking import check_file


def load(sessions: dict[int, Session], workshops: dict[int, Session], accounts: dict[str, User]) -> None:
    """One file in every audience and every state."""
    by = accounts["organiser"]
    soon = clock.now() + timedelta(days=14)

    version(
        presentation(sessions[1], "An introduction to individual pupil mobility", by, audience="everyone")
    )
    version(
        presentation(sessions[1], "Civil society perspective on IPM", by, audience="members"),
        file_format="pptx",
    )
    version(presentation(sessions[2], "Training teachers at local level", by, audience="attendees"))
    version(
        presentation(sessions[2], "Handbook for trainers", by, kind="handout"),
        file_format="docx",
        status="draft",
    )
    version(presentation(sessions[4], "Notes of the panel", by, audience="organisers", kind="paper"))
    version(
        presentation(
            sessions[5], "Programmes that carry pupils abroad", by, audience="everyone", opens_at=soon
        )
    )
    version(
        presentation(sessions[5], "Overview of funding calls", by, audience="everyone"), status="refused",
        reason="The figures on page 2 are of last year. Please bring them up to date and upload again.",
    )  # fmt: skip

    group = sessions[6].parts.get(number=1)
    canvas = presentation(
        group, "A canvas for your national hub", accounts["speaker"], audience="everyone", kind="handout"
    )
    version(canvas, file_format="odp")
    dutch = presentation(
        group,
        "Een canvas voor je nationale knooppunt",
        accounts["speaker"],
        audience="members",
        language="nl",
    )
    version(dutch, file_format="pptx")
    version(dutch, file_format="pptx", status="submitted")

    link(
        presentation(workshops[1], "Preparing a visit", by, audience="everyone", kind="other"),
        "https://example.org/visit",
    )
    version(presentation(workshops[2], "Navigating a globalised world", by, audience="everyone"))
    twice = presentation(workshops[3], "Us versus Them: dealing with polarisation", by, audience="members")
    version(
        twice,
        lines=("Polarisation has players, pushers and a silent middle.", "Three exercises for a class."),
    )
    version(
        twice, lines=("Polarisation has pushers, joiners and a silent middle.", "Four exercises for a class.")
    )
    version(
        presentation(workshops[4], "The mosaic of Pitzemburg", by, audience="attendees"), file_format="pptx"
    )
    withdrawn = presentation(workshops[4], "An earlier version of the mosaic", by, audience="everyone")
    lose_half(version(withdrawn))
    withdrawn.withdrawn_at = clock.now()
    withdrawn.save()


def lose_half(stored: PresentationFile) -> None:
    """As a bad disk would; the check of each night finds it, and so it stands in the list of files."""
    storage, name = private_storage(), stored.file.name or ""
    with storage.open(name, "rb") as file:
        content = file.read()
    storage.delete(name)
    storage.save(name, ContentFile(content[: len(content) // 2]))
    check_file(name)
