"""A page with a form, the same for all strangers, is built once in a second; each of them gets a token of their own.

When registration opens everybody asks for it at once. Unlike public pages it sets a cookie, so no cache around us
keeps it; and it is kept so shortly that what opens, closes or fills up shows in the same moment.
"""

import re
import time
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

from cachetools import TTLCache
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from conference.kept_pages import may_be_kept

SECONDS = 1
KEPT_BYTES = 4_000_000
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+')

View = Callable[..., HttpResponse]


def kept_for_strangers(view: View) -> View:
    pages: TTLCache[str, bytes] = TTLCache(KEPT_BYTES, SECONDS, timer=time.monotonic, getsizeof=len)
    lock = Lock()

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.PAGES_KEPT_MB or not may_be_kept(request):
            return view(request, *args, **kwargs)
        key = request.get_full_path()
        with lock:
            page = pages.get(key)
        if page is not None:
            return HttpResponse(TOKEN.sub(get_token(request).encode(), page))
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and TOKEN.search(response.content):
            with lock:
                pages[key] = response.content
        return response

    return wrapper
