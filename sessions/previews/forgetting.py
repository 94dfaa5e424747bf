"""Previews go with the last file that has their content: texts, pictures, and what a worker that died left of them."""

from django.db import transaction

from sessions.models import Preview
from sessions.models.presentation_file import private_storage
from sessions.previews.pictures import clear, folders_of_pictures


def forget_unused() -> int:
    """Those that no version has any more, with their texts, and soon after with their pictures."""
    return sum(forget(one) for one in Preview.objects.filter(versions=None))


@transaction.atomic
def forget(preview: Preview) -> bool:
    """Unless somebody uploaded the same content meanwhile."""
    locked = Preview.objects.select_for_update().filter(pk=preview.pk).first()
    if not locked or locked.versions.exists():
        return False
    locked.delete()
    transaction.on_commit(lambda: clear_if_gone(preview))
    return True


def clear_if_gone(preview: Preview) -> None:
    """Unless the same content has come again since."""
    if not Preview.objects.filter(sha256=preview.sha256).exists():
        clear(preview)


def remove_orphan_pictures() -> int:
    """Pictures of previews that are gone, where the process ended before it could delete them."""
    found = {folder.rpartition("/")[2]: folder for folder in folders_of_pictures(private_storage())}
    known = set(Preview.objects.values_list("sha256", flat=True))
    orphans = [Preview(sha256=sha256) for sha256 in found if sha256 not in known]
    for orphan in orphans:
        clear_if_gone(orphan)
    return len(orphans)
