"""The site's processes, side by side until a signal comes or one of them ends by itself."""

import ctypes
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping

PATIENCE = 40  # seconds a process gets to finish what it is doing; gunicorn takes at most 30
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
Processes = Mapping[str, subprocess.Popen[bytes]]


def address_is_free(address: str) -> bool:
    """Whether a server could listen on HOST:PORT; a socket file is the server's own affair."""
    if address.startswith("unix:"):
        return True
    host, port = address.rsplit(":", 1)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError:
            return False
    return True


def run_together(
    commands: Mapping[str, list[str]], env: Mapping[str, str], once_started: Callable[[], None]
) -> str:
    """Start the commands, run until a signal stops them all; the name of one that ended by itself, or ""."""
    stopped: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: stopped.append(number))
    processes = {name: start(command, env) for name, command in commands.items()}
    try:
        once_started()
        while not stopped and not first_ended(processes):
            time.sleep(0.2)
        return "" if stopped else first_ended(processes)
    finally:
        end(processes)


def start(command: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Apart from the terminal's Ctrl-C, which only the parent hears, so that all stop in good order."""
    return subprocess.Popen(  # noqa: S603  our own commands
        command, env=dict(env), start_new_session=True, preexec_fn=end_with_parent
    )


def end_with_parent() -> None:
    """Ask the kernel to stop this process when its parent is killed, so that no port stays taken."""
    if hasattr(LIBC, "prctl"):
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def first_ended(processes: Processes) -> str:
    return next((name for name, process in processes.items() if process.poll() is not None), "")


def end(processes: Processes) -> None:
    """Ask every process to stop, wait until it has, and force the one that does not."""
    for process in processes.values():
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_listening(address: str, seconds: float = 30) -> bool:
    """Whether someone answers at HOST:PORT before the time is over."""
    if address.startswith("unix:"):
        return True
    host, port = address.rsplit(":", 1)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False
