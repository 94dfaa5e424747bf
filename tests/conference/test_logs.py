"""What is written about the site says which request it was, and not who made it."""

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from conference.logs import JsonFormatter, LineFormatter, request_ids, without_secrets


def line_of(formatter, message, *args, error=None):
    info = (type(error), error, None) if error else None
    return formatter.format(logging.LogRecord("site", logging.ERROR, "", 1, message, args, info))


@pytest.mark.parametrize("formatter", [LineFormatter(), JsonFormatter()])
@pytest.mark.parametrize(
    "secret",
    [
        "ada.canary@example.org",
        "a+canary@sub.example.org",
        "/upload/canaryAbCdEfGhIjKlMnOpQrStUv/",
        "/accounts/password/reset/key/3f-cabc12-canary0123456789abcdef0123456789abcdef/",
        "/speaker/invitation/canary_0123456789-0123456789/",
        "/library/?q=canary+words",
        "duplicate key: Key (lower(name))=(Ada canary) already exists",
    ],
)
def test_neither_lines_nor_tracebacks_hold_what_says_who_it_was(formatter, secret):
    in_message = line_of(formatter, "It failed: %s", secret)
    in_error = line_of(formatter, "It failed.", error=ValueError(secret))

    assert "It failed" in in_message
    assert "ValueError" in in_error
    assert "canary" not in in_message + in_error


@pytest.mark.parametrize(
    "words",
    [
        "The job 'send reminders' failed; its next turn comes as usual.",
        "Internal Server Error: /mechelen-2024/sessions/learning-to-disagree-2/",
        'File "/srv/site/registration/services/registering.py", line 74, in register',
        "Did it work? Nobody knows.",
    ],
)
def test_what_says_nothing_of_anybody_stays_as_it_is(words):
    assert without_secrets(words) == words


def test_a_line_in_json_has_the_id_that_the_answer_carries():
    lines = []

    def view(request):
        lines.append(json.loads(line_of(JsonFormatter(), "Something went wrong.")))
        return HttpResponse()

    ids = [request_ids(view)(RequestFactory().get("/"))["X-Request-Id"] for _request in range(2)]

    assert [line["request"] for line in lines] == ids
    assert len(set(ids)) == 2
    assert lines[0]["level"] == "ERROR"
    assert "request" not in json.loads(line_of(JsonFormatter(), "Of no request"))
