"""The CRC-32 of files, which a pack has to say before it sends them: counted once, then kept."""

import hashlib
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress

from registration.models import FileSum
from registration.packs.zipping import BLOCK
from sessions.models import PresentationFile
from sessions.services.checking import is_sound

PORTION = 100  # counted by one turn of the job
Step = Callable[[int], None]


def sums_of(
    versions: Sequence[PresentationFile], step: Step = lambda done: None
) -> dict[int, tuple[int, int]]:
    """By the key of a version the CRC-32 and size of its file; what is not on disk as it came is left out.

    The step hears how many are known after each that had to be counted.
    """
    keys = [one.pk for one in versions]
    rows = FileSum.objects.filter(version__in=keys).values_list("version", "crc32", "size")
    found = {version: (crc32, size) for version, crc32, size in rows}
    for version in versions:
        if not is_sound(version):
            found.pop(version.pk, None)
        elif version.pk not in found:
            with suppress(OSError):
                found[version.pk] = counted(version)
                step(len(found))
    return found


def counted(version: PresentationFile) -> tuple[int, int]:
    """Read the file once; two who count at the same time write the same. Raises OSError for one that changed."""
    crc32, size, digest = 0, 0, hashlib.sha256()
    with version.file.open("rb") as file:
        while piece := file.read(BLOCK):
            crc32, size = zlib.crc32(piece, crc32), size + len(piece)
            digest.update(piece)
    if version.sha256 and digest.hexdigest() != version.sha256:
        raise OSError(f"{version.file.name} is not what it was")
    row = FileSum(version=version, crc32=crc32, size=size)
    FileSum.objects.bulk_create([row], ignore_conflicts=True)
    return crc32, size


def count_new_files() -> int:
    """Approved files that no pack has asked for yet, so that the first pack need not wait; how many it were."""
    new = PresentationFile.objects.filter(
        status=PresentationFile.Status.APPROVED, file_sum=None, link=""
    ).order_by("-pk")[:PORTION]
    return len(sums_of(list(new)))
