"""The elements of a Word body that mean something to the reader, under short names."""

from __future__ import annotations

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_DRAWING = ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/")
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

REFERENCES = {
    "footnoteReference": "footnotes",
    "endnoteReference": "footnotes",
    "commentReference": "comments",
    "picture": "images",
    "diagram": "drawings",
}
"""Elements that stand for something outside the text → what it is counted as."""

# fmt: off
SKIPPED = frozenset({
    "del", "moveFrom", "instrText", "delInstrText", "delText", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr",
    "rt", "object",
})
"""Elements whose content is no text of the document."""

_READ = (
    "p", "tbl", "tr", "tc", "sdt", "r", "t", "ins", "sym", "txbxContent", "altChunk", "tab", "ptab", "br", "cr",
    "noBreakHyphen", "softHyphen", "footnoteReference", "endnoteReference", "commentReference",
)
# fmt: on

KIND: dict[str, str] = {f"{{{space}}}{name}": name for space in _WORD for name in (*_READ, *SKIPPED)}
"""Full tag → short name; a tag that is not here is only a wrapper."""
KIND |= {f"{{{_COMPATIBILITY}}}{name}": name for name in ("AlternateContent", "Choice")}
KIND |= {f"{{{space}}}t": "t" for space in _MATH}
for _base in _DRAWING:
    KIND |= {f"{{{_base}main}}blip": "picture"}
    KIND |= {f"{{{_base}chart}}chart": "diagram", f"{{{_base}diagram}}relIds": "diagram"}
KIND["{urn:schemas-microsoft-com:vml}imagedata"] = "picture"
