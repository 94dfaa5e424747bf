"""What the site writes about itself: lines, each with the id of its request, and nothing that says who it was about.

Addresses of mail, tokens in web addresses and whatever follows a question mark are taken out of every line, of
tracebacks too, before anything is written.
"""

import json
import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

# What may say who somebody is, or let its reader in, and what stands in its place.
SECRETS = (
    (re.compile(r"[^\s@<>()\"'=]+@[^\s@<>()\"'=]+\.[^\s@<>()\"'=,;:]+"), "<address>"),
    # Part of a web address: long, and no slug, but with capitals, underscores, or twenty signs without a hyphen.
    (re.compile(r"(?<=/)(?=[\w=-]*(?:[A-Z_=]|[a-z0-9]{20}))[\w=-]{20,}", re.ASCII), "<token>"),
    (re.compile(r"(?<=[\w/])\?\S+"), "?<query>"),
    (re.compile(r"(Key \(.*?\))=\(.*?\)(?= )"), r"\1=(<value>)"),  # PostgreSQL names the row that exists
)


def without_secrets(text: str) -> str:
    for pattern, stand_in in SECRETS:
        text = pattern.sub(stand_in, text)
    return text


class LineFormatter(logging.Formatter):
    """For a person who looks at the terminal."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class JsonFormatter(logging.Formatter):
    """For programs: one JSON object in each line. `time` is UTC."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if request_id := REQUEST_ID.get():
            line["request"] = request_id
        if record.exc_info:
            line["exception"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def request_ids(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Each answer carries the id that its lines have: whoever met an error can say which."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        token = REQUEST_ID.set(request_id)
        try:
            response = get_response(request)
        finally:
            REQUEST_ID.reset(token)
        response["X-Request-Id"] = request_id
        return response

    return middleware


def logging_settings(form: str, level: str) -> dict[str, Any]:
    """Everything goes to standard error, as `form` says: "line" or "json"."""
    forms = {"line": LineFormatter, "json": JsonFormatter}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {name: {"()": formatter} for name, formatter in forms.items()},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.request": {"level": "ERROR"},  # a page that is not there is no news
            "conference.retention": {"level": "INFO"},  # how much was deleted, whatever else is written
        },
    }
