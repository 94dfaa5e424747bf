"""Run in the scratch site: fill every personal field of one person, close the account by its page, look where grep cannot.

`python -m tests.race.erasing fill|close|look [the number of the account]`.
"""

import base64
import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from django.contrib.sessions.models import Session  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from conference.models import User  # noqa: E402
from registration.models import Certificate  # noqa: E402
from tests.canary_everywhere import CANARY, EverywhereCase, not_filled  # noqa: E402
from tests.factories import PASSWORD  # noqa: E402


def fill() -> dict:
    EverywhereCase.setUpTestData()
    ada = EverywhereCase.ada
    cache.set("a-note", f"{CANARY} in the cache", 600)
    cache.delete("a-note")
    revoked = Certificate.objects.filter(registration__user=ada).values_list("code", flat=True)
    return {
        "number": ada.pk,
        "not_filled": not_filled(ada),
        "codes": EverywhereCase.codes,
        "stay": list(revoked),
    }


def close(number: int) -> dict:
    """As the person does it, after a walk through what is theirs; at the end everything is asked for once more."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=number))
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    walked = [
        client.get(path).status_code for path in ("/accounts/close/", "/accounts/my-data/", "/speaker/")
    ]
    client.post("/accounts/my-data/")
    found = client.get(f"/library/?q={CANARY}").status_code
    done = client.post("/accounts/close/", {"name": "withdrawn"}, follow=True)
    said = "Your account is closed." in done.content.decode()
    return {"walked": [*walked, found], "closed": said, "there": User.objects.filter(pk=number).exists()}


def look() -> dict:
    """Sessions are packed and signed, and the cache is base64: no search over bytes finds a word in them."""
    held = [json.dumps(one.get_decoded(), default=str) for one in Session.objects.all()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = [f"{key} {base64.b64decode(value).decode('latin1')}" for key, value in cursor.fetchall()]
    return {
        "left": [one for one in held + kept if CANARY in one.lower()],
        "sessions": len(held),
        "kept": len(kept),
    }


if __name__ == "__main__":
    step, *known = sys.argv[1:]
    print(json.dumps({"fill": fill, "close": close, "look": look}[step](*map(int, known))))
