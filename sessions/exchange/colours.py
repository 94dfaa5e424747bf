"""A track's hue as a colour for formats that want one, and the hue that comes nearest to a colour.

In and out: a hue of the house in degrees (0–345 in steps of 15) and a colour written "#rrggbb".
Source of the formula: Björn Ottosson, "A perceptual color space for image processing" (OKLab), as in CSS Color 4.
"""

from functools import lru_cache
from math import atan2, cbrt, degrees

from conference.colours import accent
from conference.models.edition import HUES

GREY = 0.02  # below this chroma a colour has no hue to speak of
DEFAULT = 255


@lru_cache(maxsize=len(HUES))
def color_of(hue: int) -> str:
    """As the site paints it."""
    return accent(hue)


def hue_of(color: str) -> int:
    """The nearest hue; the house's default for grey and for what is no colour."""
    try:
        number = int(color.removeprefix("#").ljust(6, "?"), 16)
    except ValueError:
        return DEFAULT
    red, green, blue = (_light(number >> shift & 255) for shift in (16, 8, 0))
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    if a * a + b * b < GREY * GREY:
        return DEFAULT
    return round(degrees(atan2(b, a)) / 15) * 15 % 360


def _light(eight_bits: int) -> float:
    curved = eight_bits / 255
    return curved / 12.92 if curved <= 0.04045 else ((curved + 0.055) / 1.055) ** 2.4
