"""When the database makes a person wait too long: ask to try again, with nothing saved."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)
RETRY_AFTER = 5  # seconds
View = Callable[..., HttpResponse]


def answer_when_busy(view: View) -> View:
    """For views whose services wait for a lock: a lock that does not come is a 503, never an error page."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OperationalError as error:
            log.warning("The database kept %s waiting: %s", view.__name__, type(error.__cause__).__name__)
            page = render_to_string("registration/attendee/busy.html")
            return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})

    return wrapper
