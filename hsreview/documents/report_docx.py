"""A report as a Word document. Its bars are cells of a table, which every word processor draws and prints."""

from __future__ import annotations

import io
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
    set_header_and_footer,
    shade,
)
from hsreview.documents.figures import INKS
from hsreview.model.report import Block, Figure, Grid, Heading, Paragraph, Quotation, Report

if TYPE_CHECKING:
    from docx.document import Document

_WIDTH = 17.2
_LABEL, _NUMBER = 6.2, 1.2
_STEPS = 24
"""Of how many signs the longest bar consists: so few that it stays on one line, however wide a font draws them."""
_LEAST, _MOST = 8, 40
"""Characters by which the columns of a table share its width."""


def write_report_docx(report: Report, path: Path) -> None:
    """Write the report to `path` as .docx; raises OSError."""
    document = new_document(report.title, report.language)
    set_header_and_footer(document, f"{report.mark} · {report.footer}")
    document.add_paragraph(clean(report.title), style="Title")
    put(document.add_paragraph(), report.mark, bold=True)
    for block in report.blocks:
        _block(document, block)
    buffer = io.BytesIO()  # A zip archive that a full disk leaves unfinished would complain on stderr.
    document.save(buffer)
    path.write_bytes(buffer.getvalue())


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
            document.add_paragraph()
        case Figure():
            _bars(document, block)


def _widths(grid: Grid) -> list[float]:
    """Widths of columns by their longest texts, none of them very narrow or wide."""
    longest = [
        max(len(text) for text in (header, *(row[at] for row in grid.rows))) for at, header in enumerate(grid.headers)
    ]
    shares = [min(_MOST, max(_LEAST, length + 3)) for length in longest]
    return [_WIDTH * share / sum(shares) for share in shares]


def _bars(document: Document, figure: Figure) -> None:
    from docx.shared import RGBColor

    heading = document.add_paragraph()
    heading.paragraph_format.keep_with_next = True
    put(heading, figure.title, bold=True)
    widths = (_LABEL, _WIDTH - _LABEL - _NUMBER, _NUMBER)
    table = add_table(document, widths)
    inks = [RGBColor.from_string(ink.removeprefix("#")) for ink in INKS]
    for label, numbers in figure.rows:
        name, bar, number = add_row(table, widths)
        put(name.paragraphs[0], label)
        for series, value in enumerate(numbers):
            line = bar.paragraphs[0] if series == 0 else bar.add_paragraph()
            line.paragraph_format.space_after = line.paragraph_format.space_before = 0
            drawn = put(line, "█" * round(_STEPS * value / figure.most))
            drawn.font.color.rgb = inks[series % len(inks)]
            said = number.paragraphs[0] if series == 0 else number.add_paragraph()
            said.paragraph_format.space_after = said.paragraph_format.space_before = 0
            put(said, str(value))
    legend = document.add_paragraph()
    for series, text in enumerate(figure.series):
        put(legend, "█ ").font.color.rgb = inks[series % len(inks)]
        put(legend, f"{text}   ")
