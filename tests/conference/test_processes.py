"""Processes that run together stop together: by a signal, when one ends by itself, when the parent is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conference.management.processes import address_is_free

ROOT = Path(__file__).resolve().parents[2]
# Each line in one write, so that two children that speak at once do not mix their words.
CHILD = "import os, sys, time; os.write(1, b'%d\\n' % os.getpid()); time.sleep(float(sys.argv[1]))"
PARENT = """
import os, sys
from conference.management.processes import run_together
child = [sys.executable, "-c", sys.argv[1]]
commands = {"long": [*child, "60"], "other": [*child, sys.argv[2]]}
print("ended:" + run_together(commands, os.environ, lambda: os.write(1, b"ready\\n")), flush=True)
"""


def start(seconds_of_other):
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, CHILD, str(seconds_of_other)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = sorted(process.stdout.readline().strip() for _ in range(3))
    return process, [int(line) for line in said if line != "ready"]


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


def all_gone(pids, seconds=10):
    deadline = time.monotonic() + seconds
    while any(is_running(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(is_running(pid) for pid in pids)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_stops_every_process(number):
    parent, children = start(60)

    parent.send_signal(number)

    assert parent.communicate(timeout=20)[0] == "ended:\n"
    assert all_gone(children)


def test_process_that_ends_by_itself_stops_the_other_and_is_named():
    parent, children = start(1)

    assert parent.communicate(timeout=20)[0] == "ended:other\n"
    assert all_gone(children)


def test_killed_parent_leaves_no_process_behind():
    parent, children = start(60)

    parent.kill()
    parent.communicate()

    assert all_gone(children)


def test_address_in_use_is_noticed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not address_is_free(f"127.0.0.1:{taken.getsockname()[1]}")
    assert address_is_free(f"unix:{os.devnull}")
