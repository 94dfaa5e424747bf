"""How far a presentation is on its way to the public, and what its speaker does next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions.models import Presentation, PresentationFile

Status = PresentationFile.Status


@dataclass(frozen=True)
class Progress:
    status: str  # what the badge says
    words: str
    next_step: str


def progress_of(presentation: Presentation, versions: list[PresentationFile]) -> Progress:
    """From the versions, latest first; asks the database nothing."""
    if presentation.withdrawn_at:
        return Progress("withdrawn", _("Withdrawn"), _("Ask the organisers if it should come back."))
    if not versions:
        return Progress("draft", _("No file yet"), _("Send a file or a link."))
    status = versions[0].status
    return Progress(
        status, Status(status).label.capitalize(), _next_step(status, _is_public(presentation, versions))
    )


def _is_public(presentation: Presentation, versions: list[PresentationFile]) -> bool:
    """An earlier version is public while the latest is on its way."""
    return presentation.current_file_id is not None and presentation.current_file_id != versions[0].pk


def _next_step(status: str, earlier_is_public: bool) -> str:
    steps = {
        Status.DRAFT: _("Submit it when it is ready."),
        Status.SUBMITTED: _("The organisers look at it now; you get a mail."),
        Status.APPROVED: _("Nothing to do: it is on the site."),
        Status.REFUSED: _("Read the reason and send a new version."),
    }
    step = steps[Status(status)]
    return step + " " + _("The version before stays public until then.") if earlier_is_public else step
