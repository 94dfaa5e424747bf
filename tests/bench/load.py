"""Fill the scratch database and say, as JSON, which pages to ask and how many queries each needs."""

import argparse
import json

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from conference.models import Edition  # noqa: E402
from sessions.models import Presentation, Session  # noqa: E402
from speakers.models import Speaker  # noqa: E402
from tests.bench.big_edition import make_big_edition  # noqa: E402


def addresses(edition: Edition) -> dict[str, str]:
    session = Session.objects.filter(edition=edition, presentations__isnull=False)[0]
    presentation = Presentation.objects.filter(edition=edition)[0]
    return {
        "trivial": "/livez",
        "overview": reverse("sessions:overview", args=[edition.slug]),
        "session": session.get_absolute_url(),
        "speaker": Speaker.objects.all()[0].get_absolute_url(),
        "presentations": reverse("sessions:presentations", args=[edition.slug]),
        "download": reverse("registration:download", args=[presentation.guid]),
        **schedules(edition),
    }


def schedules(edition: Edition, ending: str = "") -> dict[str, str]:
    """The programme as a page and in the formats of the field."""
    programme = reverse("sessions:programme", args=[edition.slug])
    files = {
        kind: reverse(f"sessions:schedule_{kind}", args=[edition.slug]) for kind in ("json", "xml", "ics")
    }
    found = {"programme": programme, "filtered": f"{programme}?q=school&view=list", **files}
    return {f"{name}{ending}": path for name, path in found.items()}


def queries(path: str) -> int:
    client = Client(headers={"host": "localhost"})
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(path)
        b"".join(answer) if answer.streaming else answer.content
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return len(seen)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--file-size", type=int, default=1_000_000)
    arguments.add_argument("--sizes", type=int, nargs="*", default=[], help="further editions, in sessions")
    asked = arguments.parse_args()
    pages = addresses(make_big_edition(asked.file_size))
    for size in asked.sizes:
        edition = make_big_edition(sessions=size, files=0, slug=f"of-{size}")
        pages |= schedules(edition, f" {size}")
    found = {name: {"path": path, "queries": queries(path)} for name, path in pages.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
