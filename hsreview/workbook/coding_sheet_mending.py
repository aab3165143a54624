"""The copy of a refused coding sheet: all entries kept, the cells to mend marked in the partner's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from hsreview.workbook.cells import Report, clean, escaped
from hsreview.workbook.coding_sheet import SheetFacts
from hsreview.workbook.coding_sheet_reading import Fault
from hsreview.workbook.coding_sheet_words import headings, word
from hsreview.workbook.opening import open_workbook
from hsreview.workbook.saving import save
from hsreview.workbook.styles import ALERT_FILL

_AUTHOR = "hsreview"
_LONGEST = 2_000


def mend_path(path: Path, language: str) -> Path:
    """Where the copy goes: beside the sheet, under a name that is free."""
    marks = "|".join(re.escape(each) for each in headings("mend"))
    stem = re.sub(rf" \((?:{marks})(?: \d+)?\)$", "", path.stem)
    mark = word("mend", language)
    names = [f"{stem} ({mark}).xlsx", *(f"{stem} ({mark} {number}).xlsx" for number in range(2, 1000))]
    return next(found for found in map(path.with_name, names) if not found.exists())


def write_mended_copy(path: Path, target: Path, title: str, facts: SheetFacts, faults: Iterable[Fault]) -> None:
    """Write the workbook `path` to `target`, with a comment at every fault of its sheet `title`; raises OSError."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    workbook = open_workbook(path)
    sheet = workbook[title]
    fill = PatternFill("solid", fgColor=f"FF{ALERT_FILL}")
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()
    first = {
        sheet.cell(*place).coordinate: sheet.cell(each.min_row, each.min_col).coordinate
        for each in sheet.merged_cells.ranges
        for place in each.cells
    }
    said: dict[str, list[str]] = {}
    for fault in faults:
        texts = said.setdefault(first.get(fault.cell, fault.cell), [])  # Only the first of merged cells is one.
        sentence = fault.sentence(facts.language)
        texts += [] if sentence in texts else [sentence]
        if fault.original:
            texts.append(word("original", facts.language, text=fault.original))
    for place, texts in said.items():
        cell = sheet[place]
        theirs = [cell.comment.text] if cell.comment is not None else []
        text = escaped(clean("\n".join((*theirs, *texts)), Report()))[:_LONGEST]
        cell.comment = Comment(text, _AUTHOR, height=130, width=320)
        cell.fill = fill
    workbook.active = workbook.sheetnames.index(title)
    save(workbook, target)
