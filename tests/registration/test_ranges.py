"""Which part of a file a client asks for."""

import pytest
from django.test import SimpleTestCase

from registration.downloading.ranges import ByteRange, NotSatisfiable, asked_range


class AskedRangeTests(SimpleTestCase):
    def test_last_bytes_of_a_short_file(self):
        self.assertEqual(asked_range("bytes=-500", 10), ByteRange(0, 9))

    def test_nothing_of_an_empty_file(self):
        for header in ("bytes=0-", "bytes=-5"):
            with pytest.raises(NotSatisfiable):
                asked_range(header, 0)
