"""An error arrives at the Sentry server that is named, and nothing in it tells of anybody."""

import gzip
import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest
import sentry_sdk
from django.test import Client

from conference import error_reports

UNPACKED = {"gzip": gzip.decompress, "br": brotli.decompress}


class Listener(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        packed = self.headers["Content-Encoding"]
        self.server.heard.append(UNPACKED[packed](body) if packed else body)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def heard(settings):
    """What arrived, as bytes."""
    server = HTTPServer(("127.0.0.1", 0), Listener)
    server.heard = []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    settings.SENTRY_DSN = f"http://key@127.0.0.1:{server.server_port}/1"
    error_reports.start()
    yield server.heard
    sentry_sdk.get_client().close(timeout=2)
    sentry_sdk.get_global_scope().set_client(None)
    server.shutdown()


def arrived(heard):
    sentry_sdk.flush(timeout=10)
    (envelope,) = heard
    return json.loads(envelope.splitlines()[-1])


def break_down(request, *args, **kwargs):
    whose = "Canary Ada"
    raise ValueError(f"{whose} <canary@example.org> has no place")


@pytest.mark.django_db
def test_an_error_on_a_page_arrives_without_who_met_it(heard, monkeypatch):
    monkeypatch.setattr("conference.views.counts_of", break_down)
    from tests.factories import make_edition

    make_edition()
    client = Client(raise_request_exception=False)
    client.cookies["session"] = "canary-cookie"

    answer = client.get("/?token=canary", headers={"user-agent": "canary", "x-forwarded-for": "192.0.2.77"})

    assert answer.status_code == 500
    report = arrived(heard)
    (error,) = report["exception"]["values"]
    assert error["type"] == "ValueError"
    assert error["stacktrace"]["frames"][-1]["function"] == "break_down"
    assert report["tags"] == {"request": answer["X-Request-Id"]}
    said = json.dumps({**report, "exception": without_program(error)}).lower()
    assert "canary" not in said
    assert "192.0.2.77" not in said
    assert not {"request", "user", "breadcrumbs", "server_name", "extra", "modules"} & set(report)


def without_program(error):
    """The lines of this test itself speak of the canary."""
    shown = ("pre_context", "context_line", "post_context")
    frames = [
        {key: frame[key] for key in frame if key not in shown} for frame in error["stacktrace"]["frames"]
    ]
    return {**error, "stacktrace": frames}


def test_a_line_in_the_log_arrives_without_what_was_put_into_it(heard):
    logging.getLogger("site").error("The file %s of %s cannot be read.", "canary.pdf", "canary@example.org")

    report = arrived(heard)

    assert report["logentry"] == {"message": "The file %s of %s cannot be read."}
    assert "canary" not in json.dumps(report)


def test_without_the_variable_nothing_is_started(settings):
    assert settings.SENTRY_DSN == ""
    assert sentry_sdk.get_client().is_active() is False
