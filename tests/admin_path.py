"""A site whose administration stands at another path, as if it had been started with that ADMIN_PATH."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import reload

from django.test import override_settings
from django.urls import clear_url_caches

from conference import urls


@contextmanager
def admin_at(path: str) -> Iterator[None]:
    try:
        with override_settings(ADMIN_PATH=path):
            read_addresses()
            yield
    finally:
        read_addresses()


def read_addresses() -> None:
    reload(urls)
    clear_url_caches()
