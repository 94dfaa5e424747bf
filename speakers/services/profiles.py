"""Change what a speaker says about themselves, and their portrait with it."""

import uuid
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from conference.pictures import CleanPicture
from speakers.changes import tell_changed
from speakers.models import Speaker


@transaction.atomic
def save_profile(
    *, speaker: Speaker, portrait: CleanPicture | None = None, remove_portrait: bool = False
) -> Speaker:
    """The former portrait leaves the disk once the change is certain."""
    former = Speaker.objects.select_for_update(of=("self",)).get(pk=speaker.pk).portrait.name
    if portrait:
        name = f"{uuid.uuid4().hex}{portrait.extension}"
        speaker.portrait.save(name, ContentFile(portrait.content), save=False)
    elif remove_portrait:
        speaker.portrait = ""
    speaker.save()
    tell_changed(speaker)
    if former and former != speaker.portrait.name:
        transaction.on_commit(partial(speaker.portrait.storage.delete, former))
    return speaker
