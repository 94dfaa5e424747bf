"""A track's hue as a colour for formats that want one, and the hue that comes nearest to a colour.

In and out: a hue of the house in degrees (0–345 in steps of 15) and a colour written "#rrggbb".
Source of the formula: Björn Ottosson, "A perceptual color space for image processing" (OKLab), as in CSS Color 4.
"""

from functools import lru_cache
from math import atan2, cbrt, cos, degrees, radians, sin

from conference.models.edition import HUES

LIGHTNESS, CHROMA = 0.5, 0.11  # about as the site paints them on paper
GREY = 0.02  # below this chroma a colour has no hue to speak of
DEFAULT = 255


@lru_cache(maxsize=len(HUES))
def color_of(hue: int) -> str:
    a, b = CHROMA * cos(radians(hue)), CHROMA * sin(radians(hue))
    long = (LIGHTNESS + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (LIGHTNESS - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (LIGHTNESS - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return "#" + "".join(f"{_eight_bits(light):02x}" for light in (red, green, blue))


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


def _eight_bits(light: float) -> int:
    """A linear share of one primary colour as sRGB writes it."""
    light = min(max(light, 0.0), 1.0)
    curved = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(curved * 255)


def _light(eight_bits: int) -> float:
    curved = eight_bits / 255
    return curved / 12.92 if curved <= 0.04045 else ((curved + 0.055) / 1.055) ** 2.4
