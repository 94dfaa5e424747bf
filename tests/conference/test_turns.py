"""Those who press together take turns in a process; nobody waits for ever, and who only reads does not wait."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from conference import turns as module

POST, GET = RequestFactory().post("/"), RequestFactory().get("/")
LONG = 20  # seconds, after which a test that hangs gives up


class Room:
    """A view that counts how many are in it, and lets nobody out before it is opened."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.came, self.opened = threading.Semaphore(0), threading.Event()

    def __call__(self, request):
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.came.release()
        assert self.opened.wait(LONG)
        self.inside -= 1
        return HttpResponse(status=302)


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def entered(room):
    room.__name__ = "room"
    return module.one_by_one(room)


def all_came(room, number):
    return all(room.came.acquire(timeout=LONG) for _person in range(number))


def test_who_sends_waits_for_the_one_before(room, entered, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", LONG)
    with ThreadPoolExecutor(4) as people:
        answers = [people.submit(entered, POST) for _person in range(4)]
        assert all_came(room, 1)
        assert not room.came.acquire(timeout=0.2)
        room.opened.set()
        assert [answer.result(LONG).status_code for answer in answers] == [302] * 4
    assert room.most == 1


def test_who_waited_long_enough_goes_on(room, entered, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    with ThreadPoolExecutor(3) as people:
        answers = [people.submit(entered, POST) for _person in range(3)]
        assert all_came(room, 3)
        room.opened.set()
        assert [answer.result(LONG).status_code for answer in answers] == [302] * 3


def test_who_reads_does_not_wait(room, entered, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", LONG)
    with ThreadPoolExecutor(3) as people:
        answers = [people.submit(entered, request) for request in (POST, GET, GET)]
        assert all_came(room, 3)
        room.opened.set()
        assert [answer.result(LONG).status_code for answer in answers] == [302] * 3


def test_a_turn_ends_with_an_error_too(monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", LONG)

    @module.one_by_one
    def broken(request):
        raise ValueError

    for _time in range(2):
        with pytest.raises(ValueError):
            broken(POST)
    assert not module._turn.locked()
