"""The elements of an OpenDocument body that mean something to the reader, under short names."""

from __future__ import annotations

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{_SPACE}office:1.0}}"
TEXT = f"{_SPACE}text:1.0}}"
TABLE = f"{_SPACE}table:1.0}}"
DRAW = f"{_SPACE}drawing:1.0}}"
STYLE = f"{_SPACE}style:1.0}}"
FO = f"{_SPACE}xsl-fo-compatible:1.0}}"
_SVG = f"{_SPACE}svg-compatible:1.0}}"

SKIPPED = frozenset({"note", "annotation", "tracked-changes", "script", "description", "ruby-text", "number", "forms"})
"""Elements whose content is no text of the document."""

KIND: dict[str, str] = {
    f"{TEXT}p": "paragraph",
    f"{TEXT}h": "paragraph",
    f"{TEXT}list": "list",
    f"{TEXT}list-item": "item",
    f"{TEXT}section": "section",
    f"{TEXT}span": "span",
    f"{TEXT}s": "blanks",
    f"{TEXT}tab": "tab",
    f"{TEXT}line-break": "line-break",
    f"{TEXT}hidden-text": "hidden-text",
    f"{TEXT}note": "note",
    f"{TEXT}tracked-changes": "tracked-changes",
    f"{TEXT}script": "script",
    f"{TEXT}ruby-text": "ruby-text",
    f"{TEXT}number": "number",
    f"{OFFICE}annotation": "annotation",
    f"{OFFICE}forms": "forms",
    f"{TABLE}table": "table",
    f"{TABLE}title": "description",
    f"{TABLE}desc": "description",
    f"{_SVG}title": "description",
    f"{_SVG}desc": "description",
}
"""Full tag → short name; a tag that is not here is only a wrapper, or a field whose result is text."""
