"""One scratch site for all races, and the same site with its protection taken out."""

import json
from types import SimpleNamespace

import pytest

from tests.bench.site import free_port, gunicorn, run, scratch_site
from tests.race.crowd import Person
from tests.race.database import scratch_database


@pytest.fixture(scope="module")
def site():
    with scratch_database() as url, scratch_site(url) as env:
        data = json.loads(run(env, "-m", "tests.race.load"))
        yield SimpleNamespace(env=env, **data)


@pytest.fixture(scope="module")
def people(site):
    with gunicorn(site.env) as address:
        yield people_at(site, address)


@pytest.fixture
def people_without_protection(site):
    settings = {"DJANGO_SETTINGS_MODULE": "tests.race.unlocked_settings", "PORT": str(free_port())}
    with gunicorn({**site.env, **settings}, workers=4) as address:
        yield people_at(site, address)


def people_at(site, address):
    host = address.removeprefix("http://")
    return [Person(host, session) for session in site.sessions]
