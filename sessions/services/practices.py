"""A member offers an own practice for the library; an organiser decides about it like about any presentation."""

from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from conference.models import User
from sessions.library.index import reindex
from sessions.models import Credit, Presentation, PresentationFile
from sessions.services.presentations import LABELS, _sender, _write_version
from sessions.services.sharing import guid_of_sending
from sessions.services.storing import stored
from speakers.models import Speaker

PRACTICES = UUID("6a0f6d0e-3b1c-4f0b-9a52-5a8a3c1f7e11")  # what is sent twice here is one practice


def share_practice(
    *, by: User, name: str, upload: File | None = None, link: str = "", mark: str = "", **details: Any
) -> Presentation:
    """With its first version, waiting for approval, and its author by the name they want printed.

    The name stays with it whatever becomes of the account.
    """
    labels = {label: details.pop(label) for label in LABELS if label in details}
    practice = Presentation(is_practice=True, uploaded_by=by, **details)
    with stored(upload, practice.guid) as file, transaction.atomic():
        guid = guid_of_sending(mark, _sender(by, None), PRACTICES, file, link)
        if guid and (known := PresentationFile.objects.filter(guid=guid).first()):
            return known.presentation
        practice.save()
        for label, chosen in labels.items():
            getattr(practice, label).set(chosen)
        speaker = Speaker.objects.filter(user=by).first()
        Credit.objects.create(presentation=practice, speaker=speaker, name=name)
        _write_version(practice, by, file, link, PresentationFile.Status.SUBMITTED, guid=guid)
        reindex(practice)  # nobody but its author finds it yet
    return practice
