"""The first view of a large programme is light: everything the browser loads, over the wire."""

import json

import pytest

from tests.bench.site import gunicorn, run, scratch_site

LIMIT = 100_000


@pytest.mark.sqlite
def test_programme_of_200_sessions_weighs_less_than_100_kilobytes(chromium):
    with scratch_site() as env:
        pages = json.loads(run(env, "-m", "tests.bench.load", "--file-size", "1000"))
        with gunicorn(env) as site:
            parts = weight_of_first_view(chromium, site + pages["programme"]["path"])

    assert len(parts) > 4, parts
    assert sum(parts.values()) < LIMIT, parts


def weight_of_first_view(chromium, url):
    """Bytes over the wire, headers included, of each address that the first visit loads."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    addresses, sizes = {}, {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", lambda e: addresses.update({e["requestId"]: e["request"]["url"]}))
    network.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    assert page.goto(url.replace("127.0.0.1", "localhost"), wait_until="networkidle").status == 200
    page.context.close()
    return {addresses[request]: size for request, size in sizes.items()}
