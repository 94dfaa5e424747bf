"""One scratch site for all races, and the same site with its protection taken out."""

import json
from types import SimpleNamespace

import pytest

from tests.bench.site import free_port, gunicorn, run, scratch_site
from tests.race.crowd import Person
from tests.race.database import scratch_database


@pytest.fixture(scope="session")
def site():
    with scratch_database() as url, scratch_site(url) as env:
        env |= {"STAFF_SECOND_FACTOR": "no"}  # helpers at the desk just log in
        yield SimpleNamespace(env=env, **json.loads(run(env, "-m", "tests.race.load")))


@pytest.fixture(scope="session")
def host(site):
    with gunicorn(site.env) as address:
        yield address.removeprefix("http://")


@pytest.fixture
def host_without_protection(site):
    settings = {"DJANGO_SETTINGS_MODULE": "tests.race.unlocked_settings", "PORT": str(free_port())}
    with gunicorn({**site.env, **settings}, workers=4) as address:
        yield address.removeprefix("http://")


@pytest.fixture
def people(site, host):
    return [Person(host, session) for session in site.sessions]


@pytest.fixture
def people_without_protection(site, host_without_protection):
    return [Person(host_without_protection, session) for session in site.sessions]
