"""What a device sends: scans of now, and those that it kept while there was no network."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import Any
from uuid import UUID

MOST_SCANS = 50  # in one request
LONGEST_REQUEST = 100_000  # bytes
LONGEST_KEPT = timedelta(days=7)


class BadRequest(Exception):  # noqa: N818
    """No page of ours sends this."""


@dataclass(frozen=True)
class Scan:
    nonce: UUID
    code: str = ""
    person: UUID | None = None
    age: float = 0  # seconds on the device's clock since it was made
    since: float = 0  # when the device last heard from the server before it, by the server's clock

    def made_at(self, now: datetime) -> datetime:
        """By the server's clock, whatever the device's says: never later than now, never before they last spoke."""
        made = now - timedelta(seconds=min(max(self.age, 0), LONGEST_KEPT.total_seconds()))
        heard = min(max(self.since, 0), now.timestamp())
        return max(made, datetime.fromtimestamp(heard, now.tzinfo))


@dataclass(frozen=True)
class Batch:
    session: str
    device: str  # what the helpers call it
    sender: str  # what it calls itself
    scans: list[Scan]


def read_batch(body: bytes) -> Batch:
    """The scans of one request; raises BadRequest."""
    given = read_object(body)
    rows = given.get("scans")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_SCANS:
        raise BadRequest
    scans = [_scan(row) for row in rows]
    return Batch(_text(given, "session"), _text(given, "device"), _text(given, "sender"), scans)


def read_object(body: bytes) -> dict[str, Any]:
    if len(body) > LONGEST_REQUEST:
        raise BadRequest
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise BadRequest from problem
    if not isinstance(given, dict):
        raise BadRequest
    return given


def _scan(row: Any) -> Scan:
    if not isinstance(row, dict):
        raise BadRequest
    nonce, person = guid_in(row, "nonce"), guid_in(row, "person")
    if nonce is None:
        raise BadRequest
    code = row.get("code")  # as it is: what is no code is said to be none
    return Scan(
        nonce, code if isinstance(code, str) else "", person, _number(row, "age"), _number(row, "since")
    )


def guid_in(row: dict[str, Any], name: str) -> UUID | None:
    try:
        return UUID(_text(row, name))
    except ValueError:
        return None


def _text(row: dict[str, Any], name: str) -> str:
    """Any text, but for characters that no database keeps."""
    value = row.get(name)
    return "".join(sign for sign in value if sign.isprintable()) if isinstance(value, str) else ""


def _number(row: dict[str, Any], name: str) -> float:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    try:
        return float(value) if isfinite(value) else 0
    except OverflowError:
        return 0
