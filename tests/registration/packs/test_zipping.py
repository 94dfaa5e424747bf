"""The ZIP as other programmes read it, whole, in parts, large, and when a file is no more what it was."""

import io
import shutil
import subprocess
import tempfile
import tracemalloc
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from unittest import TestCase, skipUnless

from registration.packs import zipping
from registration.packs.zipping import Entry, FileChanged, StoredZip

AT = datetime(2027, 3, 13, 9, 30, 42, tzinfo=UTC)


def make_entry(name="a.txt", content=b"words", **fields):
    known = {"size": len(content), "crc32": zlib.crc32(content), "changed_at": AT, **fields}
    return Entry(name=name, open=lambda start: io.BytesIO(content), **known)


def made(*entries):
    return b"".join(StoredZip(entries).pieces())


FILES = (
    make_entry("06 Hub/Slides ü 日本.pdf", bytes(range(256)) * 3000),
    make_entry("empty.txt", b""),
    make_entry("contents.html", b"<p>Contents"),
)


class Zeros(io.RawIOBase):
    """A large file without its bytes."""

    def __init__(self, size):
        self.place, self.end = 0, size

    def seek(self, place, whence=0):
        self.place = place
        return place

    def read(self, size=-1):
        count = max(min(size, self.end - self.place), 0)
        self.place += count
        return bytes(count)


class WholeTests(TestCase):
    def test_python_reads_every_name_date_and_byte(self):
        content = made(*FILES)

        with zipfile.ZipFile(io.BytesIO(content)) as read:
            self.assertIsNone(read.testzip())
            self.assertEqual(read.namelist(), [one.name for one in FILES])
            self.assertEqual([read.read(one.name) for one in FILES], [one.open(0).read() for one in FILES])
            self.assertEqual({one.date_time for one in read.infolist()}, {(2027, 3, 13, 9, 30, 42)})
            self.assertEqual({one.compress_type for one in read.infolist()}, {zipfile.ZIP_STORED})

    @skipUnless(shutil.which("unzip"), "unzip is not installed")
    def test_unzip_finds_no_fault(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "pack.zip")
            path.write_bytes(made(*FILES))
            said = subprocess.run(["unzip", "-t", path], capture_output=True, text=True, check=False)  # noqa: S607

        self.assertEqual((said.returncode, "No errors detected" in said.stdout), (0, True), said.stdout)

    def test_the_size_is_known_before(self):
        for entries in ((), FILES[:1], FILES):
            self.assertEqual(StoredZip(entries).size, len(made(*entries)))

    def test_an_empty_one_is_a_zip(self):
        with zipfile.ZipFile(io.BytesIO(made())) as read:
            self.assertEqual(read.namelist(), [])

    def test_it_is_the_same_each_time(self):
        self.assertEqual(made(*FILES), made(*FILES))

    def test_a_date_before_the_format_becomes_its_first(self):
        content = made(make_entry(changed_at=datetime(1970, 1, 1, tzinfo=UTC)))

        with zipfile.ZipFile(io.BytesIO(content)) as read:
            self.assertEqual(read.infolist()[0].date_time, (1980, 1, 1, 0, 0, 0))


class PartTests(TestCase):
    def test_every_two_parts_make_the_whole(self):
        pack = StoredZip((make_entry("a", b"one"), make_entry("b", b""), make_entry("c", b"three")))
        whole = b"".join(pack.pieces())

        for cut in range(1, pack.size):
            parts = b"".join(pack.pieces(0, cut - 1)) + b"".join(pack.pieces(cut))
            self.assertEqual(parts, whole, cut)

    def test_a_part_opens_only_its_own_files(self):
        opened = []
        entries = [
            Entry(
                name,
                5,
                zlib.crc32(b"words"),
                AT,
                lambda start, name=name: opened.append((name, start)) or io.BytesIO(b"words"),
            )
            for name in "abc"
        ]
        pack = StoredZip(entries)

        list(pack.pieces(pack.offsets[1], pack.offsets[2] - 1))
        self.assertEqual(opened, [("b", 0)])
        list(pack.pieces(pack.directory_offset))
        self.assertEqual(opened, [("b", 0)])


class ChangedTests(TestCase):
    def assert_changed(self, entry):
        pieces = []
        with self.assertRaises(FileChanged):
            pieces.extend(StoredZip([entry]).pieces())
        self.assertLess(len(b"".join(pieces)), StoredZip([entry]).size)

    def test_a_file_that_became_shorter_ends_the_stream(self):
        self.assert_changed(make_entry(size=100))

    def test_a_file_with_other_bytes_ends_the_stream(self):
        self.assert_changed(make_entry(crc32=1))

    def test_a_file_that_became_longer_ends_the_stream(self):
        self.assert_changed(make_entry(size=3))


class LargeTests(TestCase):
    def test_python_reads_large_files_and_offsets(self):
        size = 5 * 1024**3
        zeros = Entry("zeros", size, 0, AT, lambda start: Zeros(size))
        pack = StoredZip([zeros, make_entry("behind", b"the large one")])
        tail = b"".join(pack.pieces(pack.offsets[1]))
        head = b"".join(pack.pieces(0, zeros.head_size - 1))

        file = Sparse(head, tail, pack.size)
        with zipfile.ZipFile(file) as read:
            large, behind = read.infolist()
            self.assertEqual((large.file_size, behind.header_offset), (size, pack.offsets[1]))
            self.assertEqual(read.read("behind"), b"the large one")
            with read.open("zeros") as content:
                self.assertEqual(content.read(10), bytes(10))

    def test_python_reads_more_entries_than_16_bits_can_count(self):
        found = zipfile._EndRecData(io.BytesIO(zipping.ending(70_000, 0, 0)))

        self.assertEqual(found[zipfile._ECD_ENTRIES_TOTAL], 70_000)

    def test_memory_stays_flat(self):
        size = 64 * 1024**2
        crc = zipping.crc32_of(Zeros(size))
        pack = StoredZip([Entry("zeros", size, crc, AT, lambda start: Zeros(size))])
        tracemalloc.start()
        for _piece in pack.pieces():
            pass
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        self.assertLess(peak, 2 * 1024**2)


class Sparse(io.RawIOBase):
    """A file of which only the head and the tail have bytes, and the rest is nought."""

    def __init__(self, head, tail, size):
        self.head, self.tail, self.size, self.place = head, tail, size, 0

    def seekable(self):
        return True

    def tell(self):
        return self.place

    def seek(self, place, whence=0):
        self.place = {0: 0, 1: self.place, 2: self.size}[whence] + place
        return self.place

    def read(self, count=-1):
        stop = self.size if count < 0 else min(self.place + count, self.size)
        start, tail_at = self.place, self.size - len(self.tail)
        self.place = stop
        if start >= tail_at:
            return self.tail[start - tail_at : stop - tail_at]
        return self.head[start:stop].ljust(stop - start, b"\0")
