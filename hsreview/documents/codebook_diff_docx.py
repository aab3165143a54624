"""What changed between two versions of a codebook, as a Word document for partners who install nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hsreview.documents.docx_parts import (
    HEADING_FILL,
    add_row,
    add_table,
    new_document,
    put,
    repeat_row,
    save,
    set_header_and_footer,
    shade,
)

_WIDTHS = (2.9, 2.2, 2.5, 4.8, 4.8)


def write_diff_docx(
    path: Path, title: str, facts: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[str]], language: str
) -> None:
    """Write a table of five columns under a title and lines of facts; `language` (`fr` or `en`) is theirs.

    Raises OSError.
    """
    document = new_document(title, language)
    set_header_and_footer(document, title)
    put(document.add_paragraph(style="Title"), title)
    for fact in facts:
        put(document.add_paragraph(), fact, grey=True)
    if rows:
        table = add_table(document, _WIDTHS)
        for cell, heading in zip(add_row(table, _WIDTHS, keep_with_next=True), headings, strict=True):
            put(cell.paragraphs[0], heading, bold=True)
            shade(cell, HEADING_FILL)
        for row in rows:
            for number, (cell, text) in enumerate(zip(add_row(table, _WIDTHS), row, strict=True)):
                put(cell.paragraphs[0], text, bold=number == 0)
        repeat_row(table)
    save(document, path)
