"""Small valid OpenDocument and Word files, written part by part."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from sessions.files.formats import FORMATS, OOXML
from sessions.files.packages import write_package
from sessions.files.slides import plain, spread

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SCHEMAS = "http://schemas.openxmlformats.org"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODF_NAMES = "".join(
    f' xmlns:{short}="{OASIS}:{long}:1.0"'
    for short, long in {
        "office": "office",
        "draw": "drawing",
        "presentation": "presentation",
        "style": "style",
        "svg": "svg-compatible",
        "text": "text",
        "fo": "xsl-fo-compatible",
    }.items()
)
ODF_STYLES = (
    f'{XML}<office:document-styles{ODF_NAMES} office:version="1.3"><office:automatic-styles>'
    '<style:page-layout style:name="wide"><style:page-layout-properties fo:page-width="28cm"'
    ' fo:page-height="15.75cm" style:print-orientation="landscape"/></style:page-layout>'
    '</office:automatic-styles><office:master-styles><style:master-page style:name="Default"'
    ' style:page-layout-name="wide"/></office:master-styles></office:document-styles>'
)


def make_odp(title: str, lines: Sequence[str], *, slides: int = 3, lang: str = "en") -> bytes:
    pages = "".join(_odp_page(*page) for page in spread(title, lines, slides))
    return _odf("odp", f"<office:presentation>{pages}</office:presentation>", title, lang, ODF_STYLES)


def make_odt(title: str, lines: Sequence[str], *, lang: str = "en") -> bytes:
    heading = f'<text:h text:outline-level="1">{escape(plain(title))}</text:h>'
    return _odf("odt", f"<office:text>{heading}{_paragraphs(lines)}</office:text>", title, lang, "")


def make_docx(title: str, lines: Sequence[str], *, lang: str = "en") -> bytes:
    language = f"<w:rPr><w:lang w:val={quoteattr(lang)}/></w:rPr>"
    texts = [f"<w:p><w:r>{language}<w:t>{escape(plain(line))}</w:t></w:r></w:p>" for line in [title, *lines]]
    main = f"{OOXML}.wordprocessingml.document.main+xml"
    return write_package(
        [
            (
                "[Content_Types].xml",
                f'{XML}<Types xmlns="{SCHEMAS}/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            ),
            (
                "_rels/.rels",
                f'{XML}<Relationships xmlns="{SCHEMAS}/package/2006/relationships"><Relationship Id="rId1"'
                f' Type="{SCHEMAS}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
                "</Relationships>",
            ),
            (
                "word/document.xml",
                f'{XML}<w:document xmlns:w="{SCHEMAS}/wordprocessingml/2006/main"><w:body>{"".join(texts)}'
                "<w:sectPr/></w:body></w:document>",
            ),
        ]
    )


def _odf(name: str, body: str, title: str, lang: str, styles: str) -> bytes:
    content_type = FORMATS[name].content_type
    files = {
        "content.xml": f'{XML}<office:document-content{ODF_NAMES} office:version="1.3">'
        f"<office:body>{body}</office:body></office:document-content>",
        "meta.xml": f'{XML}<office:document-meta{ODF_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' office:version="1.3"><office:meta><dc:title>{escape(plain(title))}</dc:title>'
        f"<dc:language>{escape(lang)}</dc:language></office:meta></office:document-meta>",
    }
    if styles:
        files["styles.xml"] = styles
    listed = "".join(
        f'<manifest:file-entry manifest:full-path={quoteattr(path)} manifest:media-type="text/xml"/>'
        for path in files
    )
    manifest = (
        f'{XML}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{content_type}"/>'
        f"{listed}</manifest:manifest>"
    )
    return write_package([("mimetype", content_type), *files.items(), ("META-INF/manifest.xml", manifest)])


def _odp_page(heading: str, lines: Sequence[str]) -> str:
    return (
        f'<draw:page draw:name={quoteattr(heading)} draw:master-page-name="Default">'
        f"{_odp_frame('title', '1cm', '2.5cm', _paragraphs([heading]))}"
        f"{_odp_frame('outline', '4cm', '10.5cm', _paragraphs(lines))}</draw:page>"
    )


def _odp_frame(role: str, top: str, height: str, content: str) -> str:
    return (
        f'<draw:frame presentation:class="{role}" svg:x="1.5cm" svg:y="{top}" svg:width="25cm"'
        f' svg:height="{height}"><draw:text-box>{content}</draw:text-box></draw:frame>'
    )


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<text:p>{escape(plain(line))}</text:p>" for line in lines)
