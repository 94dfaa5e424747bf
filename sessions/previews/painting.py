"""Write a page's picture in both sizes, and make a harmless one of whatever a file brought along as its thumbnail."""

import warnings
from io import BytesIO
from pathlib import Path

from PIL import Image

from sessions.previews.pages import COVER, LARGE, SIZES

QUALITY, EFFORT = 80, 3  # of WebP: letters stay sharp, and a page takes a fifth of a second
MOST_PIXELS = 40_000_000  # of a thumbnail, asked before it is unpacked
KINDS = ("JPEG", "PNG")


def paint(picture: Image.Image, number: int, folder: Path) -> None:
    """As <number>-<size>.webp, never enlarged."""
    for size in SIZES:
        smaller = picture if picture.width <= size else narrowed(picture, size)
        smaller.save(folder / f"{number}-{size}.webp", "WEBP", quality=QUALITY, method=EFFORT)


def narrowed(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2)


def paint_cover(thumbnail: bytes, folder: Path) -> bool:
    """False if there is none, or none that we read."""
    if not thumbnail:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(thumbnail), formats=KINDS)
        if picture.width * picture.height > MOST_PIXELS or picture.height > 2 * LARGE:
            return False
        cover = picture.convert("RGB")
        if is_blank(cover):
            return False
        paint(cover, COVER, folder)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False
    return True


def is_blank(picture: Image.Image) -> bool:
    """One colour everywhere: what programs write that draw no thumbnail."""
    return all(lowest == highest for lowest, highest in picture.getextrema())  # type: ignore[misc]
