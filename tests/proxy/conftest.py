"""One site behind nginx for all of these tests."""

import json
from types import SimpleNamespace

import pytest

from tests.bench.site import run, scratch_site
from tests.proxy.site import behind_nginx, public
from tests.proxy.visitor import Visitor
from tests.race.database import scratch_database


@pytest.fixture(scope="package")
def server():
    with scratch_database("conference_proxy") as url, scratch_site(url) as env:
        env = public(env) | {"SIGNUP_RATE": "5/h/ip"}
        found = json.loads(run(env, "-m", "tests.proxy.load"))
        with behind_nginx(env) as server:
            server.at = SimpleNamespace(**found)
            yield server


@pytest.fixture
def stranger(server):
    return Visitor(server)


@pytest.fixture
def member(server):
    return Visitor(server, session=server.at.member)
