"""Bytes that strangers send: good files, broken files and attacks, all built here."""

import functools
import hashlib
import io
import stat
import struct
import zipfile
import zlib

from PIL import Image

from sessions.files.documents import make_pptx

LINES = ["Open doors for new teachers", "Three schools, one timetable", "What the pupils said"]
OOXML_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SLIDES_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
PADDING = bytes.fromhex(
    "28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a"
)  # PDF 1.7, 7.6.3.3

NAMES = [
    "../../etc/passwd.pdf",
    "..\\..\\windows\\system32.pdf",
    "/etc/shadow.pdf",
    "C:\\temp\\slides.pdf",
    "slides\r\nSet-Cookie: a=b.pdf",
    "slides\x00.pdf",
    'slides"; filename="evil.exe.pdf',
    "slides; filename*=UTF-8''evil.exe.pdf",
    "invoice\u202efdp.exe.pdf",
    "\u2066slides\u2069.pdf",
    "cafe\u0301.pdf",
    "日本語の発表.pdf",
    "عرض تقديمي.pdf",
    "🎓 talk.pdf",
    "   .pdf",
    ".pdf",
    "...pdf",
    "CON.pdf",
    "slides.pdf. . .",
    "x" * 5000 + ".pdf",
    "<script>alert(1)<script>.pdf",
    "bad\ud800half.pdf",
    "%2e%2e%2fetc%2fpasswd.pdf",
]


def package(*parts, compression=zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of (name or ZipInfo, bytes) pairs, in that order, whatever they are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


def pptx(*extra, without=()) -> bytes:
    """A real presentation with these parts added or put in place of its own."""
    replaced = {name for name, _content in extra if isinstance(name, str)} | set(without)
    with zipfile.ZipFile(io.BytesIO(make_pptx("Slides", LINES))) as archive:
        own = [(name, archive.read(name)) for name in archive.namelist() if name not in replaced]
    return package(*own, *extra)


def keynote(*extra) -> bytes:
    return package(
        ("Index/Document.iwa", b"\0\x10\0\0" + b"snappy" * 40),
        ("Index/Slide-1234.iwa", b"\0\x10\0\0" + b"slide" * 40),
        ("Metadata/Properties.plist", b"bplist00"),
        ("Data/photo-12.jpg", jpeg()),
        ("preview.jpg", jpeg()),
        *extra,
        compression=zipfile.ZIP_STORED,
    )


@functools.cache
def bomb(megabytes: int) -> bytes:
    target = io.BytesIO(pptx())
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("ppt/media/a.bin", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(1024**2))
    return target.getvalue()


@functools.cache
def many_entries(count: int = 70_004) -> bytes:
    return package(*((f"{number:x}", b"") for number in range(count)))


def lying_about_size(claimed: int, *, forge_checksum: bool) -> bytes:
    """A part of 8 MB that says in both headers to be smaller, if asked with the checksum to match."""
    content = bytes(8 * 1024**2)
    data = bytearray(pptx(("ppt/media/liar.bin", content)))
    checksum = struct.pack("<L", zlib.crc32(content))
    told = struct.pack("<L", zlib.crc32(content[:claimed])) if forge_checksum else checksum
    while (place := data.find(checksum)) >= 0 and checksum != b"\xff" * 4:
        data[place : place + 4] = b"\xff" * 4
        data[place + 8 : place + 12] = struct.pack("<L", claimed)
    return bytes(data).replace(b"\xff" * 4, told)


def headers_that_differ() -> bytes:
    """The size is small in the directory and large in front of the data."""
    data = bytearray(pptx(("a.bin", b"0123456789" * 100)))
    place = data.find(b"a.bin") - zipfile.sizeFileHeader + 22
    data[place : place + 4] = struct.pack("<L", 5)
    return bytes(data)


def overlapping() -> bytes:
    """Two directory entries that share the bytes of one."""
    content = bytes(1000)
    data = bytearray(package(("a.bin", content), ("b.bin", content)))
    last = data.rfind(b"PK\x01\x02")
    data[last + 42 : last + 46] = struct.pack("<L", 0)
    data[last + 46 : last + 51] = b"a.bin"
    return bytes(data)


def encrypted_zip() -> bytes:
    data = bytearray(pptx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            data[start + place] |= 1
    return bytes(data)


def nested(depth: int) -> bytes:
    inner = pptx()
    for _ in range(depth):
        inner = pptx(("ppt/embeddings/deck.pptx", inner))
    return inner


def symlink() -> tuple[zipfile.ZipInfo, bytes]:
    entry = zipfile.ZipInfo("ppt/media/link.png")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry, b"/etc/passwd"


def with_doctype(definitions: str, use: str) -> bytes:
    types = f'<Types xmlns="{OOXML_TYPES}"><Default Extension="xml" ContentType="{use}"/></Types>'
    return f'<?xml version="1.0"?><!DOCTYPE x [{definitions}]>{types}'.encode()


def billion_laughs() -> bytes:
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return with_doctype(f'<!ENTITY l0 "ha">{steps}', "&l9;")


def external_entity(address: str) -> bytes:
    return with_doctype(
        f'<!ENTITY % out SYSTEM "{address}"> %out; <!ENTITY in SYSTEM "{address}">', "text/plain"
    )


def office_2003(*, locked: bool = False) -> bytes:
    mark = "EncryptedPackage" if locked else "PowerPoint Document"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(70_000) + mark.encode("utf-16-le") + bytes(500)


def pdf(
    *, catalog: bytes = b"", objects: dict[int, bytes] | None = None, trailer: bytes = b"", pages=1
) -> bytes:
    """A small PDF by hand: 1 is the catalogue, 2 the pages, 3 the page; more objects as wanted."""
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R" if pages else b"", pages),
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>",
        **(objects or {}),
    }
    out, offsets = b"%PDF-1.7\n", {}
    for number, body in bodies.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in offsets.items())
    size = max(bodies) + 1
    return (
        out
        + b"xref\n0 1\n0000000000 65535 f \n%strailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            rows,
            size,
            trailer,
            len(out),
        )
    )


