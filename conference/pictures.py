"""Portraits and logos: decoded under limits and written anew, so that nothing of the original travels on."""

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

ACCEPTED = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000

EMPTY = _("This picture is empty. Save it again and upload the new file.")
TOO_LARGE = _("This picture is {size}, and the limit is {limit}. Make it smaller and upload it again.")
TOO_MANY_PIXELS = _("This picture has more than {limit} million pixels. Make it smaller and upload it again.")
UNREADABLE = _("This is not a picture we can read. Save it as JPEG, PNG or WebP and upload that file.")
# What Pillow raises on bytes that only claim to be a picture.
READING_ERRORS = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, struct.error, OverflowError,
)  # fmt: skip


class RefusedPicture(ValueError):  # noqa: N818
    """A picture we do not accept; its text says what is wrong and how to fix it."""

    def __init__(self, message: Any, **values: Any) -> None:
        self.message = format_lazy(message, **values) if values else message
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True)
class CleanPicture:
    """A picture this site made itself: pixels only, no place, camera or comment."""

    content: bytes
    extension: str
    content_type: str
    width: int
    height: int


def clean_picture(file: BinaryIO, *, max_side: int, max_bytes: int) -> CleanPicture:
    """Turn it upright, shrink it to the longest side allowed, and write it anew."""
    _check_size(file, max_bytes)
    try:
        with Image.open(file, formats=ACCEPTED) as original:
            if original.width * original.height > MAX_PIXELS:
                raise RefusedPicture(TOO_MANY_PIXELS, limit=MAX_PIXELS // 1_000_000)
            pixels = _upright_pixels(original, max_side)
    except RefusedPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedPicture(TOO_MANY_PIXELS, limit=MAX_PIXELS // 1_000_000) from error
    except READING_ERRORS as error:
        raise RefusedPicture(UNREADABLE) from error
    finally:
        file.seek(0)
    return _write(pixels)


def _check_size(file: BinaryIO, max_bytes: int) -> None:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if not size:
        raise RefusedPicture(EMPTY)
    if size > max_bytes:
        raise RefusedPicture(TOO_LARGE, size=filesizeformat(size), limit=filesizeformat(max_bytes))


def _upright_pixels(original: Image.Image, max_side: int) -> Image.Image:
    original.draft("RGB", (max_side, max_side))  # a JPEG is decoded no larger than needed
    original.load()
    has_alpha = original.has_transparency_data
    pixels = ImageOps.exif_transpose(original).convert("RGBA" if has_alpha else "RGB")
    pixels.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    return pixels


def _write(pixels: Image.Image) -> CleanPicture:
    bare = Image.new(pixels.mode, pixels.size)  # a new image has no metadata to forget about
    bare.paste(pixels)
    target = BytesIO()
    if bare.mode == "RGBA":
        bare.save(target, "PNG", optimize=True)
        extension, content_type = ".png", "image/png"
    else:
        bare.save(target, "JPEG", quality=88, optimize=True, progressive=True)
        extension, content_type = ".jpg", "image/jpeg"
    return CleanPicture(target.getvalue(), extension, content_type, bare.width, bare.height)
