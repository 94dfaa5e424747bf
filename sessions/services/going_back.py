"""Make an earlier version of a presentation the public one again."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from conference.models import User
from sessions.exceptions import PresentationRefused
from sessions.models import Presentation, PresentationFile
from sessions.services.presentations import approve_version

Status = PresentationFile.Status
KEPT = ["file", "link", "original_name", "format", "content_type", "size", "sha256", "preview", "checked_at"]


@transaction.atomic
def go_back(*, version: PresentationFile, by: User | None) -> PresentationFile:
    """The same file once more, as the newest version: what was public in between stays in its place and is told.

    The file lies in the store once, so this costs no room and asks for no quota.
    """
    rows = Presentation.objects.select_for_update(of=("self",))
    presentation = rows.get(pk=version.presentation_id)
    version.refresh_from_db()
    if presentation.withdrawn_at:
        raise PresentationRefused(_("This presentation is withdrawn. Bring it back first."))
    if presentation.current_file_id == version.pk:
        raise PresentationRefused(_("This version is the public one already."))
    if version.damage:
        raise PresentationRefused(
            _("The file of this version is missing or changed, so it cannot be public.")
        )
    newest = presentation.versions.aggregate(number=Max("number"))["number"] or 0
    again = PresentationFile.objects.create(
        presentation=presentation,
        number=newest + 1,
        status=Status.SUBMITTED,
        uploaded_by=version.uploaded_by,
        **{name: getattr(version, name) for name in KEPT},
    )
    return approve_version(version=again, by=by)
