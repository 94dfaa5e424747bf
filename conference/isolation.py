"""Shut a child process in before it opens a stranger's file: no network, no other programs, little memory and time."""

import contextlib
import ctypes
import sys
from typing import Any

# CLONE_NEWUSER, CLONE_NEWNET and CLONE_NEWPID of linux/sched.h
NEW_USERS, NEW_NETWORK, NEW_PROCESSES = 0x10000000, 0x40000000, 0x20000000
PR_SET_PDEATHSIG, KILL = 1, 9
REFUSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.startfile")


def leave_the_network() -> bool:
    """Into a namespace of its own that has no way out; False where the system does not let us."""
    return leave(NEW_USERS | NEW_NETWORK) or leave(NEW_NETWORK)


def end_programs_together() -> bool:
    """The next program, and all that it starts, end with it; needs a network left before."""
    return leave(NEW_PROCESSES)


def leave(namespaces: int) -> bool:
    try:
        return ctypes.CDLL(None, use_errno=True).unshare(namespaces) == 0
    except (AttributeError, OSError):
        return False


def refuse_connections_and_programs() -> None:
    """For what Python does; cannot be taken back."""
    sys.addaudithook(refuse)


def refuse(event: str, _arguments: Any) -> None:
    if event.startswith(REFUSED):
        raise PermissionError(f"{event} is not for this process")


def limit(*, seconds: int, memory: int, file_size: int | None = None) -> None:
    """Processor time in seconds, addresses and each written file in bytes."""
    try:
        import resource
    except ImportError:  # not on Windows; the parent's timeout still holds
        return
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CORE: 0,
    }
    if file_size is not None:
        limits[resource.RLIMIT_FSIZE] = file_size
    for kind, amount in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (amount, amount))


def end_with_parent() -> None:
    """A worker that is killed leaves nobody behind who still draws."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, KILL)
