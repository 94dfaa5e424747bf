"""Run in the scratch site, in a process that may be killed: somebody gives a presentation by the newest upload link."""

import os
from io import BytesIO

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from django.core.files.base import File  # noqa: E402

from sessions.files.documents import make_pdf  # noqa: E402
from sessions.models import UploadLink  # noqa: E402
from sessions.services.presentations import add_presentation  # noqa: E402


def add() -> None:
    link = UploadLink.objects.latest("pk")
    upload = File(BytesIO(make_pdf("Talk", ["one"])), name="talk.pdf")
    add_presentation(session=link.session, by=None, upload_link=link, upload=upload, title="Talk")


if __name__ == "__main__":
    add()
