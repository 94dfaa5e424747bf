"""Set data with a template of the house, alone in a child process that knows no keys and has limits.

Words come in as data only, never as markup. A PDF under the standard "ua-1" is tagged and checked while it is written;
that check also names every letter for which no font has a shape: it is then replaced by a white square, and
the template learns it (`data.lacks_glyphs`). A template reads its data with `json(bytes(sys.inputs.data))`.
"""

import json
import os
import re
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from conference.isolation import limit

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "conference" / "fonts"
MEMORY = 3 * 1024**3  # of addresses, most of which no thread ever uses
TRIES = 4
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
WHITE_SQUARE = "\u25a1"
CONTROLS = dict.fromkeys((*range(9), *range(11, 13), *range(14, 32), 127))  # no font has a shape for them
ADDRESSES = ("to", "address")  # keys whose texts are followed, not read
LENGTH = struct.Struct(">Q")


class TypesettingFailed(Exception):  # noqa: N818
    """It took too long, or the typesetter refused; str() is for the log, not for visitors."""


def typeset(
    template: Path, data: dict[str, Any], *, standard: str | None = "ua-1", seconds: int = 40
) -> bytes:
    """One PDF; raises TypesettingFailed."""
    return typeset_each(template, [data], standard=standard, seconds=seconds)[0]


def typeset_each(
    template: Path,
    rows: list[dict[str, Any]],
    *,
    standard: str | None = "ua-1",
    seconds: int = 40,
    picture: bool = False,
) -> list[bytes]:
    """One PDF of each row, or a PNG of its first page, from one child: much faster than one child each."""
    order = {
        "template": str(template), "rows": rows, "standard": standard, "picture": picture, "seconds": seconds,
    }  # fmt: skip
    try:
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "conference.typesetting"],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=seconds,
            cwd=ROOT,
            # No keys or passwords beside people's texts.
            env={"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TypesettingFailed("it took too long") from late
    files = list(apart(child.stdout))
    if child.returncode or len(files) != len(rows):
        raise TypesettingFailed(child.stderr.decode(errors="replace")[-2000:])
    return files


def apart(said: bytes) -> Iterator[bytes]:
    """The files that the child wrote one after the other, each behind its length."""
    start = 0
    while start + LENGTH.size <= len(said):
        (size,) = LENGTH.unpack_from(said, start)
        start += LENGTH.size + size
        if start <= len(said):
            yield said[start - size : start]


# --- In the child -----------------------------------------------------------------------------------


def setter(template: Path, standard: str | None, picture: bool) -> Any:
    import typst  # slow to load, and only the child needs it

    compiler = typst.Compiler(str(template), root=str(template.parent), font_paths=[str(FONTS)])
    how: dict[str, Any] = {"format": "png", "ppi": 110.0} if picture else {"format": "pdf"}
    if standard and not picture:
        how["pdf_standards"] = [standard]

    def compiled(data: dict[str, Any]) -> bytes:
        made: Any = compiler.compile(sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, **how)
        return made[0] if isinstance(made, list) else made

    def made(data: dict[str, Any]) -> bytes:
        data = translated(data, CONTROLS)
        for _try in range(TRIES - 1):
            try:
                return compiled(data)
            except typst.TypstError as error:
                missing = without_shape(error.diagnostic)
                if not missing:
                    raise
                data = {**replaced(data, missing), "lacks_glyphs": True}
        return compiled(data)

    return made


def without_shape(complaint: str) -> set[str]:
    found = {
        CODE_POINT.sub(lambda code: chr(int(code[1], 16)), quoted) for quoted in NO_GLYPH.findall(complaint)
    }
    return {
        letter for cluster in found for letter in cluster if letter != WHITE_SQUARE and not letter.isascii()
    }


def replaced(value: Any, letters: set[str]) -> Any:
    """The same data, each of these letters replaced in every text."""
    return translated(value, {ord(letter): WHITE_SQUARE for letter in letters})


def translated(value: Any, table: Mapping[int, str | None]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, list):
        return [translated(each, table) for each in value]
    if isinstance(value, dict):
        return {key: each if key in ADDRESSES else translated(each, table) for key, each in value.items()}
    return value


def main() -> int:
    order = json.load(sys.stdin.buffer)
    limit(seconds=2 * order["seconds"], memory=MEMORY)
    make = setter(Path(order["template"]), order["standard"], order["picture"])
    for row in order["rows"]:
        file = make(row)
        sys.stdout.buffer.write(LENGTH.pack(len(file)) + file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
