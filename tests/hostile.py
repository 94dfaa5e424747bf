"""What nobody may bring, each with the sentence its sender reads: one table for every way in."""

import io
import zipfile

from conference import pictures
from sessions.files import checks, container, office, pdf, xml_parts
from sessions.files.documents import make_odp, make_pdf
from tests import bytes as made

SCRIPT = b"/S/JavaScript/JS(app.alert\\(1\\))"
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
VBA = b'<Override PartName="/ppt/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'


def types_with(addition: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made.pptx())) as archive:
        return archive.read("[Content_Types].xml").replace(b"</Types>", addition)


def macro_type() -> bytes:
    main = made.SLIDES_TYPE.encode()
    return types_with(b"</Types>").replace(
        main, b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    )


def opening(action: bytes, **more) -> bytes:
    return made.pdf(catalog=b"/OpenAction<<%s>>" % action, **more)


def odp_plus(*extra) -> bytes:
    with zipfile.ZipFile(io.BytesIO(make_odp("Slides", made.LINES))) as archive:
        return made.package(*((name, archive.read(name)) for name in archive.namelist()), *extra)


FILES = {
    "empty": ("a.pdf", lambda: b"", checks.EMPTY),
    # Containers
    "bomb of 64 MB": ("a.pptx", lambda: made.bomb(64), container.TOO_LARGE_INSIDE),
    "bomb inside": ("a.pptx", lambda: made.pptx(("x/a.pptx", made.bomb(64))), container.TOO_LARGE_INSIDE),
    "70004 entries": ("a.pptx", made.many_entries, container.TOO_MANY_PARTS),
    "10001 entries": ("a.pptx", lambda: made.many_entries(10_001), container.TOO_MANY_PARTS),
    "smaller than told": (
        "a.pptx",
        lambda: made.lying_about_size(1000, forge_checksum=True),
        container.TOO_LARGE_INSIDE,
    ),
    "size is a lie": (
        "a.pptx",
        lambda: made.lying_about_size(9 * 1024**2, forge_checksum=False),
        container.DAMAGED,
    ),
    "headers differ": ("a.pptx", made.headers_that_differ, container.DAMAGED),
    "entries overlap": ("a.pptx", made.overlapping, container.UNSAFE_NAMES),
    "zip inside": (
        "a.pptx",
        lambda: made.pptx(("a.zip", made.package(("b.txt", b"b")))),
        office.ARCHIVE_INSIDE,
    ),
    "rar inside": ("a.pptx", lambda: made.pptx(("a.png", b"Rar!\x1a\x07\x01\x00")), office.ARCHIVE_INSIDE),
    "nested too deep": ("a.pptx", lambda: made.nested(3), office.ARCHIVE_INSIDE),
    "cut off": ("a.pptx", lambda: made.pptx()[:-200], container.DAMAGED),
    "only the start": ("a.pptx", lambda: made.pptx()[:8], container.DAMAGED),
    "byte changed": ("a.key", lambda: made.keynote().replace(b"snappy", b"snappi"), container.DAMAGED),
    "slip": ("a.pptx", lambda: made.pptx(("../../evil.py", b"x")), container.UNSAFE_NAMES),
    "windows slip": ("a.pptx", lambda: made.pptx(("..\\evil.py", b"x")), container.UNSAFE_NAMES),
    "absolute": ("a.pptx", lambda: made.pptx(("/etc/cron.d/x", b"x")), container.UNSAFE_NAMES),
    "drive": ("a.pptx", lambda: made.pptx(("C:/evil.py", b"x")), container.UNSAFE_NAMES),
    "symlink": ("a.pptx", lambda: made.pptx(made.symlink()), container.UNSAFE_NAMES),
    "same name twice": (
        "a.pptx",
        lambda: made.pptx(("A.txt", b"x"), ("a.txt", b"y")),
        container.UNSAFE_NAMES,
    ),
    "encrypted": ("a.pptx", made.encrypted_zip, container.PASSWORD),
    # Office formats
    "plain zip": ("a.pptx", lambda: made.package(("notes.txt", b"hello")), office.PLAIN_ARCHIVE),
    "plain zip as key": ("a.key", lambda: made.package(("preview.jpg", b"hello")), office.PLAIN_ARCHIVE),
    "no main part": ("a.pptx", lambda: made.pptx(without=["ppt/presentation.xml"]), checks.UNKNOWN),
    "macro part": ("a.pptx", lambda: made.pptx(("ppt/vbaProject.bin", b"x")), office.MACROS),
    "macro under another name": (
        "a.pptx",
        lambda: made.pptx(("[Content_Types].xml", types_with(VBA))),
        office.MACROS,
    ),
    "macro type": ("a.pptx", lambda: made.pptx(("[Content_Types].xml", macro_type())), office.MACROS),
    "macro inside": (
        "a.pptx",
        lambda: made.pptx(("x/a.pptx", made.pptx(("ppt/vbaProject.bin", b"x")))),
        office.MACROS,
    ),
    "macro ending": ("a.pptm", made.pptx, office.MACROS),
    "basic": ("a.odp", lambda: odp_plus(("Basic/Standard/Module1.xml", b"<x/>")), office.MACROS),
    "python macro": ("a.odp", lambda: odp_plus(("Scripts/python/x.py", b"x")), office.MACROS),
    "locked odp": ("a.odp", lambda: odp_plus(("encrypted-package", b"x")), container.PASSWORD),
    "locked keynote": ("a.key", lambda: made.keynote((".iwpv2", b"x")), container.PASSWORD),
    "locked pptx": ("a.pptx", lambda: made.office_2003(locked=True), container.PASSWORD),
    "old ppt": ("a.ppt", made.office_2003, checks.OLD_OFFICE),
    "laughs": (
        "a.pptx",
        lambda: made.pptx(("[Content_Types].xml", made.billion_laughs())),
        xml_parts.HAS_ENTITIES,
    ),
    "laughs in a slide": (
        "a.pptx",
        lambda: made.pptx(("x.xml", made.billion_laughs())),
        xml_parts.HAS_ENTITIES,
    ),
    "laughs in utf-16": (
        "a.odp",
        lambda: odp_plus(("x.xml", made.billion_laughs().decode().encode("utf-16-be"))),
        xml_parts.HAS_ENTITIES,
    ),
    "broken xml": ("a.pptx", lambda: made.pptx(("[Content_Types].xml", b"<Types>")), xml_parts.BROKEN_XML),
    # PDF
    "html as pdf": ("a.pdf", lambda: HTML, checks.UNKNOWN),
    "html before pdf": ("a.pdf", lambda: HTML + made.pdf(), checks.UNKNOWN),
    "html in the head": ("a.pdf", lambda: made.pdf().replace(b"\n1 0", b"\n%<ScRipt >\n1 0", 1), pdf.MIXED),
    "html at the end": ("a.pdf", lambda: made.pdf() + HTML, pdf.MIXED),
    "zip at the end": ("a.pdf", lambda: made.pdf() + made.package(("a", b"a")), pdf.MIXED),
    "script": ("a.pdf", lambda: opening(SCRIPT), pdf.ACTIVE),
    "script spelled oddly": ("a.pdf", lambda: opening(b"/#53 /#4aava#53cript/#4aS(x)"), pdf.ACTIVE),
    "script in pieces": ("a.pdf", lambda: opening(b"/S 5 0 R", objects={5: b"/JavaScript"}), pdf.ACTIVE),
    "script by name": (
        "a.pdf",
        lambda: made.pdf(catalog=b"/Names<</JavaScript<</Names[(a)<<%s>>]>>>>" % SCRIPT),
        pdf.ACTIVE,
    ),
    "script packed away": ("a.pdf", lambda: made.pdf_hiding({4: b"<<%s>>" % SCRIPT}), pdf.ACTIVE),
    "script packed and in pieces": (
        "a.pdf",
        lambda: made.pdf_hiding({4: b"<</S 5 0 R/JS 6 0 R>>", 5: b"/Java#53cript", 6: b"(x)"}),
        pdf.ACTIVE,
    ),
    "script that PDFium does not see": (
        "a.pdf",
        lambda: made.pdf() + b"4 0 obj<</Type/Action/#53/JavaScript/JS(x)>>endobj\n%%EOF",
        pdf.ACTIVE,
    ),
    "launch": ("a.pdf", lambda: opening(b"/S/Launch/F(cmd.exe)"), pdf.ACTIVE),
    "launch behind a string": (
        "a.pdf",
        lambda: opening(b"/A(\\(stream\\r\\n)/S/#4caunch/F(cmd.exe)"),
        pdf.ACTIVE,
    ),
    "film that runs a script": ("a.pdf", lambda: opening(b"/S/Rendition/JS(x)"), pdf.ACTIVE),
    "xfa": ("a.pdf", lambda: made.pdf(catalog=b"/AcroForm<</XFA 5 0 R>>", objects={5: b"(x)"}), pdf.ACTIVE),
    "pdf cut off": ("a.pdf", lambda: make_pdf("Slides", made.LINES)[:-100], pdf.DAMAGED),
    "pdf cut in half": ("a.pdf", lambda: make_pdf("Slides", made.LINES)[:4000], pdf.DAMAGED),
    "only a head": ("a.pdf", lambda: b"%PDF-1.7\n%%EOF", pdf.DAMAGED),
    "locked pdf": ("a.pdf", lambda: made.locked_pdf(opens_without_password=False), pdf.PASSWORD),
    "no pages": ("a.pdf", lambda: made.pdf(pages=0), pdf.DAMAGED),
    # Something else
    "exe": ("a.pptx", lambda: b"MZ\x90\0" + bytes(500), checks.UNKNOWN),
    "svg": ("a.pdf", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", checks.UNKNOWN),
    "gif": ("a.pdf", lambda: b"GIF89a/*" + bytes(50) + b"*/=1;alert(1)", checks.UNKNOWN),
    "picture": ("a.pdf", made.jpeg, checks.UNKNOWN),
    "text": ("a.odt", lambda: b"hello", checks.UNKNOWN),
}

# Name, bytes and the sentence of each is above; a picture has no name that counts.
PICTURES = {
    "empty": (lambda: b"", pictures.EMPTY),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", pictures.UNREADABLE),
    "gif with script": (lambda: b"GIF89a/*" + bytes(50) + b"*/=1;alert(1)", pictures.UNREADABLE),
    "fits": (lambda: b"SIMPLE  =                    T" + b" " * 2850, pictures.UNREADABLE),
    "eps": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", pictures.UNREADABLE),
    "pdf": (made.pdf, pictures.UNREADABLE),
    "cut off": (lambda: made.jpeg((900, 900))[:-3000], pictures.UNREADABLE),
    "broken png": (lambda: made.png()[:50], pictures.UNREADABLE),
    "empty flood": (lambda: made.pixel_flood(6000), pictures.UNREADABLE),
}
