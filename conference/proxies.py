"""Who asks, and over what, is believed from our own proxy and from nobody else."""

import ipaddress
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]
SAID_BY_PROXIES = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)


def believe_proxies_only(get_response: Respond) -> Respond:
    """Outermost: further in, nobody sees what a stranger said of themselves."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_proxy(request.META.get("REMOTE_ADDR", ""), tuple(settings.PROXY_ADDRESSES)):
            for name in SAID_BY_PROXIES:
                request.META.pop(name, None)
        return get_response(request)

    return middleware


@lru_cache(maxsize=1024)
def is_proxy(address: str, networks: tuple[str, ...]) -> bool:
    """Whoever comes through a Unix socket has no address, and may open that file."""
    if not address:
        return True
    try:
        asking = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(asking in ipaddress.ip_network(network, strict=False) for network in networks)
