"""Send a form with a file to a running site, in pieces, as a browser does over a line of some speed."""

import http.client
import re
from collections.abc import Iterator
from pathlib import Path

BLOCK = 64 * 1024
BOUNDARY = "form-of-a-browser"
FIELDS = {
    "title": "A long recording", "kind": "slides", "language": "en", "licence": "cc-by", "audience": "members",
    "opens": "now", "status": "submitted",
}  # fmt: skip


def connect(host: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(host, timeout=300)


def token_and_cookie(host: str, path: str) -> tuple[str, str]:
    """What the form holds against strangers."""
    connection = connect(host)
    connection.request("GET", path)
    answer = connection.getresponse()
    page, cookie = answer.read().decode(), answer.headers["Set-Cookie"] or ""
    connection.close()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if not found:
        raise LookupError(f"no form at {path}: {answer.status}")
    return found[1], cookie.split(";")[0]


def body_of(token: str, file: Path) -> tuple[bytes, bytes]:
    """What stands before and after the bytes of the file."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**FIELDS, "csrfmiddlewaretoken": token}.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n'
    before = "".join(parts) + head + "Content-Type: application/octet-stream\r\n\r\n"
    return before.encode(), f"\r\n--{BOUNDARY}--\r\n".encode()


def pieces(before: bytes, file: Path, after: bytes) -> Iterator[bytes]:
    yield before
    with file.open("rb") as source:
        while block := source.read(BLOCK):
            yield block
    yield after


def headers(host: str, cookie: str, length: int | None = None) -> dict[str, str]:
    said = {"Cookie": cookie, "Origin": f"http://{host}"}
    said["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
    return said | ({"Content-Length": str(length)} if length is not None else {})


def send(host: str, path: str, file: Path) -> int:
    """The status of the answer."""
    token, cookie = token_and_cookie(host, path)
    before, after = body_of(token, file)
    length = len(before) + file.stat().st_size + len(after)
    connection = connect(host)
    connection.request("POST", path, pieces(before, file, after), headers(host, cookie, length))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status
