"""Run in the scratch site: a session whose speaker has an upload link; prints the path of the link."""

import os
from itertools import count
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from conference.models import Edition  # noqa: E402
from sessions.collecting.links import issue_link  # noqa: E402
from tests import factories  # noqa: E402
from tests.factories import make_appearance, make_session, make_speaker  # noqa: E402


def make_link() -> str:
    factories.counter = count(1000 * (1 + Edition.objects.count()))  # beside what is there already
    session, speaker = make_session(), make_speaker(email="grace@example.org")
    make_appearance(session, speaker)
    _link, address = issue_link(session=session, speaker=speaker, by=None)
    return urlsplit(address).path


if __name__ == "__main__":
    print(make_link())
