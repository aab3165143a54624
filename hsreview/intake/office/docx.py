"""Word files (docx): the body in document order, as it would read with every tracked change accepted.

Headers, footers, notes, comments, deletions, hidden text, pictures and objects are left out and counted.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter

from lxml import etree

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.intake.office.compose import Composer
from hsreview.intake.office.container import Container, open_container
from hsreview.intake.office.docx_styles import Look, Styles, flag, value
from hsreview.intake.office.docx_tags import KIND, REFERENCES, SKIPPED
from hsreview.intake.office.left_out import doubts_of
from hsreview.intake.office.symbols import symbol
from hsreview.intake.office.tables import marks_of
from hsreview.intake.source import Source

_MAIN = "word/document.xml"
_MAX_MARGIN_PARTS = 20
"""Most header and footer parts that are looked into; the rest count without a look."""
_LINE_ENDS = re.compile(r"[\r\n]+")
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": ""}


def read(data: bytes, name: str, *, encoding: str | None = None) -> Source:
    """The text of the Word file in `data`; `name` and `encoding` play no part, the format fixes both.

    Raises InputRefused when the file is damaged, protected, unsafe or no Word file.
    """
    container = open_container(data)
    part = _main_part(container)
    body = container.xml(part).find("{*}body")
    if body is None:
        raise InputRefused(_("The file is not a Word document."))
    walk = _Walk(Styles(container, posixpath.join(posixpath.dirname(part), "styles.xml")))
    walk.blocks(body)
    _count_parts(container, part, walk.counts)
    text = walk.out.text()
    return Source(
        text=text,
        format="docx",
        marks=marks_of(text, walk.out.tables),
        bold=walk.out.bold_starts(text),
        doubts=doubts_of(walk.counts),
    )


class _Walk:
    """Goes through the body once, writing paragraphs and counting what is left out."""

    def __init__(self, styles: Styles) -> None:
        self.out = Composer()
        self.counts: Counter[str] = Counter()
        self._styles = styles
        self._boxes: list[etree._Element] = []
        self._in_hidden = False

    def blocks(self, parent: etree._Element) -> None:
        """Write the paragraphs and tables of `parent`, at any depth of wrapping."""
        for child in parent:
            kind = KIND.get(child.tag, "")
            if kind == "p":
                self._paragraph(child)
            elif kind == "tbl":
                self._table(child)
            elif kind == "sdt":
                if not self._placeholder(child):
                    self.blocks(child)
            elif kind == "AlternateContent":
                self.blocks(_alternative(child))
            elif kind == "altChunk":
                self.counts["inserted_files"] += 1
            elif kind in SKIPPED:
                self._count_skipped(child, kind)
            else:
                self.blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find("{*}pPr")
        look = self._styles.paragraph(properties)
        if look.numbered:
            self.counts["numbering"] += 1
        boxes, self._boxes = self._boxes, []
        self._in_hidden = False
        self.out.start_paragraph()
        self._inline(paragraph, look)
        self.out.end_paragraph(joined=_mark_is_gone(properties) and not self._boxes)
        found, self._boxes = self._boxes, boxes
        for box in found:
            self.counts["textboxes"] += 1
            self.blocks(box)

    def _table(self, table: etree._Element) -> None:
        self.out.start_table()
        for row in table.iterchildren():
            self._rows(row)
        self.out.end_table()

    def _rows(self, node: etree._Element) -> None:
        kind = KIND.get(node.tag, "")
        if kind == "tr":
            if node.find("{*}trPr/{*}del") is not None:
                self.counts["deletions"] += 1
                return
            self._cells(node, 0)
            self.out.end_row()
        elif kind not in SKIPPED:
            for child in node:
                self._rows(child)

    def _cells(self, node: etree._Element, column: int) -> int:
        for child in node:
            kind = KIND.get(child.tag, "")
            if kind == "tc":
                self.out.start_cell(column)
                self.blocks(child)
                self.out.end_cell()
                column += 1
            elif kind not in SKIPPED:
                column = self._cells(child, column)
        return column

    def _inline(self, node: etree._Element, look: Look) -> None:
        for child in node:
            kind = KIND.get(child.tag, "")
            if kind == "r":
                self._run(child, look)
            elif kind == "t":
                self.out.write(_LINE_ENDS.sub(" ", child.text or ""), look.bold)
            elif kind in _CHARACTERS:
                self.out.write(_CHARACTERS[kind], look.bold)
            elif kind == "sym":
                self._symbol(child, look)
            elif kind == "sdt":
                if not self._placeholder(child):
                    self._inline(child, look)
            elif kind == "txbxContent":
                self._boxes.append(child)
            elif kind == "AlternateContent":
                self._inline(_alternative(child), look)
            elif kind in REFERENCES:
                self.counts[REFERENCES[kind]] += 1
            elif kind in SKIPPED:
                self._count_skipped(child, kind)
            else:
                before = self.out.length
                self._inline(child, look)
                if kind == "ins" and self.out.length > before:
                    self.counts["insertions"] += 1

    def _run(self, run: etree._Element, paragraph: Look) -> None:
        look = self._styles.run(run.find("{*}rPr"), paragraph)
        if not look.hidden:
            before = self.out.length
            self._inline(run, look)
            self._in_hidden = self._in_hidden and self.out.length == before
        elif not self._in_hidden and _has_text(run, "t"):
            self._in_hidden = True
            self.counts["hidden"] += 1

    def _symbol(self, node: etree._Element, look: Look) -> None:
        char = symbol(value(node, "font"), value(node, "char"))
        if char == "\ufffd":
            self.counts["symbols"] += 1
        self.out.write(char, look.bold)

    def _placeholder(self, sdt: etree._Element) -> bool:
        shown = sdt.find("{*}sdtPr/{*}showingPlcHdr")
        if shown is None or not flag(shown):
            return False
        self.counts["placeholders"] += 1
        return True

    def _count_skipped(self, node: etree._Element, kind: str) -> None:
        if kind == "del" and _has_text(node, "delText", "t"):
            self.counts["deletions"] += 1
        elif kind == "object":
            self.counts["objects"] += 1


def _alternative(node: etree._Element) -> etree._Element:
    """The one branch of an `mc:AlternateContent` that is read: the first choice."""
    children = list(node)
    choices = [child for child in children if KIND.get(child.tag) == "Choice"]
    return (choices or children or [node])[0]


def _mark_is_gone(properties: etree._Element | None) -> bool:
    """Whether the paragraph mark itself is deleted, moved away or hidden."""
    if properties is None:
        return False
    mark = properties.find("{*}rPr")
    if mark is None:
        return False
    hidden = mark.find("{*}vanish")
    return (
        mark.find("{*}del") is not None or mark.find("{*}moveFrom") is not None or (hidden is not None and flag(hidden))
    )


def _has_text(node: etree._Element, *kinds: str) -> bool:
    return any(KIND.get(child.tag) in kinds and child.text for child in node.iter("{*}t", "{*}delText"))


def _relations(container: Container, part: str) -> list[tuple[str, str, bool]]:
    """What `part` refers to: `(kind, part name or address, outside)`."""
    folder, base = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    if name not in container.names:
        return []
    found = []
    for relation in container.xml(name).iter("{*}Relationship"):
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        outside = relation.get("TargetMode") == "External"
        target = str(relation.get("Target", ""))
        inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found.append((kind, target if outside else inside, outside))
    return found


def _main_part(container: Container) -> str:
    for kind, target, outside in _relations(container, ""):
        if kind == "officeDocument" and not outside and target in container.names:
            return target
    return _MAIN


def _count_parts(container: Container, main: str, counts: Counter[str]) -> None:
    """Add to `counts` what stands in other parts than the body."""
    looked_into = 0
    for kind, target, outside in _relations(container, main):
        if kind in ("header", "footer") and target in container.names:
            looked_into += 1
            if looked_into > _MAX_MARGIN_PARTS or _has_text(container.xml(target), "t"):
                counts[f"{kind}s"] += 1
        elif outside and kind != "hyperlink":
            counts["linked"] += 1
        elif kind == "vbaProject":
            counts["macros"] += 1
