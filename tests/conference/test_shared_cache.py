"""With REDIS_URL the cache lies in Redis; without an answer from it the site says that it is not well, and does not hang."""

import time

import pytest
from django.core.cache import cache
from django.db import OperationalError

from conference import health
from conference.management.shared_parts import redis
from conference.stores import caches
from tests.bench.site import free_port
from tests.redis_server import redis_server

pytestmark = pytest.mark.redis


@pytest.fixture(scope="module")
def redis_url():
    with redis_server(free_port()) as url:
        yield url


@pytest.fixture
def in_redis(redis_url, settings):
    settings.CACHES = caches(redis_url)
    cache.clear()


@pytest.fixture
def without_answer(settings):
    settings.CACHES = caches(f"redis://127.0.0.1:{free_port()}/0")


def test_what_is_kept_is_found_and_taken_once(in_redis):
    cache.set("a", {"two": 2}, None)

    assert cache.get("a") == {"two": 2}
    assert (cache.add("b", 1), cache.add("b", 2), cache.incr("b")) == (True, False, 2)
    assert cache.get_or_set("c", "kept", 60) == "kept"


def test_the_worker_is_seen_through_it(in_redis):
    health.beat()

    health.check_worker()
    health.check_cache()
    assert redis().is_wrong is False


@pytest.mark.django_db
def test_without_an_answer_it_is_a_part_that_does_not_answer(without_answer, client):
    begun = time.monotonic()
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert b"cache: does not answer\n" in answer.content
    assert time.monotonic() - begun < 10
    assert redis().is_wrong is True
    with pytest.raises(OperationalError):
        cache.set("a", 1)


@pytest.mark.django_db
def test_a_page_that_needs_it_comes_again_in_a_moment(without_answer, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "5/m/ip"}
    client.raise_request_exception = False

    answer = client.post("/accounts/login/", {"login": "ada@example.org", "password": "x"})

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


@pytest.mark.django_db
def test_wrong_log_ins_are_counted_in_it(in_redis, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key"}
    wrong = {"login": "ada@example.org", "password": "not the password of anybody"}

    answers = [client.post("/accounts/login/", wrong).status_code for _try in range(6)]

    assert answers == [200] * 5 + [429]
