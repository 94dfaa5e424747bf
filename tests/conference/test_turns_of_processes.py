"""Several processes and one SQLite: they wait for each other outside of it, and not for ever."""

import os
import subprocess
import sys
import threading
import time

import pytest
from django.http import HttpResponse

from conference import turns as module
from tests.conference.test_turns import LONG, POST

HOLD = """
import os, sys, time
from conference.turns import is_ours
print(is_ours(os.open(sys.argv[1], os.O_RDONLY)), flush=True)
time.sleep(60)
"""


@pytest.fixture
def another(tmp_path, settings):
    """Another process in the middle of its transaction."""
    settings.DATA_DIR = tmp_path
    process = subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "True\n"
    yield process
    process.kill()
    process.communicate()


def seconds_waited():
    @module.one_by_one
    def view(request):
        begun = time.monotonic()
        with module.writing():
            return HttpResponse(time.monotonic() - begun)

    return float(view(POST).content)


def test_a_process_waits_for_the_other_but_not_for_ever(another, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    assert seconds_waited() >= 0.2
    with module.writing():  # in no line
        pass


def test_a_folder_that_cannot_be_locked_keeps_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", LONG)
    folder = os.open(tmp_path, os.O_PATH)  # refused with an error, as on some networks
    try:
        with pytest.raises(OSError):
            module.is_ours(folder)
        begun = time.monotonic()
        module.wait_for(folder)
        assert time.monotonic() - begun < LONG / 2
    finally:
        os.close(folder)


def test_a_killed_process_keeps_nobody(another, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", LONG)
    threading.Timer(0.1, another.kill).start()
    assert seconds_waited() < LONG


def test_the_turn_to_write_ends_with_an_error_too(tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(module, "PATIENCE", LONG)

    @module.one_by_one
    def broken(request):
        with module.writing():
            raise ValueError

    with pytest.raises(ValueError):
        broken(POST)
    assert seconds_waited() < LONG
