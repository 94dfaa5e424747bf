"""Office packages written without times, so that the same words give the same bytes."""

import zipfile
from collections.abc import Iterable
from io import BytesIO


def write_package(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    """A ZIP file without times; an OpenDocument type comes first and unpacked, as its readers expect."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def without_times(package: bytes) -> bytes:
    """The same package with every entry dated alike, so that the same words give the same bytes."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return write_package([(name, archive.read(name)) for name in archive.namelist()])
