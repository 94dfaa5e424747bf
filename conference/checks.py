"""What `check --deploy` says about the settings of a site that faces the internet, beside what Django says.

A site that would be unsafe at once does not start (`public_site`); the machine itself is the doctor's. Here stands what
starts and then works by half: links that lead nowhere, mail that reaches nobody, limits that count the wrong people.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator, Sequence
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.core.checks import Warning as Advice
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage, storages
from django.core.validators import URLValidator, validate_email
from django.http.request import validate_host

from conference.slugs import admin_path_is_taken

Found = Iterator[CheckMessage]
AT_LEAST_ONE = (
    "MACHINES",
    "WEB_WORKERS",
    "WEB_THREADS",
    "PRESENTATION_MAX_MB",
    "SPEAKER_QUOTA_MB",
    "PACK_AT_ONCE_MB",
)
SENDS_NOTHING = ("console", "dummy", "filebased", "locmem")


def check_address() -> Found:
    parts = urlsplit(settings.SITE_URL)
    if not settings.IS_PUBLIC:
        yield Advice(
            f"SITE_URL is {settings.SITE_URL}: the site is set up for this machine only.",
            hint="Give the public address: https://…",
            id="conference.W001",
        )
    if parts.path or parts.query or parts.username or not parts.hostname:
        yield Error(
            f"SITE_URL is {settings.SITE_URL}: it must be a scheme and a host and nothing else.",
            hint="The site stands at the root of its own name.",
            id="conference.E001",
        )
    elif not validate_host(parts.hostname, settings.ALLOWED_HOSTS):
        yield Error(
            f"ALLOWED_HOSTS does not name {parts.hostname}, where every link in a mail leads: it would be refused.",
            id="conference.E002",
        )
    if settings.IS_PUBLIC and any(host.startswith(".") for host in settings.ALLOWED_HOSTS):
        yield Advice(
            "ALLOWED_HOSTS lets every name below a domain in.",
            hint="Name each host.",
            id="conference.W002",
        )


def check_proxies() -> Found:
    if settings.IS_PUBLIC and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield Advice(
            "TRUSTED_PROXIES is 0: nobody may tell the site that a page was asked for over https, so every page leads to itself.",
            hint="TRUSTED_PROXIES=1 behind one proxy, such as nginx with deploy/nginx.conf.",
            id="conference.W003",
        )
    networks = []
    for word in settings.PROXY_ADDRESSES:
        try:
            networks.append(ipaddress.ip_network(word, strict=False))
        except ValueError:
            yield Error(f"PROXY_ADDRESSES: {word} is no address and no network.", id="conference.E003")
    if any(network.prefixlen == 0 for network in networks):
        yield Error(
            "PROXY_ADDRESSES believes everybody: whoever asks may say that they are somebody else.",
            hint="Name the address of the proxy.",
            id="conference.E004",
        )
    by_socket = settings.BIND.startswith("unix:")
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and not networks and not by_socket:
        yield Error(
            "TRUSTED_PROXIES counts a proxy, but PROXY_ADDRESSES believes none: every limit would count all visitors as one.",
            id="conference.E005",
        )


def check_mail() -> Found:
    backend = settings.EMAIL_BACKEND.split(".")[-2]
    if settings.IS_PUBLIC and backend in SENDS_NOTHING:
        yield Error(
            "EMAIL_URL leads to no mail server: nobody would get a code or a ticket.", id="conference.E006"
        )
    is_secret = getattr(settings, "EMAIL_HOST_PASSWORD", "")
    is_sealed = getattr(settings, "EMAIL_USE_TLS", False) or getattr(settings, "EMAIL_USE_SSL", False)
    if is_secret and not is_sealed:
        yield Advice(
            "EMAIL_URL sends its password, and every code, in the clear.",
            hint="smtp+tls:// or smtp+ssl://",
            id="conference.W004",
        )
    if not is_mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]):
        yield Advice(
            f"DEFAULT_FROM_EMAIL is {settings.DEFAULT_FROM_EMAIL}: mail from there would be refused.",
            id="conference.W005",
        )


def check_folders() -> Found:
    """Files that only some may have lie where no address leads, whoever serves the others."""
    private = getattr(storages["private"], "location", "")
    public = [getattr(default_storage, "location", ""), settings.STATIC_ROOT, *settings.STATICFILES_DIRS]
    for folder in filter(None, public):
        if private and overlap(Path(private), Path(folder)):
            yield Error(
                f"The private files in {private} and the public ones in {folder} lie inside each other.",
                hint="Set DATA_DIR to a folder of its own.",
                id="conference.E007",
            )
    prefix = settings.X_ACCEL_PREFIX
    taken = (settings.STATIC_URL, settings.MEDIA_URL, "/")
    if prefix and (not re.fullmatch(r"/[\w/-]+/", prefix) or prefix in taken):
        yield Error(
            f"X_ACCEL_PREFIX is {prefix}: it must be a path of its own, such as /private-files/.",
            id="conference.E008",
        )


def check_numbers() -> Found:
    for name in AT_LEAST_ONE:
        if getattr(settings, name) < 1:
            yield Error(f"{name} is {getattr(settings, name)}: at least 1.", id="conference.E009")
    if settings.SPEAKER_QUOTA_MB < settings.PRESENTATION_MAX_MB:
        yield Advice(
            "SPEAKER_QUOTA_MB is less than PRESENTATION_MAX_MB: the largest upload would never fit.",
            id="conference.W006",
        )
    try:
        rates = parse_rates(settings.SIGNUP_RATE)
    except ValueError:
        rates = []
    if not rates:
        yield Error(
            f"SIGNUP_RATE is {settings.SIGNUP_RATE}: write it as 60/h/ip.",
            id="conference.E010",
        )


def check_security_contact() -> Found:
    """No warning: without one, security.txt names the contact address of the site."""
    if not settings.SECURITY_CONTACT:
        yield Info(
            "SECURITY_CONTACT is not set: security.txt names the contact address of the site, or nobody.",
            hint="An address of mail or a page, https://…, for whoever finds a weakness.",
            id="conference.I001",
        )
    for one in settings.SECURITY_CONTACT:
        if not is_contact(one):
            yield Error(
                f"SECURITY_CONTACT: {one} is no address of mail, of a page (https://…) or a telephone (tel:…).",
                id="conference.E011",
            )


def is_contact(word: str) -> bool:
    if word.startswith("https://"):
        return passes(URLValidator(["https"]), word)
    return bool(re.fullmatch(r"tel:\+[\d-]{6,20}", word)) or is_mail(word.removeprefix("mailto:"))


def is_mail(word: str) -> bool:
    return passes(validate_email, word)


def passes(validate: Callable[[str], None], word: str) -> bool:
    try:
        validate(word)
    except ValidationError:
        return False
    return True


def overlap(one: Path, other: Path) -> bool:
    one, other = one.resolve(), other.resolve()
    return one == other or one in other.parents or other in one.parents


CHECKS = (check_address, check_proxies, check_mail, check_folders, check_numbers, check_security_contact)


@register(Tags.security, deploy=True)
def check_settings(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """All of them, so that one look tells everything."""
    return [message for check in CHECKS for message in check()]


@register(Tags.urls)
def check_admin_path(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Before every start, not only before a site is let out: pages would be hidden behind the administration."""
    if not admin_path_is_taken():
        return []
    return [
        Error(
            f"ADMIN_PATH is {settings.ADMIN_PATH}: that is an address of the site itself.",
            hint="Choose another word.",
            id="conference.E012",
        )
    ]
