"""What becomes of a speaker's page, talks and files when their account is closed."""

import secrets
from functools import partial

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from conference.accounts.closing import Leaving
from conference.accounts.traces import erase_address, erase_in_former_states, erase_names_of, erase_words
from conference.content import touch
from conference.models import User
from sessions.library.index import reindex, remove
from sessions.models import Appearance, Credit, Presentation, PresentationFile, Publication, Slot, UploadLink
from sessions.services.file_names import take_names_from_files
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
    written_to = addresses_on_stage(speaker)
    for model in (Invitation, Availability, UploadLink):
        model.objects.filter(speaker=speaker).delete()
    for address in written_to:
        erase_address(address, besides=leaving.user)
    if not speaker.appearances.exists() and not speaker.credits.exists():  # type: ignore[attr-defined]
        leave_entirely(speaker)
    else:
        if not leaving.name_stays:
            take_name_back(speaker, leaving.user)
        empty_page(speaker)
    touch()


def addresses_on_stage(speaker: Speaker) -> set[str]:
    """Where invitations and links to upload went, which need not be addresses of the account; nobody else's."""
    found = {speaker.email.lower()} - {""}
    for model in (Invitation, UploadLink):
        found |= {one.email.lower() for one in model.objects.filter(speaker=speaker) if one.email}
    others = set(User.objects.exclude(speaker=speaker).values_list("email", flat=True))
    others |= set(Speaker.objects.exclude(pk=speaker.pk).exclude(email="").values_list("email", flat=True))
    return found - {one.lower() for one in others}


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
    take_name_from_editors(names, nameless)
    take_names_from_files(presentations, names)
    erase_words(names, besides=user)
    erase_in_former_states(names)
    erase_names_of([speaker])
    speaker.name, speaker.slug = nameless, f"speaker-{secrets.token_hex(4)}"
    speaker.save(update_fields=["name", "slug"])
    reindex(speaker, *presentations)


def take_name_from_editors(names: set[str], nameless: str) -> None:
    """As printed on publications."""
    for publication in Publication.objects.exclude(editors=""):
        printed = [one.strip() for one in publication.editors.split(",")]
        if names & set(printed):
            publication.editors = ", ".join(nameless if one in names else one for one in printed)
            publication.save(update_fields=["editors", "updated_at"])
            reindex(publication)


def forget_undecided(user: User) -> None:
    """Versions that no organiser approved, by account or by link, and presentations of which nothing else is left."""
    sent = Q(uploaded_by=user) | Q(upload_link__speaker__user=user)
    theirs = PresentationFile.objects.filter(sent).exclude(status=PresentationFile.Status.APPROVED)
    versions = [one for one in theirs if one.presentation.current_file_id != one.pk]
    files = {one.file.name for one in versions if one.file.name}
    touched = {one.presentation for one in versions}
    touched |= set(Presentation.objects.filter(uploaded_by=user, versions=None))
    PresentationFile.objects.filter(pk__in=[one.pk for one in versions]).delete()
    for presentation in touched:
        if not presentation.versions.exists() and is_theirs(presentation, user):  # type: ignore[attr-defined]
            erase_names_of([presentation])
            remove(presentation)
            presentation.delete()
    transaction.on_commit(partial(remove_unused, files))


def is_theirs(presentation: Presentation, user: User) -> bool:
    """What came by a link nobody uploaded; it belongs to its only author."""
    if presentation.uploaded_by_id:
        return presentation.uploaded_by_id == user.pk
    authors = list(Credit.objects.filter(presentation=presentation).values_list("speaker__user", flat=True))
    return authors == [user.pk]
