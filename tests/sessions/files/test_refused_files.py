"""Files that must not be taken, each with the sentence its sender reads."""

import io
import socket
import tracemalloc

import pytest

from sessions.files import xml_parts
from sessions.files.checks import check_upload
from sessions.files.refusals import RefusedFile
from tests import bytes as made
from tests.hostile import FILES

MAX = 50 * 1024**2


@pytest.mark.parametrize("case", FILES)
def test_refused_with_its_reason(case):
    name, make, message = FILES[case]

    with pytest.raises(RefusedFile) as refusal:
        check_upload(io.BytesIO(make()), name=name, max_bytes=MAX)

    assert str(refusal.value) == str(message)


@pytest.mark.parametrize("name", ["slides.pptx", "slides.exe", "slides", "slides.pdf.html"])
def test_name_and_content_must_agree(name):
    with pytest.raises(RefusedFile, match="but its content is PDF.*ends in .pdf"):
        check_upload(io.BytesIO(made.pdf()), name=name, max_bytes=MAX)


def test_limit_is_the_last_size_that_is_taken():
    content = made.pdf()

    for limit in (len(content), len(content) + 1):
        assert check_upload(io.BytesIO(content), name="a.pdf", max_bytes=limit).size == len(content)
    with pytest.raises(RefusedFile, match="the limit is"):
        check_upload(io.BytesIO(content), name="a.pdf", max_bytes=len(content) - 1)


def test_bombs_are_refused_without_unpacking_them_into_memory():
    contents = [made.bomb(64), made.lying_about_size(1000, forge_checksum=True), made.many_entries()]
    tracemalloc.start()
    try:
        for content in contents:
            with pytest.raises(RefusedFile):
                check_upload(io.BytesIO(content), name="a.pptx", max_bytes=MAX)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 20 * 1024**2


def test_nothing_is_fetched_while_looking():
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/canary"
        relation = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r" Type="http://x/image" TargetMode="External" Target="{address}"/></Relationships>'
        )
        check_upload(
            io.BytesIO(made.pptx(("ppt/slides/_rels/more.xml.rels", relation))), name="a.pptx", max_bytes=MAX
        )
        for target in (address, "file:///etc/passwd"):
            content = made.pptx(("[Content_Types].xml", made.external_entity(target)))
            with pytest.raises(RefusedFile) as refusal:
                check_upload(io.BytesIO(content), name="a.pptx", max_bytes=MAX)
            assert str(refusal.value) == str(xml_parts.HAS_ENTITIES)
        with pytest.raises(TimeoutError):
            canary.accept()
