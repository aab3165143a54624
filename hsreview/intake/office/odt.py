"""OpenDocument text files (odt): the body in document order, as it reads with every tracked change accepted.

Headers, footers, notes, comments, deletions, hidden text, pictures and objects are left out and counted.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.intake.office.compose import Composer
from hsreview.intake.office.container import Container, damaged, open_container, protected
from hsreview.intake.office.left_out import doubts_of
from hsreview.intake.office.limits import MAX_REPEAT
from hsreview.intake.office.odt_styles import PLAIN, Look, Styles
from hsreview.intake.office.odt_tags import DRAW, KIND, OFFICE, SKIPPED, STYLE, TABLE, TEXT
from hsreview.intake.office.tables import marks_of
from hsreview.intake.source import Source

_CONTENT = "content.xml"
_STYLES = "styles.xml"
_MANIFEST = "META-INF/manifest.xml"
_BLANKS = re.compile(r"([ \t\r\n]+)")
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
_ROW_GROUPS = frozenset({f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"})
_HIDDEN_PARAGRAPH = f"{TEXT}hidden-paragraph"


def read(data: bytes, name: str, *, encoding: str | None = None) -> Source:
    """The text of the OpenDocument file in `data`; `name` and `encoding` play no part, the format fixes both.

    Raises InputRefused when the file is damaged, protected, unsafe or no text document.
    """
    container = open_container(data)
    if _MANIFEST in container.names and b"encryption-data" in container.data(_MANIFEST):
        raise protected()
    if _CONTENT not in container.names:
        raise damaged()
    content = container.xml(_CONTENT)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise InputRefused(_("The file is not an OpenDocument text: only .odt documents can be read, no sheets."))
    walk = _Walk(_styles(container, content))
    walk.blocks(body)
    text = walk.out.text()
    return Source(
        text=text,
        format="odt",
        marks=marks_of(text, walk.out.tables),
        bold=walk.out.bold_starts(text),
        doubts=doubts_of(walk.counts),
    )


def _styles(container: Container, content: etree._Element) -> tuple[Styles, Counter[str]]:
    """The styles of the document, and how many page headers and footers hold text."""
    styles, counts = Styles(), Counter[str]()
    if _STYLES in container.names:
        root = container.xml(_STYLES)
        styles.add(root)
        for kind in ("header", "footer"):
            margins = root.iter(*(f"{{*}}{kind}{which}" for which in ("", "-left", "-first")))
            shown = (margin for margin in margins if margin.get(f"{STYLE}display") != "false")
            counts[f"{kind}s"] += sum(any(str(t).strip() for t in margin.itertext()) for margin in shown)
    styles.add(content)
    return styles, counts


class _Walk:
    """Goes through the body once, writing paragraphs and counting what is left out."""

    def __init__(self, known: tuple[Styles, Counter[str]]) -> None:
        self._styles, self.counts = known
        self.out = Composer()
        self._boxes: list[etree._Element] = []
        self._fresh = True
        self._blank: bool | None = None

    def blocks(self, parent: etree._Element) -> None:
        """Write the paragraphs, lists and tables of `parent`, at any depth of wrapping."""
        for child in parent:
            kind = KIND.get(child.tag, "")
            if kind == "paragraph":
                self._paragraph(child)
            elif kind == "table":
                self._table(child)
            elif kind == "item":
                self.counts["numbering"] += any(KIND.get(node.tag) == "paragraph" for node in child)
                self.blocks(child)
            elif kind == "section" and child.get(f"{TEXT}display") == "none":
                self.counts["hidden"] += 1
            elif kind in SKIPPED:
                self._count_skipped(child, kind)
            elif str(child.tag).startswith(DRAW):
                self._shape(child)
                self._write_boxes()
            else:
                self.blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        look = self._styles.look("paragraph", paragraph, PLAIN)
        fields = (paragraph.find(_HIDDEN_PARAGRAPH), paragraph.find(f"{TEXT}span/{_HIDDEN_PARAGRAPH}"))
        if look.hidden or any(field is not None and _is_hidden(field) for field in fields):
            self.counts["hidden"] += 1
            return
        kept, self._boxes = self._boxes, []
        self.out.start_paragraph()
        self._fresh, self._blank = True, None
        self._inline(paragraph, look)
        self._blank = None  # blanks before the end of a paragraph are layout of the XML
        self.out.end_paragraph()
        self._write_boxes()
        self._boxes = kept

    def _write_boxes(self) -> None:
        found, self._boxes = self._boxes, []
        for box in found:
            self.counts["textboxes"] += 1
            self.blocks(box)

    def _table(self, table: etree._Element) -> None:
        self.out.start_table()
        self._rows(table)
        self.out.end_table()

    def _rows(self, parent: etree._Element) -> None:
        for node in parent:
            if node.tag == f"{TABLE}table-row":
                cells = [cell for cell in node if cell.tag in _CELLS]
                for column, cell in enumerate(cells):
                    self.out.start_cell(column)
                    self.blocks(cell)
                    self.out.end_cell()
                self.out.end_row()
            elif node.tag in _ROW_GROUPS:
                self._rows(node)

    def _inline(self, node: etree._Element, look: Look) -> None:
        self._write(node.text, look)
        for child in node:
            kind = KIND.get(child.tag, "")
            if kind == "blanks":
                self._blanks(child, look)
            elif kind in ("tab", "line-break"):
                self._char("\t" if kind == "tab" else "\n", look)
            elif kind == "span":
                inner = self._styles.look("text", child, look)
                if not inner.hidden:
                    self._inline(child, inner)
                elif any(str(part).strip() for part in child.itertext()):
                    self.counts["hidden"] += 1
            elif kind == "hidden-text":
                self._hidden_field(child, look)
            elif kind in SKIPPED:
                self._count_skipped(child, kind)
            elif str(child.tag).startswith(DRAW):
                self._shape(child)
            else:
                self._inline(child, look)
            self._write(child.tail, look)

    def _write(self, text: str | None, look: Look) -> None:
        """Write character data: runs of blanks count as one, those at the start and end of a paragraph as none."""
        for position, part in enumerate(_BLANKS.split(text or "")):
            if position % 2:
                self._blank = look.bold if self._blank is None else self._blank
            elif part:
                self._char(part, look)

    def _char(self, text: str, look: Look) -> None:
        if self._blank is not None and not self._fresh:
            self.out.write(" ", self._blank)
        self._fresh, self._blank = False, None
        self.out.write(text, look.bold)

    def _blanks(self, node: etree._Element, look: Look) -> None:
        written = str(node.get(f"{TEXT}c", "1"))
        count = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 1
        if count > MAX_REPEAT or len(written) >= 10:
            self.counts["repeats"] += 1
            count = MAX_REPEAT
        self._char(" " * count, look)

    def _hidden_field(self, node: etree._Element, look: Look) -> None:
        if _is_hidden(node):
            self.counts["hidden"] += 1
        else:
            self._inline(node, look)

    def _shape(self, shape: etree._Element) -> None:
        """Count what a frame or drawing shows; its paragraphs are written after the paragraph it is anchored in."""
        parts = [shape, *shape]
        if any(part.tag in (f"{DRAW}object", f"{DRAW}object-ole", f"{DRAW}plugin") for part in parts):
            self.counts["objects"] += 1  # the picture beside it only shows the object
            return
        if shape.tag == f"{DRAW}image":
            self.counts["images"] += 1
        if any(KIND.get(part.tag) in ("paragraph", "list", "table") for part in shape):
            self._boxes.append(shape)
            return
        for part in shape:
            if str(part.tag).startswith(DRAW):
                self._shape(part)

    def _count_skipped(self, node: etree._Element, kind: str) -> None:
        if kind == "note":
            self.counts["footnotes"] += 1
        elif kind == "annotation":
            self.counts["comments"] += 1
        elif kind == "script":
            self.counts["macros"] += 1
        elif kind == "tracked-changes":
            deleted = node.iter(f"{TEXT}deletion")
            self.counts["deletions"] += sum(any(str(t).strip() for t in _said(part)) for part in deleted)
            self.counts["insertions"] += sum(1 for _part in node.iter(f"{TEXT}insertion"))


def _said(deletion: etree._Element) -> list[str]:
    """The texts of a deletion's paragraphs, without who deleted them and when."""
    return [str(t) for p in deletion.iter(f"{TEXT}p", f"{TEXT}h") for t in p.itertext()]


def _is_hidden(node: etree._Element) -> bool:
    return str(node.get(f"{TEXT}is-hidden", "false")) == "true"
