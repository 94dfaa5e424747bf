"""Delete a presentation for good: what only it has goes with it, what others share stays."""

from django.db import transaction

from conference.content import touch
from sessions.library.index import remove as remove_from_library
from sessions.models import Presentation, PresentationFile, Preview
from sessions.previews.forgetting import forget
from sessions.services.storing import remove_unused


@transaction.atomic
def delete_presentation(*, presentation: Presentation) -> None:
    """With its versions, figures and entry of the library; files and previews go once that is certain.

    Refused by the database while a publication has it among its parts.
    """
    locked = Presentation.objects.select_for_update(of=("self",)).get(pk=presentation.pk)
    versions = PresentationFile.objects.filter(presentation=locked)
    names = set(versions.exclude(file="").values_list("file", flat=True))
    previews = list(Preview.objects.filter(versions__in=versions).distinct())
    remove_from_library(locked)
    locked.delete()
    touch()
    # Not before: whoever uploads the same content now holds the preview and waits for our versions.
    transaction.on_commit(lambda: forget_leftovers(names, previews))


def forget_leftovers(names: set[str], previews: list[Preview]) -> None:
    """What no version has any more; the daily jobs take what a process that ends here leaves."""
    remove_unused(names)
    for preview in previews:
        forget(preview)
