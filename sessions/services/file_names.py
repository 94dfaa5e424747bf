"""Names of people in the names of files that stay when their author's name is taken away."""

import re
from collections.abc import Iterable
from pathlib import PurePath

from sessions.models import Presentation, PresentationFile

SHORTEST = 3  # letters of a part of a name that is looked for


def take_names_from_files(presentations: Iterable[Presentation], names: Iterable[str]) -> None:
    """A file that was called after one of these people is called after nobody."""
    parts = {part.casefold() for name in names for part in re.split(r"\W+", name) if len(part) >= SHORTEST}
    for version in PresentationFile.objects.filter(presentation__in=list(presentations)):
        if any(part in version.original_name.casefold() for part in parts):
            version.original_name = f"presentation{PurePath(version.original_name).suffix}"
            version.save(update_fields=["original_name"])
