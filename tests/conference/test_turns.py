"""Those who press together take turns in a process; nobody waits for ever, and who only reads does not wait."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

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


def nobody_is_in_line():
    is_free = module._line.enter(0)
    module._line.leave()
    return is_free


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
    assert nobody_is_in_line()


def test_the_next_one_is_who_came_next():
    line, served = module.Line(), []

    def come(number):
        assert line.enter(LONG)
        served.append(number)
        line.leave()

    assert line.enter(0)
    people = [threading.Thread(target=come, args=[number]) for number in range(5)]
    for number, person in enumerate(people):
        person.start()
        wait_until(lambda number=number: len(line._waiting) == number + 1)
    line.leave()
    for person in people:
        person.join(LONG)
    assert served == [0, 1, 2, 3, 4]
    assert line.enter(0)


def test_whoever_gave_up_is_passed_over():
    line, served = module.Line(), []

    def come():
        assert line.enter(LONG)
        served.append("patient")

    assert line.enter(0)
    assert not line.enter(0.01)
    patient = threading.Thread(target=come)
    patient.start()
    wait_until(lambda: len(line._waiting) == 1)
    line.leave()
    patient.join(LONG)
    assert served == ["patient"]


def wait_until(is_so):
    until = time.monotonic() + LONG
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.001)


# --- What one reads for all who stand in line -------------------------------------------------------


class Board:
    """Something that changes, and how often it was read."""

    def __init__(self) -> None:
        self.says, self.times = "open", 0

    def read(self):
        self.times += 1
        return self.says


@pytest.fixture
def board(monkeypatch):
    monkeypatch.setattr(module, "_read", {})
    return Board()


def ask(board, key="board"):
    return module.read_in_line(key, board.read)


def test_who_waited_gets_what_was_read_after_they_came_and_nobody_what_is_older(board, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", LONG)
    heard, opened = [], threading.Event()

    @module.one_by_one
    def view(request):
        heard.append(ask(board))
        assert opened.wait(LONG)
        return HttpResponse()

    with ThreadPoolExecutor(4) as people:
        answers = [people.submit(view, POST)]
        wait_until(lambda: len(heard) == 1)  # the first has read
        board.says = "closed"
        answers += [people.submit(view, POST) for _person in range(3)]
        wait_until(lambda: len(module._line._waiting) == 3)
        opened.set()
        assert [answer.result(LONG).status_code for answer in answers] == [200] * 4
    assert heard == ["open", "closed", "closed", "closed"]
    assert board.times == 2  # one of the three read for all of them


def test_one_after_the_other_everybody_reads(board):
    view = module.one_by_one(lambda request: HttpResponse(ask(board)))
    assert view(POST).content == b"open"
    board.says = "closed"
    assert view(POST).content == b"closed"


def test_in_one_turn_it_is_read_once_until_somebody_wants_it_anew(board):
    @module.one_by_one
    def view(request):
        first = ask(board), ask(board)
        board.says = "closed"
        kept = ask(board)
        module.read_anew()
        return HttpResponse(" ".join([*first, kept, ask(board)]))

    assert view(POST).content == b"open open open closed"


def test_what_is_read_is_kept_by_its_key_and_in_its_language(board):
    @module.one_by_one
    def view(request):
        ask(board), ask(board, "another")
        with override("nl"):
            ask(board)
        return HttpResponse()

    view(POST)
    assert board.times == 3


def test_what_is_not_there_is_looked_for_by_everybody(board):
    def broken():
        board.times += 1
        raise LookupError

    @module.one_by_one
    def view(request):
        for _time in range(2):
            with pytest.raises(LookupError):
                module.read_in_line("nothing", broken)
        return HttpResponse()

    view(POST)
    assert board.times == 2


def test_who_is_in_no_line_reads_for_themselves(board):
    module.read_anew()
    assert ask(board) == "open"
    view = module.one_by_one(lambda request: HttpResponse(ask(board)))
    board.says = "closed"
    assert view(GET).content == b"closed"
    assert module._read == {}
