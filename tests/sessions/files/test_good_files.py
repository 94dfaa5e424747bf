"""Files that must be taken: a false alarm costs a speaker an evening."""

import hashlib
import io

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from sessions.files.checks import check_upload
from sessions.files.documents import make_docx, make_odp, make_odt, make_pdf, make_pptx
from tests import bytes as made

LINES = made.LINES


def rich_pdf() -> bytes:
    source = b"""#outline()
    = Scripts in the browser
    #link("https://example.org/docs/JavaScript/Launch")[a page about /S /JavaScript and /Launch]
    #pagebreak()
    = Second <launch>
    $ sum_(k=1)^n k $ @launch
    """
    return typst.compile(source.replace(b"@launch", b"#link(<launch>)[back]"), ignore_system_fonts=True)


def rich_pptx() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text_frame.text = "With a picture, a chart and a link"
    slide.shapes.add_picture(io.BytesIO(made.jpeg()), 0, 0)
    run = slide.shapes.title.text_frame.paragraphs[0].add_run()
    run.text, run.hyperlink.address = " outside", "http://127.0.0.1:9/canary"
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("Pupils", (3, 4))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, 2_000_000, 2_000_000, data)  # embeds a workbook
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


GOOD = {
    "typst.pdf": lambda: make_pdf("Réunion", LINES),
    "links and outline.pdf": rich_pdf,
    "by hand.pdf": made.pdf,
    "owner locked.pdf": lambda: made.locked_pdf(opens_without_password=True),
    "line ends after.pdf": lambda: made.pdf() + b"\r\n\0\0" * 600,
    "linked.pdf": lambda: made.pdf(catalog=b"/OpenAction<</S/URI/URI(http://a.org/S/JavaScript)>>"),
    "object stream.pdf": lambda: made.pdf_hiding({4: b"<</S/GoTo/D[3 0 R/Fit]>>"}),
    "python.pptx": lambda: make_pptx("Slides", LINES),
    "picture chart link.pptx": rich_pptx,
    "two deep.pptx": lambda: made.nested(2),
    "Präsentation 🎓.odp": lambda: make_odp("Slides", LINES),
    "text.odt": lambda: make_odt("Text", LINES),
    "text.docx": lambda: make_docx("Text", LINES),
    "mac.key": made.keynote,
    "older mac.key": lambda: made.package(
        ("Index.zip", made.package(("Index/Document.iwa", b"x" * 50))), ("preview.jpg", made.jpeg())
    ),
    "UPPER.PDF": made.pdf,
}


@pytest.mark.parametrize("name", GOOD)
def test_good_file_is_taken(name):
    content = GOOD[name]()

    checked = check_upload(io.BytesIO(content), name=name, max_bytes=len(content))

    assert checked.format == name.rsplit(".", 1)[1].lower()
    assert checked.extension == f".{checked.format}"
    assert checked.size == len(content)
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert checked.safe_name == name


@pytest.mark.parametrize("make", [make_pdf, make_pptx, make_odp, make_odt, make_docx])
@pytest.mark.parametrize("title", ["Réunion <b> & #panic()", '"]}\\(', "日本\x00語\ud800", ""])
def test_made_documents_take_every_word_and_are_the_same_every_time(make, title):
    content = make(title, [title, "*bold* $x$ @ref #import"])

    name = f"made.{make.__name__.removeprefix('make_')}"
    assert make(title, [title, "*bold* $x$ @ref #import"]) == content
    assert check_upload(io.BytesIO(content), name=name, max_bytes=10**6).safe_name == name


def test_type_comes_from_the_content_and_never_from_the_sender():
    upload = SimpleUploadedFile("slides.pptx", make_pptx("Slides", LINES), content_type="text/html")

    checked = check_upload(upload, name=upload.name, max_bytes=10**6)

    assert checked.content_type == "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    assert upload.tell() == 0


def test_upload_on_disk_is_read_and_left_open_at_its_start():
    content = make_pdf("Slides", LINES)
    with TemporaryUploadedFile("slides.pdf", "application/pdf", len(content), None) as upload:
        upload.write(content)

        check_upload(upload, name="slides.pdf", max_bytes=10**6)

        assert upload.read() == content
