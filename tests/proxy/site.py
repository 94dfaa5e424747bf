"""nginx, the web server and the socket between them, as systemd holds it; all on loopback, all gone afterwards."""

import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from conference.management.processes import end, end_with_parent, start, wait_until_listening
from tests.bench.site import ROOT, free_port, run
from tests.conftest import DAEMONS

HOST = "conference.example"
# Takes the socket where systemd puts it, and becomes the command.
HANDED_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.execv(sys.argv[2], sys.argv[2:])
"""
# What stands around the sites in Debian's nginx.conf, which a site's own file must get along with.
MAIN = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 2;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    ssl_prefer_server_ciphers on;
    gzip on;
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def public(env: dict[str, str]) -> dict[str, str]:
    """A scratch site as one that faces the internet behind one proxy."""
    return env | {
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "SECRET_KEY": "a-b_c" * 12,
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "TRUSTED_PROXIES": "1",
        "X_ACCEL_PREFIX": "/private-files/",
        "SECURITY_CONTACT": "security@conference.example",
        "BIND": f"unix:{env['DATA_DIR']}/web.sock",
    }


@dataclass
class Server:
    """A site behind nginx."""

    env: dict[str, str]
    folder: Path
    http: int
    https: int
    socket: socket.socket
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"

    @property
    def body_folder(self) -> Path:
        return self.folder / "body"

    def start_web(self) -> None:
        """As systemd starts it: with the socket that was there before, and stays."""
        command = [sys.executable, str(ROOT / "manage.py"), "web"]
        self.processes["web"] = subprocess.Popen(
            [sys.executable, "-c", HANDED_OVER, str(self.socket.fileno()), *command],
            env=self.env, cwd=ROOT, pass_fds=[self.socket.fileno()], start_new_session=True,
            preexec_fn=end_with_parent,
        )  # fmt: skip

    def stop_web(self) -> int:
        """As systemd stops it."""
        web = self.processes.pop("web")
        web.terminate()
        return web.wait(60)

    def start_nginx(self) -> None:
        user = (
            "user root;" if os.getuid() == 0 else ""
        )  # else its processes could not read the scratch folder
        (self.folder / "nginx.conf").write_text(MAIN.format(folder=self.folder, user=user))
        (self.folder / "site.conf").write_text(self.configuration())
        command = [str(shutil.which("nginx", path=DAEMONS)), "-c", str(self.folder / "nginx.conf")]
        self.processes["nginx"] = start(command, self.env)
        if not wait_until_listening(f"127.0.0.1:{self.https}"):
            raise RuntimeError((self.folder / "error.log").read_text())

    def configuration(self) -> str:
        """What an organiser's server gets, with the places of this machine."""
        places = {
            "--certificate": self.certificate,
            "--key": self.folder / "key.pem",
            "--cache": self.folder / "cache",
            "--http": f"127.0.0.1:{self.http}",
            "--https": f"127.0.0.1:{self.https}",
        }
        return run(self.env, "manage.py", "nginx", *[str(word) for pair in places.items() for word in pair])


@contextmanager
def behind_nginx(env: dict[str, str]) -> Iterator[Server]:
    """Of a site made by public()."""
    folder = Path(env["DATA_DIR"], "nginx")
    folder.mkdir()
    run(env, "manage.py", "prepare")
    make_certificate(folder)
    path = env["BIND"].removeprefix("unix:")
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(path)
        held.listen(2048)
        server = Server(env, folder, free_port(), free_port(), held)
        try:
            server.start_web()
            server.start_nginx()
            yield server
        finally:
            end(server.processes)


def make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "key.pem").chmod(0o600)


def wait_until(is_so, seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.05)
    return bool(is_so())
