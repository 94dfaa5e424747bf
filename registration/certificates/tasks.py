"""Long work with certificates: issue those of an edition; set all of them into files for the printer."""

import io
import zipfile

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.models import Edition
from conference.tasks import Progress, TaskRefused, handles
from conference.typesetting import TypesettingFailed
from registration.certificates.issuing import issue_due
from registration.certificates.pdf import file_name, pdfs_of
from registration.models import Certificate

ISSUE, FILES = "certificates", "certificate_files"
AT_ONCE = 100  # files from one child process


@handles(ISSUE)
def issue_certificates(progress: Progress) -> None:
    """Begun anew it goes on: whoever has one is left out."""
    edition = edition_of(progress)
    count = issue_due(edition=edition, by=progress.task.by, step=progress.step)
    words = ngettext("%(count)s certificate issued.", "%(count)s certificates issued.", count)
    progress.say(words % {"count": count})


@handles(FILES)
def collect_files(progress: Progress) -> None:
    """A ZIP with the PDF of every valid certificate."""
    edition = edition_of(progress)
    rows = list(Certificate.objects.filter(edition=edition, revoked_at=None).select_related("edition"))
    if not rows:
        raise TaskRefused(_("No certificate is valid."))
    collected = io.BytesIO()
    with zipfile.ZipFile(collected, "w") as files:  # PDFs are packed already
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            try:
                made = pdfs_of(some, seconds=120)
            except TypesettingFailed as failure:
                raise TaskRefused(_("The files could not be made. Try again later.")) from failure
            for certificate, pdf in zip(some, made, strict=True):
                files.writestr(file_name(certificate), pdf)
            progress.step(start + len(some), len(rows))
    name = f"certificates-{edition.slug}.zip"
    progress.keep(collected.getvalue(), name=name, content_type="application/zip")


def edition_of(progress: Progress) -> Edition:
    if not progress.task.edition:
        raise TaskRefused(_("The edition is gone."))
    return progress.task.edition
