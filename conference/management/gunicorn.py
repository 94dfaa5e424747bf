"""The web server as a command: gunicorn, loaded once and split into processes of a few threads each."""

import sys


def gunicorn(bind: str, *, workers: int, threads: int) -> list[str]:
    """The command for this address; a socket that systemd hands over takes its place."""
    command = [sys.executable, "-m", "gunicorn", "conference.wsgi:application", "--no-control-socket"]
    command += ["--bind", bind, "--worker-class", "gthread", "--log-level", "warning"]
    command += ["--workers", str(workers), "--threads", str(threads)]
    # The rest of a crowd waits outside for whichever process is free, and does not stand in line before one of them.
    command += ["--worker-connections", str(8 * threads)]
    command += ["--preload"]  # loaded once for all workers, so that one that ended is replaced at once
    command += ["--forwarder-headers", ""]  # no header of a visitor says where the site lies
    return command
