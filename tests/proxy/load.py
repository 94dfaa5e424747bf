"""Run in the scratch site: an edition with open and gated files, a member and a speaker's upload link; prints where they are."""

import json
import os
from hashlib import sha256

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from sessions.models import PresentationFile  # noqa: E402
from tests.bench.upload_link import make_link  # noqa: E402
from tests.factories import make_edition, make_presentation, make_preview, make_session, make_user  # noqa: E402
from tests.race.load import session_of  # noqa: E402

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 4000
LARGE = 50 * 1024**2


def load() -> dict[str, str]:
    edition = make_edition()
    session = make_session(edition, "Teaching peace")
    open_one = make_presentation(session, "Open", CONTENT)
    gated = make_presentation(session, "Gated", b"gated" + CONTENT, audience="members")
    large = make_presentation(session, "Large", b"%PDF-1.7 ")
    for version in PresentationFile.objects.all():
        PresentationFile.objects.filter(pk=version.pk).update(sha256=sha256(version.file.read()).hexdigest())
    os.truncate(large.current_file.file.path, LARGE)  # sparse: it takes no room
    PresentationFile.objects.filter(pk=large.current_file.pk).update(size=LARGE, sha256="")
    gated.current_file.refresh_from_db()
    make_preview(gated, "One page")
    return {
        "edition": edition.get_absolute_url(),
        "page": session.get_absolute_url(),
        "open": f"/presentations/{open_one.guid}/download/",
        "gated": f"/presentations/{gated.guid}/download/",
        "gated_name": gated.current_file.file.name,
        "large": f"/presentations/{large.guid}/download/",
        "picture": f"/presentations/{gated.guid}/pages/1/1600.webp",
        "member": session_of(make_user("Ada")),
        "upload": make_link(),
    }


if __name__ == "__main__":
    print(json.dumps(load()))
