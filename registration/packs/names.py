"""Paths inside a pack: the same each time and for everybody, and safe on every computer.

Pure. A name is made of what stays: slugs, the title in its own language, and the beginning of the guid, so that two of
the same title never meet, and none depends on what else its reader may have.
"""

from uuid import UUID

from sessions.files.names import safe_name

LONGEST_TITLE = 80
LONGEST_FOLDER = 60  # Windows takes 260 letters for a whole path
GUID_LETTERS = 8


def file_name(title: str, guid: UUID, ending: str) -> str:
    """“Building a hub (1a2b3c4d).pdf”; a title without any usable letter leaves the guid."""
    stem = safe_name(title.replace("/", "-").replace("\\", "-"))[:LONGEST_TITLE].strip(". ")
    return safe_name(f"{stem} ({guid.hex[:GUID_LETTERS]}).{ending or 'bin'}")


def path(*folders: str, name: str) -> str:
    """Empty folders are left out."""
    safe = [safe_name(folder)[:LONGEST_FOLDER].strip(". ") for folder in folders if folder]
    return "/".join([*safe, name])
