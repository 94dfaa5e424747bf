"""The typesetter of the house: data in, PDF or picture out, nothing else."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from conference.typesetting import TypesettingFailed, apart, replaced, typeset, typeset_each
from tests.sessions.booklet.pdf import pages_of

TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set document(title: "T")
#set text(lang: "en")
#title()
#data.words
#if "lacks_glyphs" in data [and a square]"""


@pytest.fixture(scope="module")
def template():
    with TemporaryDirectory() as folder:
        path = Path(folder) / "it.typ"
        path.write_text(TEMPLATE)
        yield path


def test_words_are_only_words(template):
    hostile = '#read("/etc/passwd") $x$ @ref <b> #image("http://canary.test/x.png")'

    assert hostile in pages_of(typeset(template, {"words": hostile}))[0]


def test_letters_without_a_shape_become_squares_and_the_template_learns_it(template):
    (page,) = pages_of(typeset(template, {"words": "Name \U00013080"}))

    assert page == "T Name □ and a square"


def test_control_characters_of_one_name_spoil_nothing(template):
    (page,) = pages_of(typeset(template, {"words": "A\x01d\x1b\x7fa"}))
    assert "Ada" in page


def test_several_come_from_one_child_in_their_order(template):
    pdfs = typeset_each(template, [{"words": "first"}, {"words": "second"}])

    assert [pages_of(pdf)[0] for pdf in pdfs] == ["T first", "T second"]


def test_picture_is_a_png(template):
    (png,) = typeset_each(template, [{"words": "x"}], picture=True)

    assert png.startswith(b"\x89PNG")


def test_template_that_reads_outside_of_its_folder_fails(template):
    outside = template.with_name("outside.typ")
    outside.write_text('#read("/../../../../etc/passwd") #read("../secret")')

    with pytest.raises(TypesettingFailed):
        typeset(outside, {}, standard=None)


def test_one_that_never_ends_is_ended(template):
    endless = template.with_name("endless.typ")
    endless.write_text("#let n = 0\n#while n >= 0 { n = calc.rem(n + 1, 7); [#n]; if n > 9 { break } }")

    with pytest.raises(TypesettingFailed):
        typeset(endless, {}, standard=None, seconds=1)


def test_half_a_file_is_none():
    whole = (3).to_bytes(8, "big") + b"abc"

    assert list(apart(whole + whole[:-1])) == [b"abc"]


def test_addresses_are_not_touched_by_squares():
    assert replaced({"to": "ä", "words": ["ä"]}, {"ä"}) == {"to": "ä", "words": ["□"]}