def pdf_hiding(action: dict[int, bytes]) -> bytes:
    """The catalogue and the given objects packed away in an object stream, opening with object 4."""
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>",
        **action,
    }
    index, content = b"", b""
    for number, body in bodies.items():
        index += b"%d %d " % (number, len(content))
        content += body + b" "
    packed = zlib.compress(index + content)
    out = b"%PDF-1.5\n"
    head = b"8 0 obj<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n"
    places = {number: (2, 8, position) for position, number in enumerate(bodies)} | {8: (1, len(out), 0)}
    out += head % (len(bodies), len(index), len(packed)) + packed + b"\nendstream endobj\n"
    places[9] = (1, len(out), 0)
    rows = [places.get(number, (0, 0, 0)) for number in range(10)]
    table = b"".join(bytes([a]) + b.to_bytes(4, "big") + c.to_bytes(2, "big") for a, b, c in rows)
    out += b"9 0 obj<</Type/XRef/Size 10/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return out + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % places[9][1]


def locked_pdf(*, opens_without_password: bool) -> bytes:
    """Encrypted with 40 bits; either nobody may change it, or nobody may open it."""
    owner, identity = bytes(range(32)), b"0123456789abcdef"
    key = hashlib.md5(PADDING + owner + struct.pack("<l", -4) + identity).digest()[:5]  # noqa: S324
    user = _rc4(key, PADDING) if opens_without_password else bytes(32)
    rules = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (owner.hex().encode(), user.hex().encode())
    name = b"<%s>" % identity.hex().encode()
    return pdf(objects={7: rules}, trailer=b"/Encrypt 7 0 R/ID[%s%s]" % (name, name))


def jpeg(size=(64, 32), **options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (200, 40, 40)).save(target, "JPEG", **options)
    return target.getvalue()


def jpeg_with_place() -> bytes:
    """Taken on its side, with a camera's name and GPS position."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretCamera"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 33.0)
    return jpeg(exif=exif, comment=b"SecretComment")


def png(mode="RGB", size=(64, 32), colour=None) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, colour or 0).save(target, "PNG")
    return target.getvalue()


def pixel_flood(side: int = 65_535) -> bytes:
    """A PNG of a few bytes that claims a picture no machine can hold."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!L", len(data)) + kind + data + struct.pack("!L", zlib.crc32(kind + data))

    header = struct.pack("!2L5B", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
