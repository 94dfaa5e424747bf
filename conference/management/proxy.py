"""The configuration of nginx in front of this site, filled in from its settings so that both say the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from conference.management.error_pages import PAGES, errors_dir

TEMPLATE = settings.BASE_DIR / "deploy" / "nginx.conf"
FORM = 5  # MB for what stands around the largest file
# What every answer tells a browser; whatever else the site says concerns one answer only.
HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
)
HSTS = "Strict-Transport-Security"  # never said where there is no TLS
NAME = re.compile(r"^( *)(.*)@([A-Z_]+)@(.*)$", re.MULTILINE)
FILES = "/private-files/"


@dataclass(frozen=True)
class Places:
    """What only the machine knows on which nginx runs."""

    server: str
    certificate: str
    key: str
    cache: str
    http: Sequence[str]
    https: Sequence[str]


def configuration(places: Places) -> str:
    """deploy/nginx.conf with every name in it replaced; several lines stand below each other."""
    said, lines = site_headers(), words(places)
    lines |= {
        "HEADER_MAPS": "\n".join(maps(said)),
        "HIDDEN_HEADERS": "\n".join(f"proxy_hide_header {name};" for name in said),
        "HEADERS": "\n".join(f"add_header {name} {variable(name)} always;" for name in said),
    }
    text, before = TEMPLATE.read_text(encoding="utf-8"), ""
    while text != before:  # a line may hold two names
        before, text = text, NAME.sub(lambda found: filled(found, lines), text)
    return text


def filled(found: re.Match[str], lines: dict[str, str]) -> str:
    indent, head, name, tail = found.groups()
    return "\n".join(f"{indent}{head}{line}{tail}" for line in lines[name].splitlines())


def words(places: Places) -> dict[str, str]:
    first = settings.LANGUAGES[0][0]
    return {
        "HOSTS": " ".join(settings.ALLOWED_HOSTS),
        "SERVER": places.server,
        "CERTIFICATE": places.certificate,
        "CERTIFICATE_KEY": places.key,
        "CACHE_DIR": places.cache,
        "DATA_DIR": str(settings.DATA_DIR),
        "X_ACCEL_PREFIX": settings.X_ACCEL_PREFIX or FILES,
        "MAX_BODY": str(settings.PRESENTATION_MAX_MB + FORM),
        "PACK": str(settings.PACK_AT_ONCE_MB + FORM),
        "LANGUAGE_MAP": "\n".join(
            [f"~^/{code}/ {code};" for code, _name in settings.LANGUAGES[1:]] + [f"default {first};"]
        ),
        "LISTEN": listening(places.http),
        "LISTEN_FIRST": listening(places.http, " default_server"),
        "LISTEN_TLS": listening(places.https, " ssl http2"),
        "LISTEN_TLS_FIRST": listening(places.https, " ssl http2 default_server"),
        "ERROR_PAGES": error_pages(),
    }


def listening(addresses: Sequence[str], how: str = "") -> str:
    return "\n".join(f"listen {address}{how};" for address in addresses)


def error_pages() -> str:
    """What nginx refuses itself is said in the site's words and form."""
    lines = [
        f"error_page {statuses} {'=503 ' if status == 503 else ''}/errors/$words/{status}.html;"
        for status, (_template, statuses) in PAGES.items()
    ]
    lines += [
        "location ^~ /errors/ {",
        "    internal;",
        f"    alias {errors_dir()}/;",
        "    etag off;",
        "    client_max_body_size 0;     # or the page that says too large would be too large itself, over HTTP/2",
        "    @HEADERS@",
        '    add_header Cache-Control "private, no-store" always;',
        "    add_header Retry-After $come_back always;",
        "}",
    ]
    return "\n".join(lines)


def site_headers() -> dict[str, str]:
    """Asked of the site itself, so that there is no second list to keep."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    answer = Client().get("/livez", secure=True, headers={"host": host})
    return {name: answer[name] for name in (*HEADERS, HSTS) if name in answer}


def maps(said: dict[str, str]) -> list[str]:
    lines = []
    for name, value in said.items():
        source, empty = f"$upstream_http_{name.lower().replace('-', '_')}", '""'
        if name == HSTS:
            lines += [f"map $https {variable(name)} {{", f'    on "{value}";', f"    default {empty};", "}"]
        else:
            lines += [
                f"map {source} {variable(name)} {{",
                f'    "" "{value}";',
                f"    default {source};",
                "}",
            ]
    return lines


def variable(name: str) -> str:
    return "$say_" + name.lower().replace("-", "_")
