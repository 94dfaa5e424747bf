"""A PostgreSQL server for one run: `python -m tests.postgres COMMAND…` starts it, runs, removes it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

NAME = "conference-postgres-"
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "max_connections": "100",
    "log_min_messages": "fatal",
    "shared_buffers": "128MB",
}


def binaries() -> Path | None:
    """The folder of the newest server installed here."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(installed, key=lambda path: float(path.parts[-3]))
    found = str(newest[-1]) if newest else shutil.which("initdb")
    return Path(found).parent if found else None


def as_ordinary_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root, so root lends the command to the user its package made."""
    if os.geteuid():
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


def run(*command: str | Path) -> None:
    done = subprocess.run(
        as_ordinary_user([str(part) for part in command]),
        capture_output=True,
        text=True,
        check=False,
        cwd="/tmp",  # noqa: S108  a folder that both users may enter
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    )
    if done.returncode:
        raise SystemExit(f"PostgreSQL did not start: {done.stdout}{done.stderr}")


@contextmanager
def postgres_server() -> Iterator[str]:
    """The DATABASE_URL of a fresh server on a socket; server and folder are gone afterwards."""
    bin_folder = binaries()
    if not bin_folder:
        raise SystemExit("No PostgreSQL is installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix=NAME))
    if not os.geteuid():
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    try:
        run(bin_folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        start(folder)
        yield f"postgres://postgres@/postgres?host={folder}"
    finally:
        if (data / "postmaster.pid").exists():
            run(bin_folder / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path) -> None:
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    where = ("-D", folder / "data", "-w", "-l", folder / "log", "-o", f"{options} -k {folder}")
    run(binaries() / "pg_ctl", *where, "start")


def folder_of(url: str) -> Path | None:
    """That of a server which was started here; nothing of any other, which nobody may kill."""
    folder = Path(parse_qs(urlsplit(url).query).get("host", ["/"])[0])
    return folder if folder.name.startswith(NAME) and (folder / "data").is_dir() else None


def kill(folder: Path) -> None:
    """As when the machine loses power: all its processes at once, and nobody says goodbye."""
    pid_file = folder / "data" / "postmaster.pid"
    first = pid_file.read_text().split()[0]
    others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    for pid in (first, *others):
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
    while any(is_running(pid) for pid in (first, *others)):
        time.sleep(0.01)
    # After a start of the machine the number in them would be nobody's.
    for path in (pid_file, *folder.glob(".s.PGSQL.*.lock")):
        path.unlink()


def is_running(pid: str) -> bool:
    """Whoever ended and was not asked for yet runs no more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def main(command: list[str]) -> int:
    # A polite end from outside must still remove the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with postgres_server() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
