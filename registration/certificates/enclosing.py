"""The PDF of a certificate as the file of a mail, made when the mail leaves."""

import logging

from conference.mail.enclosures import Enclosure, encloses
from conference.typesetting import TypesettingFailed
from registration.certificates.pdf import file_name, pdf_of
from registration.models import Certificate

log = logging.getLogger(__name__)


@encloses("certificate")
def enclosed_certificate(key: str) -> list[Enclosure]:
    """Nothing, once it is revoked or gone; the mail leads to the page that has it anyway."""
    certificate = Certificate.objects.filter(guid=key, revoked_at=None).select_related("edition").first()
    if not certificate:
        return []
    try:
        return [Enclosure(file_name(certificate), pdf_of(certificate), "application/pdf")]
    except TypesettingFailed as failure:
        log.error("The certificate %s went without its PDF: %s", certificate.guid, failure)
        return []
