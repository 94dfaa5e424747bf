"""Files to look into: good ones, and such as a child process must survive or die of alone."""

import hashlib
import io
import tempfile
import zlib
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from sessions.models import PresentationFile
from sessions.previews.looking import look_inside
from tests.factories import make_presentation


@contextmanager
def looked_into(content, file_format="pdf", **how):
    """What is found inside, and the folder with its pictures."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        yield look_inside(file, file_format, Path(folder), **how), Path(folder)


def uploaded(content, file_format="pdf", **fields):
    """A presentation whose file has this content, as if it had come in by a form."""
    presentation = make_presentation(content=content, **fields)
    PresentationFile.objects.filter(presentation=presentation).update(
        sha256=hashlib.sha256(content).hexdigest(), format=file_format
    )
    presentation.refresh_from_db()
    return presentation


def pdf_of_sizes(*sizes):
    document = pypdfium2.PdfDocument.new()
    for width, height in sizes:
        document.new_page(width, height)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def pdf_with(resources=b"", content=b"", *others):
    """A PDF of one page with this drawing, written object by object."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<<" + resources + b">>>>",
        stream(b"", content),
        *others,
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        body, count, table, count, len(body),
    )  # fmt: skip


def stream(entries, content):
    packed = zlib.compress(content)
    return b"<<%s/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (entries, len(packed), packed)


def huge_picture(side=60_000):
    """A picture of thousands of millions of pixels, in a few kilobytes."""
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8" % (
        side,
        side,
    )
    return pdf_with(
        b"/XObject<</P 5 0 R>>", b"q 400 0 0 300 0 0 cm /P Do Q", stream(entries, bytes(side * 300))
    )


def endless(repeats=13):
    """Forms that draw each other ten times, level by level: drawing it takes longer than anyone waits."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 400 300]/Resources<</XObject<</P %d 0 R>>>>"
    levels = [stream(form % (number + 1), b"/P Do " * 10) for number in range(5, 5 + repeats)]
    last = stream(b"/Type/XObject/Subtype/Form/BBox[0 0 400 300]", b"0 0 400 300 re f " * 10)
    return pdf_with(b"/XObject<</P 5 0 R>>", b"/P Do", *levels, last)
