"""What becomes of a speaker's page, talks and files when their account is closed."""

import secrets
from functools import partial

from django.db import connection, transaction
from django.utils.translation import gettext as _

from conference.accounts.closing import Leaving
from conference.accounts.traces import erase_names_of, erase_words
from conference.content import touch
from conference.models import User
from sessions.library.index import reindex, remove
from sessions.models import Appearance, Credit, Presentation, PresentationFile, Slot, UploadLink
from sessions.services.storing import remove_unused
from speakers.changes import tell_changed, tell_deleting
from speakers.models import Availability, Invitation, Speaker


@transaction.atomic
def leave_stage(leaving: Leaving) -> None:
    """What is public stays, under the name or without it; what nobody decided about, and the person's page, go."""
    forget_undecided(leaving.user)
    leave_page(leaving)
    forget_deleted_words()


def leave_page(leaving: Leaving) -> None:
    speaker = Speaker.objects.select_for_update(of=("self",)).filter(user=leaving.user).first()
    if speaker is None:
        return
    for model in (Invitation, Availability, UploadLink):
        model.objects.filter(speaker=speaker).delete()
    if not speaker.appearances.exists() and not speaker.credits.exists():  # type: ignore[attr-defined]
        leave_entirely(speaker)
    else:
        if not leaving.name_stays:
            take_name_back(speaker, leaving.user)
        empty_page(speaker)
    touch()


def forget_deleted_words() -> None:
    """SQLite keeps the words of deleted rows in its index until it merges the parts of that; PostgreSQL does not."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO library_index (library_index) VALUES ('optimize')")


def leave_entirely(speaker: Speaker) -> None:
    tell_deleting(speaker)
    forget_portrait(speaker)
    erase_names_of([speaker])
    speaker.delete()


def empty_page(speaker: Speaker) -> None:
    """Of the page stays the name, whatever it is by now."""
    forget_portrait(speaker)
    speaker.user = None
    speaker.email = speaker.biography = speaker.portrait_description = speaker.website = ""
    speaker.portrait, speaker.country, speaker.origin = "", "", {}
    speaker.save()
    tell_changed(speaker)


def forget_portrait(speaker: Speaker) -> None:
    if name := speaker.portrait.name:
        transaction.on_commit(partial(speaker.portrait.storage.delete, name))


def take_name_back(speaker: Speaker, user: User) -> None:
    """From the page and its address, from talks, from released timetables and from what is printed on slides' pages."""
    names = {speaker.name, speaker.public_name}
    nameless = _("Name withdrawn")
    written = Credit.objects.filter(speaker=speaker)
    presentations = list(Presentation.objects.filter(credits__in=written).distinct())
    names |= set(written.values_list("name", flat=True))
    written.update(name=nameless)
    Appearance.objects.filter(speaker=speaker).update(role="", expertise="", organisation=None)
    for slot in (
        Slot.objects.filter(session__appearances__speaker=speaker).exclude(speaker_names="").distinct()
    ):
        said = slot.speaker_names.split(", ")
        slot.speaker_names = ", ".join(dict.fromkeys(nameless if one in names else one for one in said))
        slot.save(update_fields=["speaker_names"])
    erase_words(names, besides=user)
    erase_names_of([speaker])
    speaker.name, speaker.slug = nameless, f"speaker-{secrets.token_hex(4)}"
    speaker.save(update_fields=["name", "slug"])
    reindex(speaker, *presentations)


def forget_undecided(user: User) -> None:
    """Versions that no organiser approved, and presentations of which nothing else is left."""
    theirs = PresentationFile.objects.filter(uploaded_by=user).exclude(
        status=PresentationFile.Status.APPROVED
    )
    versions = [one for one in theirs if one.presentation.current_file_id != one.pk]
    files = {one.file.name for one in versions if one.file.name}
    touched = {one.presentation for one in versions}
    PresentationFile.objects.filter(pk__in=[one.pk for one in versions]).delete()
    for presentation in touched:
        if not presentation.versions.exists() and presentation.uploaded_by_id == user.pk:  # type: ignore[attr-defined]
            erase_names_of([presentation])
            remove(presentation)
            presentation.delete()
    transaction.on_commit(partial(remove_unused, files))
