"""The CRC-32 of files, which a pack has to say before it sends them: counted once, then kept."""

from collections.abc import Callable, Sequence
from typing import BinaryIO, cast

from registration.models import FileSum
from registration.packs.zipping import crc32_of
from sessions.models import PresentationFile

PORTION = 100  # counted by one turn of the job
Step = Callable[[int], None]


def sums_of(
    versions: Sequence[PresentationFile], step: Step = lambda done: None
) -> dict[int, tuple[int, int]]:
    """By the key of a version the CRC-32 and size of its file; what is not on disk is left out.

    The step hears how many are known after each that had to be counted.
    """
    keys = [one.pk for one in versions]
    rows = FileSum.objects.filter(version__in=keys).values_list("version", "crc32", "size")
    found = {version: (crc32, size) for version, crc32, size in rows}
    for version in versions:
        if version.pk in found:
            continue
        try:
            found[version.pk] = counted(version)
        except OSError:
            continue
        step(len(found))
    return found


def counted(version: PresentationFile) -> tuple[int, int]:
    """Read the file once; two who count at the same time write the same."""
    with version.file.open("rb") as file:
        crc32, size = crc32_of(cast(BinaryIO, file)), version.file.size
    row = FileSum(version=version, crc32=crc32, size=size)
    FileSum.objects.bulk_create([row], ignore_conflicts=True)
    return crc32, size


def count_new_files() -> int:
    """Approved files that no pack has asked for yet, so that the first pack need not wait; how many it were."""
    new = PresentationFile.objects.filter(
        status=PresentationFile.Status.APPROVED, file_sum=None, link=""
    ).order_by("-pk")[:PORTION]
    return len(sums_of(list(new)))
