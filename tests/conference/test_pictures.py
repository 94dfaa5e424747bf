import io
import tracemalloc

import pytest
from PIL import Image

from conference.pictures import RefusedPicture, clean_picture
from tests import bytes as made
from tests.hostile import PICTURES

LIMITS = {"max_side": 400, "max_bytes": 5 * 1024**2}


def clean(content: bytes, **limits):
    return clean_picture(io.BytesIO(content), **{**LIMITS, **limits})


def webp() -> bytes:
    target = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(target, "WEBP")
    return target.getvalue()


GOOD = {
    "jpeg": (made.jpeg, ".jpg"),
    "grey jpeg": (lambda: made.png("L"), ".jpg"),
    "png": (made.png, ".jpg"),
    "png with transparency": (lambda: made.png("RGBA", colour=(1, 2, 3, 0)), ".png"),
    "palette": (lambda: made.png("P"), ".jpg"),
    "16 bit": (lambda: made.png("I;16"), ".jpg"),
    "webp": (webp, ".png"),
}


@pytest.mark.parametrize("case", GOOD)
def test_good_picture_is_written_anew(case):
    make, extension = GOOD[case]

    picture = clean(make())

    assert picture.extension == extension
    with Image.open(io.BytesIO(picture.content)) as again:
        assert again.size == (picture.width, picture.height)
        assert Image.MIME[again.format] == picture.content_type


def test_place_and_camera_are_gone_and_the_picture_stands_upright():
    original = made.jpeg_with_place()
    assert b"SecretCamera" in original
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825)

    picture = clean(original)

    assert (picture.width, picture.height) == (32, 64)
    assert b"Secret" not in picture.content
    with Image.open(io.BytesIO(picture.content)) as again:
        assert not again.getexif()


def test_large_picture_is_shrunk_and_keeps_its_shape():
    picture = clean(made.jpeg((2000, 1000)))

    assert (picture.width, picture.height) == (400, 200)


def test_limit_is_the_last_size_that_is_taken():
    content = made.jpeg()

    assert clean(content, max_bytes=len(content)).extension == ".jpg"
    with pytest.raises(RefusedPicture, match="the limit is"):
        clean(content, max_bytes=len(content) - 1)


@pytest.mark.parametrize("case", PICTURES)
def test_refused_with_its_reason(case):
    make, message = PICTURES[case]

    with pytest.raises(RefusedPicture) as refusal:
        clean(make())

    assert str(refusal.value) == str(message)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [65_535, 13_000, 6_400])
def test_pixel_flood_is_refused_before_it_is_decoded(side):
    tracemalloc.start()
    try:
        with pytest.raises(RefusedPicture, match="more than 40 million pixels"):
            clean(made.pixel_flood(side))
        assert tracemalloc.get_traced_memory()[1] < 10 * 1024**2
    finally:
        tracemalloc.stop()
