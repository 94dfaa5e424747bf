"""What is said of who asks counts from our own proxy only; and nginx is set up from the same settings as the site."""

import os
import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from conference.proxies import SAID_BY_PROXIES, believe_proxies_only, is_proxy
from tests.test_settings import GOOD, ROOT

OURS = ("127.0.0.0/8", "::1", "10.1.0.0/16")
SAID = dict.fromkeys(SAID_BY_PROXIES, "203.0.113.7")


def seen_from(address, settings):
    settings.PROXY_ADDRESSES = list(OURS)
    seen = {}
    believe_proxies_only(lambda request: seen.update(request.META) or HttpResponse())(
        RequestFactory().get("/", REMOTE_ADDR=address, **SAID)
    )
    return {name: said for name, said in seen.items() if name in SAID}


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", ""])
def test_our_proxy_is_believed(address, settings):
    assert seen_from(address, settings) == SAID


@pytest.mark.parametrize("address", ["203.0.113.9", "10.2.0.1", "::2", "nonsense"])
def test_nobody_else_is(address, settings):
    assert seen_from(address, settings) == {}


def test_an_address_of_the_other_kind_is_in_no_network():
    assert not is_proxy("::1", ("127.0.0.0/8",))


def printed(tmp_path, **changes):
    env = {**GOOD, "DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"], **changes}
    env = {name: said for name, said in env.items() if said}
    done = subprocess.run(
        [sys.executable, "manage.py", "nginx"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    return done.stdout or done.stderr


def test_nginx_is_told_what_the_settings_say(tmp_path):
    text = printed(
        tmp_path,
        ALLOWED_HOSTS="conference.example,www.conference.example",
        PRESENTATION_MAX_MB="200",
        PACK_AT_ONCE_MB="700",
        X_ACCEL_PREFIX="/behind/",
        BIND="unix:/run/conference/web.sock",
    )

    for line in (
        "server_name conference.example www.conference.example;",
        "client_max_body_size    205m;",
        "proxy_max_temp_file_size 705m;",
        "location /behind/ {",
        f"alias {tmp_path}/private/;",
        "server unix:/run/conference/web.sock max_fails=0;",
        "~^/nl/ nl;",
    ):
        assert line in text
    assert "@" not in text.replace("@site", "")


def test_a_site_for_this_machine_alone_needs_no_nginx(tmp_path):
    assert "Set SITE_URL=https" in printed(tmp_path, SITE_URL="", SECRET_KEY="")
