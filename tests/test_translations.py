"""The compiled translations that are committed say the same as their sources, and nothing is left untranslated."""

import os
import re
import shutil
import subprocess
import sys
from gettext import GNUTranslations
from pathlib import Path

import pytest

from conference.languages import CODES

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "conference" / "locale").glob("*/LC_MESSAGES/*.po"))
LANGUAGES = [path.parts[-3] for path in SOURCES]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
NOT_SHOWN = re.compile(
    r"\{% block (?:bodyclass|coltype) %\}.*?\{% endblock %\}|\{#.*?#\}|\{% comment.*?endcomment %\}|\{% blocktranslate.*?endblocktranslate %\}"
    r"|<(?:script|style|code)\b.*?</(?:script|style|code)>",
    re.DOTALL,
)
OG_TYPES, FORMATS = (
    {"article", "profile", "book"},
    {"(JSON)", "(XML)", "CSV", "XLSX", "PDF", "BibTeX", "RIS", "CSL-JSON"},
)
NOT_TRANSLATED = OG_TYPES | FORMATS | {"DOI"}
SHOWN_ATTRIBUTE = re.compile(r'\b(?:alt|aria-label|placeholder|title)="([^"]*)"')


def test_there_is_every_language_of_the_site_but_the_one_it_is_written_in():
    assert sorted(LANGUAGES) == sorted(CODES[1:])


@pytest.mark.gettext
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parts[-3])
def test_compiled_translations_are_not_stale(source, tmp_path):
    fresh = tmp_path / "fresh.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", fresh, source], check=True)

    assert source.with_suffix(".mo").read_bytes() == fresh.read_bytes(), "run: make translations"


@pytest.mark.gettext
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_sources_is_translated(language, tmp_path):
    """Looked for again in a copy, so that a word added since the last `make translations` is found too."""
    left_out = shutil.ignore_patterns("__pycache__", "*.mo")
    for room in ("conference", "speakers", "sessions", "registration", "templates"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=left_out)
    shutil.copy(ROOT / "manage.py", tmp_path)
    make = [sys.executable, "manage.py", "makemessages", "--locale", language, "--no-location", "--no-wrap"]
    settings = {"DJANGO_SETTINGS_MODULE": "conference.settings", "DATA_DIR": str(tmp_path)}
    subprocess.run(make, cwd=tmp_path, env=os.environ | settings, check=True, capture_output=True)

    (source,) = tmp_path.glob(f"conference/locale/{language}/LC_MESSAGES/*.po")
    lacking = [
        subprocess.run(
            ["msgattrib", "--no-obsolete", kind, source], check=True, capture_output=True, text=True
        ).stdout
        for kind in ("--untranslated", "--only-fuzzy")
    ]
    assert lacking == ["", ""], "run: make translations"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parts[-3])
def test_a_translation_fills_in_what_its_source_fills_in(source):
    with source.with_suffix(".mo").open("rb") as compiled:
        catalogue = GNUTranslations(compiled)._catalog
    # Plurals stand under (source, number), with the source in the singular; msgfmt compares the others.
    pairs = [(key[0], words) for key, words in catalogue.items() if isinstance(key, tuple) and key[1] == 0]
    pairs += [(key, words) for key, words in catalogue.items() if isinstance(key, str) and key]

    assert len(pairs) > 500
    assert [pair for pair in pairs if filled_in(pair[0]) != filled_in(pair[1])] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_every_word_of_a_template_goes_through_gettext(template):
    markup = NOT_SHOWN.sub("|", template.read_text())
    markup = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "|", markup, flags=re.DOTALL)
    words = re.sub(r"<[^>]*>|&\w+;", "|", markup).split("|") if "<" in markup else markup.split("|")
    words += "|".join(SHOWN_ATTRIBUTE.findall(markup)).split("|")

    # og:type of a page stands in a block of its own and is nothing people read.
    shown = [word.strip() for word in words if re.search(r"[A-Za-z]{2}", word)]
    assert [word for word in shown if word not in NOT_TRANSLATED] == []


def filled_in(words: str) -> set[str]:
    return set(PLACEHOLDER.findall(words))


def test_titles_of_pages_are_plain_words():
    """A title goes into attributes too, where the mark of another language would break out."""
    marked = re.compile(r"\{% block title %\}(?:(?!endblock).)*\{% text ", re.DOTALL)
    assert [path.name for path in TEMPLATES if marked.search(path.read_text())] == []
