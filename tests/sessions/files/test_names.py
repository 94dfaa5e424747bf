import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.files.names import MAX_LENGTH, content_disposition, extension_of, safe_name
from tests.bytes import NAMES

CLEANED = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\temp\\slides.pdf": "slides.pdf",
    "slides\r\nSet-Cookie: a=b.pdf": "slides Set-Cookie- a=b.pdf",
    "slides\x00.pdf": "slides.pdf",
    "invoice\u202efdp.exe.pdf": "invoicefdp.exe.pdf",
    "cafe\u0301.pdf": "café.pdf",
    "日本語の発表.pdf": "日本語の発表.pdf",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.pdf": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.pdf",
    ".pdf": "document.pdf",
    "   .pdf": "document.pdf",
    "CON.pdf": "_CON.pdf",
    "slides.pdf. . .": "slides.pdf",
    "": "document",
    "..": "document",
    "x" * 5000 + ".pptx": "x" * 144 + ".pptx",
}


@pytest.mark.parametrize("name", CLEANED)
def test_name_is_cleaned(name):
    assert safe_name(name) == CLEANED[name]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_name_keeps_its_ending_and_makes_one_plain_header(name):
    header = content_disposition(name)

    assert extension_of(name) == ".pdf"
    assert header.isascii()
    assert header.isprintable()
    assert header.startswith('attachment; filename="')
    assert header.count('"') == 2
    assert header.count(";") <= 2


def test_header_has_a_fallback_for_old_programs():
    assert content_disposition("Rés umé.pdf") == (
        "attachment; filename=\"Res ume.pdf\"; filename*=UTF-8''R%C3%A9s%20um%C3%A9.pdf"
    )
    assert content_disposition("日本.pdf").startswith('attachment; filename="document.pdf"; filename*=')
    assert content_disposition("a.pdf") == 'attachment; filename="a.pdf"'


@given(st.text(st.characters(exclude_categories=[]), max_size=400))
def test_cleaning_twice_changes_nothing_more(name):
    clean = safe_name(name)

    assert safe_name(clean) == clean
    assert 0 < len(clean) <= MAX_LENGTH
    assert not set(clean) & set('/\\<>:"|?*\r\n\0')
    content_disposition(name).encode("ascii")
