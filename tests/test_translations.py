"""The compiled translations that are committed say the same as their sources, and nothing is left untranslated."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "conference" / "locale").glob("*/LC_MESSAGES/*.po"))

pytestmark = pytest.mark.gettext


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parts[-3])
def test_compiled_translations_are_not_stale(source, tmp_path):
    fresh = tmp_path / "fresh.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", fresh, source], check=True)

    assert source.with_suffix(".mo").read_bytes() == fresh.read_bytes(), "run: make translations"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parts[-3])
def test_every_word_is_translated(source):
    counted = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", source],
        check=True,
        capture_output=True,
        text=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )

    assert "untranslated" not in counted.stderr
    assert "fuzzy" not in counted.stderr
