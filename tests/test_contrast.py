"""Every pair of text and ground in tokens.css keeps 4.5:1, in both schemes, for every hue an edition can have."""

import re
from pathlib import Path

from django.test import SimpleTestCase

from conference.colours import linear_rgb

TOKENS = Path(__file__).resolve().parents[1] / "static" / "css" / "tokens.css"
SCHEMES = {"light": 0, "dark": 1}
HUES = [*range(0, 360, 15)]
GROUNDS = ["paper", "surface", "wash"]
TEXTS = ["ink", "quiet", "accent", "accent-strong", "open", "scarce", "danger"]
ON_FILL = [("on-accent", "accent"), ("on-accent", "accent-strong"), ("paper", "danger")]
Rgb = tuple[float, float, float]


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of two linear sRGB colours (WCAG 2.2, "relative luminance")."""

    def luminance(rgb: Rgb) -> float:
        red, green, blue = (min(1.0, max(0.0, part)) for part in rgb)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def declared_colours(css: str) -> dict[str, tuple[str, str]]:
    """Name of each colour token to the arguments of its two oklch() values, light and dark."""
    inner = r"oklch\(((?:[^()]|\([^()]*\))*)\)"
    found: dict[str, tuple[str, str]] = {}
    for name, light, dark in re.findall(
        rf"--color-([\w-]+): light-dark\({inner}, {inner}\)", replace_vars(css)
    ):
        found[name] = (light, dark)
    return found


def replace_vars(css: str) -> str:
    return css.replace("var(--hue)", "HUE").replace("var(--chroma)", "CHROMA")


def declared_chroma(css: str) -> dict[int, float]:
    """The chroma of the accent at each hue an edition may choose."""
    rule = r'\[data-hue="(\d+)"\] \{ --hue: (\d+); --chroma: ([\d.]+); \}'
    return {int(hue): float(chroma) for label, hue, chroma in re.findall(rule, css) if label == hue}


def number(text: str, hue: int, chroma: float) -> float:
    """A number, HUE, CHROMA, or calc(CHROMA * factor)."""
    if product := re.fullmatch(r"calc\(CHROMA \* ([\d.]+)\)", text):
        return chroma * float(product[1])
    return {"HUE": float(hue), "CHROMA": chroma}[text] if text.isalpha() else float(text)


def colours(css: str, scheme: str, hue: int) -> dict[str, Rgb]:
    chroma = declared_chroma(css)[hue]
    return {
        name: linear_rgb(
            *(number(part, hue, chroma) for part in re.split(r"\s+(?![^(]*\))", pair[SCHEMES[scheme]]))
        )
        for name, pair in declared_colours(css).items()
    }


def too_faint(css: str) -> list[str]:
    found = []
    for scheme in SCHEMES:
        for hue in HUES:
            named = colours(css, scheme, hue)
            pairs = [(text, ground, 4.5) for text in TEXTS for ground in GROUNDS]
            pairs += [(text, fill, 4.5) for text, fill in ON_FILL]
            pairs += [("edge", ground, 3.0) for ground in GROUNDS]  # borders of controls, WCAG 1.4.11
            for text, ground, least in pairs:
                ratio = contrast(named[text], named[ground])
                if ratio < least:
                    found.append(f"{text} on {ground}, {scheme}, hue {hue}: {ratio:.2f}")
    return found


class ContrastTests(SimpleTestCase):
    def setUp(self):
        self.css = TOKENS.read_text()

    def test_known_contrasts_come_out(self):
        black, white = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)

        self.assertAlmostEqual(contrast(black, white), 21)
        self.assertAlmostEqual(contrast(linear_rgb(0.5999, 0, 0), white), 3.95, places=1)

    def test_every_hue_is_there(self):
        self.assertEqual(sorted(declared_chroma(self.css)), HUES)

    def test_every_text_is_legible_on_every_ground(self):
        self.assertEqual(too_faint(self.css), [])

    def test_every_colour_can_be_shown_as_it_is_written(self):
        outside = [
            f"{name}, {scheme}, hue {hue}"
            for scheme in SCHEMES
            for hue in HUES
            for name, rgb in colours(self.css, scheme, hue).items()
            if not all(-0.002 <= part <= 1.002 for part in rgb)
        ]

        self.assertEqual(outside, [])

    def test_a_paler_accent_is_refused(self):
        paler = self.css.replace(
            "oklch(0.46 var(--chroma) var(--hue))", "oklch(0.66 var(--chroma) var(--hue))"
        )

        self.assertNotEqual(paler, self.css)
        self.assertGreater(len(too_faint(paler)), 0)
