"""What every Word document of hsreview is built from: pages, styles, safe text, tables, page numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from hsreview.base.terminal import visible_block

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

LOCALES = {"fr": "fr-FR", "en": "en-GB"}
FILLS = {
    "blue": "CFE2F7",
    "orange": "FBE0C3",
    "green": "D3EBD0",
    "purple": "E3D7F2",
    "red": "F8D3D0",
    "teal": "CDEBE8",
    "yellow": "FBF1C0",
    "pink": "F8D9E8",
}
"""Light fills for the hues of the codebook."""
HEADING_FILL = "E8ECF2"
GREY = "6B7280"
LINE = "B8BEC9"
_NO_CHARACTERS = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def save(document: Document, path: Path) -> None:
    """Write a document to `path`; raises OSError."""
    buffer = io.BytesIO()  # A zip archive that a full disk leaves unfinished would complain on stderr.
    document.save(buffer)
    path.write_bytes(buffer.getvalue())


def clean(text: str) -> str:
    """`text` as a document can hold it: control characters become signs, one for one; line ends stay."""
    return visible_block(text).translate(_NO_CHARACTERS)


def new_document(title: str, language: str) -> Document:
    """An empty A4 document in hsreview's look; `language` (`fr` or `en`) is what its texts are checked in."""
    from docx import Document as make
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    document = make()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(1.8)
    for name, size, before, after in (
        ("Normal", 10, 0, 4),
        ("Title", 20, 0, 6),
        ("Heading 1", 15, 16, 6),
        ("Heading 2", 12, 12, 4),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor(0x1F, 0x29, 0x33)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # The template names theme fonts, which would win over the font set here.
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), LOCALES[language])
    properties = document.core_properties
    properties.title, properties.author, properties.comments = clean(title)[:255], "hsreview", ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    properties.language = LOCALES[language]
    return document


def put(paragraph: Paragraph, text: str, *, bold: bool = False, grey: bool = False, language: str = "") -> Run:
    """A run of `text` at the end of `paragraph`; `language` when it is not that of the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    run = paragraph.add_run(clean(text))
    run.bold = bold or None
    if grey:
        run.font.color.rgb = RGBColor.from_string(GREY)
    if language:
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), LOCALES[language])
        run._r.get_or_add_rPr().append(mark)
    return run


def add_table(document: Document, widths: Sequence[float]) -> Table:
    """A table without rows; `widths` of its columns in centimetres."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table: Table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    properties = table._tbl.tblPr
    # The schema wants the borders before the kind of layout.
    properties.insert_element_before(
        cast("BaseOxmlElement", borders), "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def add_row(table: Table, widths: Sequence[float], *, keep_with_next: bool = False) -> list[_Cell]:
    """A new row that no page break splits; with `keep_with_next` it stays on the page of the row below it."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cells = list(row.cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.space_before = Pt(2)
        paragraph.paragraph_format.keep_with_next = keep_with_next or None
    return cells


def repeat_row(table: Table) -> None:
    """Show the first row of `table` again at the top of every page."""
    from docx.oxml import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def shade(cell: _Cell, fill: str) -> None:
    """Colour the ground of `cell`; `fill` is RRGGBB."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(shading)


def set_header_and_footer(document: Document, header: str) -> None:
    """`header` above every page, the page number and the number of pages below."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    section = document.sections[0]
    put(section.header.paragraphs[0], header, grey=True)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add_field(footer, "PAGE")
    put(footer, " / ", grey=True)
    add_field(footer, "NUMPAGES")


def add_field(paragraph: Paragraph, name: str) -> None:
    """A number that the word processor fills in, such as `PAGE`, at the end of `paragraph`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = put(paragraph, "", grey=True)
    for kind in ("begin", "", "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = name
        run._r.append(mark)
