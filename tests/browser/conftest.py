"""A real Chromium that reports every request to another host, every policy violation and script error."""

import os
from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM

# The browser's event loop runs in the same thread as the tests, which talk to the database from there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def live(live_server, settings):
    """The address of a running site, which also writes its absolute links that way."""
    if not Group.objects.exists():  # emptied after the test before, with all that migrations had put there
        import_module("registration.migrations.0003_groups").make_groups(apps, None)
        for later in ("0005_schedule_permissions", "0009_permissions_in_full"):
            import_module(f"registration.migrations.{later}").give(apps, None)
    settings.SITE_URL = live_server.url.replace("127.0.0.1", "localhost")
    return settings.SITE_URL


@pytest.fixture
def open_page(chromium, live):
    """A function that opens a watched page; what it saw go wrong fails the test at the end."""
    contexts, wrong = [], []

    def open_one(width=1280, height=900, **options):
        options.setdefault("service_workers", "block")  # what is kept offline has tests of its own
        context = chromium.new_context(
            viewport={"width": width, "height": height}, base_url=live, locale="en-GB", **options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, wrong)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def narrow_page(open_page):
    return open_page(390, 844, is_mobile=True, has_touch=True)


def watch(page, wrong):
    """Collect in `wrong` what no page of the site may do."""

    def on_request(request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and parts.hostname != "localhost":
            wrong.append(f"{page.url} asks another host: {request.url}")

    def on_console(message):
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            wrong.append(f"{page.url}: {message.text}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
