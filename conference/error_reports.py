"""Errors to the Sentry server that SENTRY_DSN names: what broke and where in the program, and nothing about anybody.

A report is made anew from what may leave, so that whatever Sentry's program learns to collect stays here. What an error
says of itself may name a person: it stands in our own log only, beside the id that report and answer carry.
"""

from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations.django import DjangoIntegration

from conference.logs import REQUEST_ID, without_secrets

Said = dict[str, Any]
OF_REPORT = ("event_id", "timestamp", "level", "platform", "logger", "transaction", "sdk", "environment")
OF_ERROR = ("type", "module", "mechanism")
OF_FRAME = (
    "filename",
    "function",
    "module",
    "lineno",
    "in_app",
    "pre_context",
    "context_line",
    "post_context",
)


def start() -> None:
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        integrations=[DjangoIntegration(middleware_spans=False, cache_spans=False)],
        auto_enabling_integrations=False,
        before_send=report,
        before_breadcrumb=lambda _crumb, _hint: None,
        include_local_variables=False,
        send_default_pii=False,
        max_request_body_size="never",
        auto_session_tracking=False,
        send_client_reports=False,
        propagate_traces=False,
        environment=settings.SITE_HOST,
    )


def report(event: Any, _hint: Any) -> Any:
    made = chosen(event, OF_REPORT)
    made["exception"] = {
        "values": [error_of(one) for one in (event.get("exception") or {}).get("values", [])]
    }
    if template := (event.get("logentry") or {}).get("message"):
        made["logentry"] = {"message": without_secrets(template)}  # without what was put into it
    if request_id := REQUEST_ID.get():
        made["tags"] = {"request": request_id}
    return made


def error_of(error: Said) -> Said:
    made = chosen(error, OF_ERROR)
    made["mechanism"] = chosen(made.get("mechanism") or {}, ("type", "handled"))
    frames = (error.get("stacktrace") or {}).get("frames", [])
    return made | {"stacktrace": {"frames": [chosen(frame, OF_FRAME) for frame in frames]}}


def chosen(said: Said, names: tuple[str, ...]) -> Said:
    return {name: said[name] for name in names if name in said}
