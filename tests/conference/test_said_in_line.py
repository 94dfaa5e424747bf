"""Of those who press together the last one says what changed, for all of them; nobody else's is forgotten."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from conference import turns as module
from conference.content import content_numbers, say_changed
from tests.conference.test_turns import LONG, POST, wait_until
from tests.factories import make_edition


class Press:
    """A view whose first visitor is held until it is known who stands behind, and what was said by whom."""

    def __init__(self, monkeypatch, ends=lambda number: None):
        monkeypatch.setattr(module, "PATIENCE", LONG)
        monkeypatch.setattr(module, "_to_say", {})
        self.said, self.ends = [], ends
        self.came, self.opened = threading.Event(), threading.Event()
        self.view = module.one_by_one(self.visit)
        self.number = 0

    def visit(self, request):
        self.number += 1
        number = self.number
        if not self.ends(number):
            module.say_in_line("changed", lambda: self.said.append(number))
        self.came.set()
        assert self.opened.wait(LONG)
        if self.ends(number) is ValueError:
            raise ValueError
        return HttpResponse()

    def by(self, people):
        with ThreadPoolExecutor(people) as crowd:
            answers = [crowd.submit(self.view, POST) for _person in range(people)]
            wait_until(lambda: len(module._line._waiting) == people - 1)
            before = list(self.said)
            self.opened.set()
            for answer in answers:
                answer.exception(LONG)
        return before


def test_who_is_alone_says_it_at_once(monkeypatch):
    press = Press(monkeypatch)
    assert press.by(1) == []
    assert press.said == [1]


def test_the_last_one_says_it_for_all(monkeypatch):
    monkeypatch.setattr(module, "LATEST", LONG)
    press = Press(monkeypatch)
    assert press.by(4) == []
    assert press.said == [1]  # the same words, whoever they came from; once
    assert not module._to_say


@pytest.mark.parametrize("end", [True, ValueError])
def test_who_changed_nothing_or_failed_says_what_those_before_left(monkeypatch, end):
    monkeypatch.setattr(module, "LATEST", LONG)
    press = Press(monkeypatch, ends=lambda number: number > 1 and end)
    press.by(3)
    assert press.said == [1]


def test_nothing_waits_longer_than_a_moment(monkeypatch):
    monkeypatch.setattr(module, "LATEST", 0)
    press = Press(monkeypatch)
    press.by(3)
    assert press.said == [1, 2, 3]


def test_who_goes_on_without_a_turn_says_it_at_once(monkeypatch):
    press = Press(monkeypatch)
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    with ThreadPoolExecutor(2) as crowd:
        answers = [crowd.submit(press.view, POST) for _person in range(2)]
        wait_until(lambda: press.said == [2])
        press.opened.set()
        for answer in answers:
            answer.result(LONG)
    assert press.said == [2, 1]


def test_who_is_in_no_line_says_it_at_once():
    said = []
    module.say_in_line("changed", lambda: said.append(time.monotonic()))
    assert len(said) == 1


@pytest.mark.django_db
def test_a_request_says_it_once():
    edition = make_edition()
    request = RequestFactory().post("/")
    before = content_numbers()[edition.slug][1]
    say_changed(request, edition)
    first = content_numbers()[edition.slug][1]
    say_changed(request, edition.pk)
    assert before < first == content_numbers()[edition.slug][1]
