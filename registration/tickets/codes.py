"""A ticket's code as a QR code: black on white with its quiet zone, whatever colours the page has."""

import io

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

QUIET_ZONE = 4  # white modules around, which scanners need
PIXELS = 12  # of one module in a picture for mails


def qr_of(code: str) -> segno.QRCode:
    # The mask is given, because trying out all eight takes five times as long and scanners read any.
    return segno.make_qr(code, error="m", mask=3, boost_error=False)


def svg_of(code: str, *, label: str = "") -> SafeString:
    """Inline, so that it is there without a network; colours as attributes, which the security policy allows."""
    qr = qr_of(code)
    size = qr.symbol_size(border=QUIET_ZONE)[0]
    return format_html(
        '<svg class="qr" viewBox="0 0 {size} {size}" role="img" aria-label="{label}" shape-rendering="crispEdges">'
        '<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>',
        size=size,
        label=label or _("QR code of your ticket"),
        path=runs_of(qr),
    )


def path_of(code: str) -> str:
    return runs_of(qr_of(code))


def runs_of(qr: segno.QRCode) -> str:
    """One rectangle for each run of dark modules in a row."""
    runs = []
    for y, row in enumerate(qr.matrix):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                runs.append(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{end - x}v1h-{end - x}z")
            x = end + 1
    return "".join(runs)


def picture_of(code: str) -> bytes:
    """For typesetting: the same as path_of, as a file of its own."""
    qr = qr_of(code)
    size = qr.symbol_size(border=QUIET_ZONE)[0]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{runs_of(qr)}"/></svg>'
    )
    return svg.encode()


def png_of(code: str) -> bytes:
    """For mails, because few mail programs show SVG."""
    png = io.BytesIO()
    qr_of(code).save(png, kind="png", scale=PIXELS, border=QUIET_ZONE, dark="#000", light="#fff")
    return png.getvalue()
