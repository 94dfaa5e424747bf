"""The colours of static/css/tokens.css as hexadecimal sRGB, for formats that know no other."""

from math import cos, radians, sin

PAPER = (0.987, 0.004, 85.0)
ACCENT_LIGHTNESS = 0.46
MOST_CHROMA = 0.165


def linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear sRGB of an oklch colour, unclipped (Björn Ottosson, "A perceptual color space", 2020)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def hexadecimal(rgb: tuple[float, float, float]) -> str:
    def encoded(part: float) -> int:
        part = min(1.0, max(0.0, part))
        curved = 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
        return round(255 * curved)

    return "#" + "".join(f"{encoded(part):02x}" for part in rgb)


def accent(hue: int) -> str:
    """The accent colour of an edition: as much chroma as sRGB can show at this lightness."""
    chroma = MOST_CHROMA
    while not is_shown(rgb := linear_rgb(ACCENT_LIGHTNESS, chroma, hue)):
        chroma -= 0.001
    return hexadecimal(rgb)


def is_shown(rgb: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= part <= 1.0005 for part in rgb)


def paper() -> str:
    return hexadecimal(linear_rgb(*PAPER))
