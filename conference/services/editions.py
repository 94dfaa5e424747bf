"""Show an edition to the public, or take it back."""

from django.db import transaction

from conference.changes import tell_edition_changed
from conference.models import Edition


@transaction.atomic
def set_published(*, edition: Edition, is_published: bool) -> Edition:
    """Everything of an edition is public or hidden with it."""
    locked = Edition.objects.select_for_update(no_key=True, of=("self",)).get(pk=edition.pk)
    if locked.is_published != is_published:
        locked.is_published = is_published
        locked.save(update_fields=["is_published", "updated_at"])
        tell_edition_changed(locked)
    edition.is_published, edition.updated_at = locked.is_published, locked.updated_at
    return edition
