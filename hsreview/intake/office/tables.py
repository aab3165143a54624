"""Transcripts set as a table: one row per turn, with a speaker column before the text (and perhaps times)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hsreview.base.folding import fold
from hsreview.intake.office.compose import Row
from hsreview.intake.source import LabelMark
from hsreview.model.text import Span

_MAX_LABEL = 40
_MIN_TURNS = 3
_TIME = re.compile(r"[\[(]?(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?[\])]?")
_NUMBER = re.compile(r"\d{1,5}[.):]?")
_HEADINGS = frozenset({"speaker", "name", "who", "locuteur", "locutrice", "intervenant", "intervenante", "nom", "qui"})


@dataclass(frozen=True, slots=True)
class _Columns:
    width: int
    label: int
    time: int | None


def marks_of(text: str, tables: Sequence[Sequence[Row]]) -> tuple[LabelMark, ...] | None:
    """The turn starts that tables of `text` state, or null when its turns are not set as tables.

    A table counts when its last column is the text, one column before it holds short labels of which some come back,
    and the others hold times or numbers; and when such tables hold at least half of the document.
    """
    marks: list[LabelMark] = []
    covered = 0
    position = 0
    for table in tables:
        columns = _columns(text, table)
        if columns is None:
            continue
        start, end = table[0][0][0], table[-1][-1][1]
        if text[position:start].strip():
            marks.append(LabelMark(position, position, None))
        marks.extend(_rows(text, table, columns))
        covered += end - start
        position = min(end + 1, len(text))
    if not marks or covered * 2 < len(text):
        return None
    if text[position:].strip():
        marks.append(LabelMark(position, position, None))
    return tuple(mark for mark in marks if mark.start < len(text))


def _columns(text: str, table: Sequence[Row]) -> _Columns | None:
    if not table:
        return None
    width = Counter(len(row) for row in table).most_common(1)[0][0]
    if not 2 <= width <= 4:
        return None
    rows = [[text[start:end].strip() for start, end in row] for row in table if len(row) == width]
    label: int | None = None
    time: int | None = None
    for column in range(width - 1):
        cells = [row[column] for row in rows if row[column]]
        # The first row may be a heading, so it does not decide whether a column holds times or numbers.
        if time is None and cells[1:] and all(_TIME.fullmatch(cell) for cell in cells[1:]):
            time = column
        elif all(_NUMBER.fullmatch(cell) for cell in cells[1:]) and len(cells) != 1:
            continue
        elif label is None and _are_labels(cells):
            label = column
        else:
            return None
    return None if label is None else _Columns(width, label, time)


def _label(cell: str) -> str:
    """The speaker that a cell names, without its colon; empty when it names none."""
    label = cell.strip().removesuffix(":").rstrip()
    named = len(label) <= _MAX_LABEL and "\n" not in label and "\t" not in label and any(c.isalpha() for c in label)
    return label if named else ""


def _are_labels(cells: Sequence[str]) -> bool:
    labels = [fold(label) for label in map(_label, cells) if label]
    return len(labels) == len(cells) >= _MIN_TURNS and len(set(labels)) < len(labels)


def _rows(text: str, table: Sequence[Row], columns: _Columns) -> list[LabelMark]:
    marks: list[LabelMark] = []
    for number, row in enumerate(table):
        start = row[0][0]
        regular = len(row) == columns.width
        label = _label(text[slice(*row[columns.label])]) if regular else ""
        if label and (number or fold(label) not in _HEADINGS):
            time = None if columns.time is None else _milliseconds(text, row[columns.time])
            marks.append(LabelMark(start, row[-1][0], label, time))
        elif not regular or not number:
            marks.append(LabelMark(start, start, None))
        # Otherwise the cell is empty: the speaker of the row before goes on.
    return marks


def _milliseconds(text: str, cell: Span) -> int | None:
    match = _TIME.fullmatch(text[slice(*cell)].strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int((fraction or "0").ljust(3, "0"))
