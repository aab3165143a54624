"""A report as a Word document. Its figures are SVG, with a picture for word processors that do not draw it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.documents.docx_parts import (
    HEADING_FILL,
    add_row,
    add_table,
    clean,
    new_document,
    put,
    repeat_row,
    save,
    set_header_and_footer,
    shade,
)
from hsreview.documents.figures import WIDTH, height, in_words, svg
from hsreview.model.report import Block, Figure, Grid, Heading, Paragraph, Quotation, Report

if TYPE_CHECKING:
    from docx.document import Document

_WIDTH = 17.2
_HIGHEST = 22.0
"""Centimetres of a figure: less than a page."""
_SVG = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{related}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></a:ext></a:extLst>'
)
_LEAST, _MOST = 8, 40
"""Characters by which the columns of a table share its width."""
_LETTER, _MARGINS, _LONG = 0.21, 0.42, 20
"""Centimetres of a bold letter and of the sides of a cell; characters from which on a word may be parted."""

_BREAKS = re.compile(r"[ \t\n-]")
"""Where a line may be broken; not at a hard space."""


def write_report_docx(report: Report, path: Path) -> None:
    """Write the report to `path` as .docx; raises OSError."""
    from docx.shared import Pt

    document = new_document(report.title, report.language)
    set_header_and_footer(document, f"{report.mark} · {report.footer}")
    document.add_paragraph(clean(report.title), style="Title")
    put(document.add_paragraph(), report.mark, bold=True)
    for block in report.blocks:
        _block(document, block)
    if report.blocks and isinstance(report.blocks[-1], Grid):
        document.paragraphs[-1].paragraph_format.line_spacing = Pt(1)  # Nothing follows that it would keep apart.
    save(document, path)


def _block(document: Document, block: Block) -> None:
    from docx.shared import Cm

    match block:
        case Heading(level, text):
            document.add_paragraph(clean(text), style=f"Heading {min(level, 2)}")
        case Paragraph(text, note):
            put(document.add_paragraph(), text, grey=note)
        case Quotation(text, source, mark, translations):
            last = 1 + len(translations)
            for number, line in enumerate((text, *translations, source)):
                paragraph = document.add_paragraph()
                paragraph.paragraph_format.left_indent = Cm(1)
                paragraph.paragraph_format.keep_with_next = number < last or None
                put(paragraph, line, grey=number > 0)
                if mark and number == last:
                    put(paragraph, f"  {mark}", bold=True)
        case Grid(headers, rows):
            widths = _widths(block)
            table = add_table(document, widths)
            for cell, text in zip(add_row(table, widths, keep_with_next=True), headers, strict=True):
                put(cell.paragraphs[0], text, bold=True)
                shade(cell, HEADING_FILL)
            for row in rows:
                for cell, text in zip(add_row(table, widths), row, strict=True):
                    put(cell.paragraphs[0], text)
            repeat_row(table)
            _gap(document)
        case Figure():
            _picture(document, block)


def _gap(document: Document) -> None:
    """A little room below a table: a whole line after the last one could stand alone on a page."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(6)
    paragraph.add_run().font.size = Pt(1)


def _widths(grid: Grid) -> list[float]:
    """Widths of columns by their longest texts, none of them so narrow that it parts a word."""
    columns = [[header, *(row[at] for row in grid.rows)] for at, header in enumerate(grid.headers)]
    shares = [min(_MOST, max(_LEAST, max(map(len, texts)) + 3)) for texts in columns]
    least = [min(_LONG, max(len(word) for text in texts for word in _BREAKS.split(text))) for texts in columns]
    floors = [length * _LETTER + _MARGINS for length in least]
    if sum(floors) >= _WIDTH:
        return [_WIDTH * floor / sum(floors) for floor in floors]
    narrow: set[int] = set()
    while True:
        room = _WIDTH - sum(floors[at] for at in narrow)
        left = sum(share for at, share in enumerate(shares) if at not in narrow)
        widths = [floors[at] if at in narrow else room * share / left for at, share in enumerate(shares)]
        more = {at for at, width in enumerate(widths) if width < floors[at]}
        if not more:
            return widths
        narrow |= more


def _picture(document: Document, figure: Figure) -> None:
    """The figure as SVG, with a PNG for those who do not draw that; both say in words what they show."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Cm

    from hsreview.documents.figure_png import png

    width = min(_WIDTH, _HIGHEST * WIDTH / height(figure))
    shape = document.add_paragraph().add_run().add_picture(io.BytesIO(png(figure)), width=Cm(width))
    described = shape._inline.docPr
    described.set("descr", in_words(figure))
    name = PackURI(f"/word/media/figure{described.id}.svg")
    drawn = Part(name, "image/svg+xml", svg(figure).encode(), document.part.package)
    related = document.part.relate_to(drawn, RELATIONSHIP_TYPE.IMAGE)
    (blip,) = shape._inline.iter(qn("a:blip"))
    blip.append(parse_xml(_SVG.format(related=related)))
