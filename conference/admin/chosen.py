"""The rows chosen in a list, for the page that asks about them before it does something."""

import secrets
from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

IN_ADDRESS = 300  # whose keys an address holds: servers take about 4,000 letters
KEPT = 3  # larger choices that a session remembers
CHOICES = "chosen_rows"


def chosen_address(request: HttpRequest, name: str, keys: Iterable[int]) -> str:
    """Of the page with this name, about these rows; more than an address holds are remembered until two later choices."""
    found = list(keys)
    if len(found) <= IN_ADDRESS:
        return f"{reverse(name)}?ids={','.join(map(str, found))}"
    known = list(request.session.get(CHOICES, {}).items())[1 - KEPT :]
    mark = secrets.token_urlsafe(8)
    request.session[CHOICES] = dict([*known, (mark, found)])
    return f"{reverse(name)}?chosen={mark}"


def chosen_keys(request: HttpRequest) -> list[int]:
    """Of the rows that the address of this page is about; what is no key is left out."""
    if mark := request.GET.get("chosen"):
        return list(request.session.get(CHOICES, {}).get(mark, []))
    return [int(key) for key in request.GET.get("ids", "").split(",") if key.isdecimal() and len(key) < 19]
