"""Each finding is there when the fault is, and gone when it is mended: an advice that is wrong helps nobody."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
import typst
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from sessions.files.accessibility import EXAMINED_FORMATS, Examined, examine
from sessions.files.accessible_pdf import examine_pdf_file
from sessions.files.documents import make_docx, make_odp, make_odt, make_pdf, make_pptx
from sessions.files.formats import FORMATS
from tests import bytes as made

LINES = ["One line", "Another line", "A third one"]
ROOT = Path(__file__).resolve().parents[3]


def look(content: bytes, kind: str) -> Examined:
    return examine(io.BytesIO(content), kind)


def deck(change, *, title="A term abroad", language="nl") -> Examined:
    """Two slides with a title and a line, changed, and looked at."""
    slides = Presentation(io.BytesIO(make_pptx(title, LINES, slides=2, lang=language)))
    change(*slides.slides)
    target = io.BytesIO()
    slides.save(target)
    return look(target.getvalue(), "pptx")


def picture_on(slide, words: str):
    picture = slide.shapes.add_picture(io.BytesIO(made.jpeg()), 0, 0)
    picture._element.nvPicPr.cNvPr.set("descr", words)
    return picture


def empty(slide, *, keep=()):
    for shape in list(slide.shapes):
        if shape not in keep:
            shape._element.getparent().remove(shape._element)


class TestSlides:
    def test_a_good_deck_has_no_findings(self):
        assert deck(lambda one, two: None) == Examined("A term abroad", "nl", {})

    def test_without_title_and_language_of_the_file(self):
        assert deck(lambda one, two: None, title="", language="").findings == {
            "title": [], "language": [], "headings": [1],
        }  # fmt: skip

    def test_the_language_of_the_text_counts_more_than_that_of_the_file(self):
        def speak_french(one, two):
            for shape in (*one.shapes, *two.shapes):
                for run in [run for row in shape.text_frame.paragraphs for run in row.runs]:
                    run._r.get_or_add_rPr().set("lang", "fr-BE")

        assert deck(speak_french).language == "fr-BE"

    def test_a_picture_is_found_until_it_is_described(self):
        assert deck(lambda one, two: picture_on(two, "")).findings == {"alternatives": [2]}
        assert deck(lambda one, two: picture_on(two, "IMG_0042.jpg")).findings == {"alternatives": [2]}
        assert deck(lambda one, two: picture_on(two, "Pupils at a station")).findings == {}

    def test_decoration_needs_no_words(self):
        def decorate(one, two):
            about = picture_on(one, "")._element.nvPicPr.cNvPr
            space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
            about.append(about.makeelement(f"{{{space}}}decorative", {"val": "1"}))

        assert deck(decorate).findings == {}

    def test_a_chart_is_a_picture_and_a_table_is_not(self):
        def draw(one, two):
            data = CategoryChartData()
            data.categories = ["a"]
            data.add_series("Pupils", (3,))
            one.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, 999_999, 999_999, data)
            two.shapes.add_table(1, 1, 0, 0, 999_999, 999_999)

        assert deck(draw).findings == {"alternatives": [1]}

    def test_a_described_group_speaks_for_its_pictures(self):
        def group(words):
            def change(one, two):
                shapes = one.shapes.add_group_shape([picture_on(one, "")])
                shapes._element.nvGrpSpPr.cNvPr.set("descr", words)

            return change

        assert deck(group("")).findings == {"alternatives": [1]}
        assert deck(group("Four steps in a ring")).findings == {}

    def test_a_slide_without_title(self):
        def untitle(one, two):
            one.shapes.title.text_frame.text = " "

        assert deck(untitle).findings == {"headings": [1]}

    def test_a_slide_that_is_only_a_picture_has_nothing_to_read(self):
        def replace(one, two):
            empty(two, keep=[picture_on(two, "A poster")])

        assert deck(replace).findings == {"text": [2], "headings": [2]}

    def test_slides_are_numbered_as_they_are_shown(self):
        def swap(one, two):
            order = one.part.package.presentation_part.presentation.slides._sldIdLst
            order.append(order[0])
            picture_on(one, "")

        assert deck(swap).findings == {"alternatives": [2]}


class TestOpenDocument:
    def test_good_files_have_no_findings(self):
        assert look(make_odp("Buiten", LINES, lang="nl"), "odp") == Examined("Buiten", "nl", {})
        assert look(make_odt("Buiten", LINES, lang="nl"), "odt") == Examined("Buiten", "nl", {})

    def test_what_a_slide_lacks(self):
        frame = "<draw:page><draw:frame>%s<draw:image/></draw:frame><presentation:notes><text:p>x</text:p></presentation:notes></draw:page>"
        pages = 2 * (frame % "")
        described = "<draw:page><draw:frame><svg:desc>A map</svg:desc><draw:image/></draw:frame></draw:page>"
        content = self.changed(
            "content.xml", "<office:presentation>", f"<office:presentation>{pages}{described}"
        )

        assert look(content, "odp").findings == {
            "text": [1, 2, 3],
            "alternatives": [1, 2],
            "headings": [1, 2, 3],
        }

    def test_the_language_of_the_styles_counts_when_the_file_says_none(self):
        style = (
            '<style:style><style:text-properties fo:language="de"/></style:style>'
            '<style:style><style:text-properties fo:language="none"/></style:style><office:master-styles>'
        )
        content = make_odp("Buiten", LINES, lang="")
        content = self.changed("styles.xml", "<office:master-styles>", style, content)

        assert look(content, "odp").language == "de"

    def test_a_long_text_wants_headings(self):
        long = ["A sentence of some length that says nothing."] * 200
        without = self.changed("content.xml", "text:h", "text:p", make_odt("Buiten", long))

        assert look(make_odt("Buiten", long), "odt").findings == {}
        assert look(without, "odt").findings == {"headings": []}

    @staticmethod
    def changed(part, old, new, content=None):
        import zipfile

        with zipfile.ZipFile(io.BytesIO(content or make_odp("Buiten", LINES))) as archive:
            parts = [(name, archive.read(name).decode()) for name in archive.namelist()]
        assert any(old in text for name, text in parts if name == part)
        return made.package(
            *((name, text.replace(old, new) if name == part else text) for name, text in parts)
        )


class TestWord:
    def test_a_text_that_says_nothing_of_itself(self):
        assert look(make_docx("Buiten", LINES, lang="nl"), "docx") == Examined("", "nl", {"title": []})

    def test_a_long_text_wants_headings(self):
        long = ["A sentence of some length that says nothing."] * 200

        assert look(make_docx("Buiten", long), "docx").findings == {"title": [], "headings": []}


class TestPdf:
    def test_a_good_file_has_no_findings(self):
        assert look(make_pdf("Buiten", LINES, lang="nl"), "pdf") == Examined("Buiten", "nl", {})

    def test_a_plain_file_lacks_what_it_lacks(self):
        assert look(made.pdf(), "pdf").findings == {"title": [], "language": [], "tags": []}

    def test_a_scanned_page_has_nothing_to_read(self):
        drawing = b"<</Length 24>>stream\n1 0 0 rg 10 10 50 50 re f\nendstream"
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R>>"

        found = look(made.pdf(objects={3: page, 4: drawing}), "pdf")

        assert found.findings == {"title": [], "language": [], "text": [1], "tags": []}

    @pytest.mark.parametrize(("words", "findings"), [("", {"alternatives": [2]}), (', alt: "A map"', {})])
    def test_a_picture_is_found_until_it_is_described(self, words, findings):
        source = (
            '#set document(title: "T")\n#set text(lang: "nl", font: "Libertinus Serif")\n= One\n'
            f"#pagebreak()\n= Two\n#image(bytes({tuple(made.png())}){words})"
        )

        assert look(typst.compile(source.encode(), ignore_system_fonts=True), "pdf").findings == findings


def test_every_format_we_take_is_examined_but_the_one_only_its_program_reads():
    assert set(FORMATS) - EXAMINED_FORMATS == {"key"}
    assert look(made.keynote(), "key") == Examined()


def test_a_locked_file_is_read_like_any_other():
    assert "tags" in examine_pdf_file(io.BytesIO(made.locked_pdf(opens_without_password=True))).findings


def test_it_runs_where_django_has_no_settings():
    """As in the child process, which knows no keys."""
    order = (
        "import sys, io; from sessions.files.accessibility import examine;"
        "print(examine(io.BytesIO(sys.stdin.buffer.read()), 'pptx').findings, 'django.db' in sys.modules)"
    )
    child = subprocess.run(
        [sys.executable, "-c", order], input=make_pptx("Slides", LINES), cwd=ROOT, env={"LANG": "C.UTF-8"},
        capture_output=True, check=False,
    )  # fmt: skip

    assert (child.returncode, child.stdout.split()) == (0, [b"{}", b"False"]), child.stderr
