"""Agreement of segments in a CSV file, from anybody's project or from none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.agreement import Estimate
from hsreview.workflows.rating_tables import check_delimiter, read_lines, refuse

if TYPE_CHECKING:
    from hsreview.agreement.unitizing import Reading, Spans

SPAN_COLUMNS = ("document", "coder", "start", "end", "code")
LENGTH_COLUMNS = ("document", "coder", "length")
MOST_CODES = 2_000
MOST_CODERS = 1_000
MOST_SPANS = 3_000_000
MOST_CELLS = 20_000_000
_LARGEST = 10**12
_WHOLE = re.compile(r"0*([0-9]+)(?:\.0*)?")

_Where = dict[str, tuple[int, int, int]]
"""Document → start, end, and the line that said so."""


@dataclass(frozen=True, slots=True)
class CalculatedSpans:
    """The coefficients of segments."""

    documents: int
    shared: int
    """Documents that two coders or more have read."""
    coders: tuple[str, ...]
    codes: tuple[str, ...]
    spans: int
    characters: int
    """Length of the shared documents."""
    statistics: Mapping[str, Estimate]
    notes: tuple[str, ...]
    """Sentences about how the files were understood."""


def calculate_spans(path: Path, lengths: Path, *, delimiter: str = ",") -> CalculatedSpans:
    """All coefficients of segments in a CSV file with the columns document, coder, start, end, code.

    `lengths` has a line for each document and coder who read it: document, coder, length and, when documents do not
    begin at 0, start. Offsets are half-open. Raises InputRefused with the lines that cannot be taken, UsageProblem for
    a delimiter that cannot be.
    """
    check_delimiter(delimiter)
    where, readers, notes = _read_lengths(lengths, delimiter)
    rows, more = _read_spans(path, delimiter, where, readers, lengths)
    coders = tuple(sorted({coder for own in readers.values() for coder in own}))
    codes = tuple(sorted({row[4] for row in rows}))
    _check_size(path, len(where), len(coders), len(codes))
    spans, reading = _arrays(rows, where, readers, coders, codes)
    from hsreview.agreement.characters import character_statistics
    from hsreview.agreement.spans import span_statistics
    from hsreview.agreement.unitizing import statistics

    shared = [document for document, own in readers.items() if len(own) >= 2]
    return CalculatedSpans(
        len(where),
        len(shared),
        coders,
        codes,
        len(rows),
        sum(where[document][1] - where[document][0] for document in shared),
        {
            **statistics(spans, reading, codes),
            **span_statistics(spans, reading, codes),
            **character_statistics(spans, reading, codes),
        },
        tuple(dict.fromkeys([*notes, *more])),
    )


_Row = tuple[str, str, int, int, str]


def _columns(path: Path, header: Sequence[str], wanted: Sequence[str], delimiter: str) -> dict[str, int]:
    """Where each column stands, found by its name."""
    names = [cell.casefold() for cell in header]
    missing = [name for name in wanted if name not in names]
    if missing:
        told = _("The first line of {name} must name the columns {wanted}; {missing} is not there.").format(
            name=visible(path.name), wanted=", ".join(wanted), missing=", ".join(missing)
        )
        other = next((mark for mark in ";\t|," if mark != delimiter and len(header) == 1 and mark in header[0]), None)
        if other is not None:
            told += " " + _('Try --delimiter "{mark}".').format(mark="tab" if other == "\t" else other)
        raise InputRefused(told)
    twice = [name for name in wanted if names.count(name) > 1]
    if twice:
        raise InputRefused(
            _("{name} has several columns {names}.").format(name=visible(path.name), names=", ".join(twice))
        )
    return {name: number for number, name in enumerate(names)}


def _number(cell: str) -> int | None:
    """The number in a cell, at most one more than the largest that is taken; null when it is none."""
    found = _WHOLE.fullmatch(cell)
    if found is None:
        return None
    # Python refuses to convert thousands of digits; that many are too large in any case.
    return int(found[1]) if len(found[1]) < 20 else _LARGEST + 1


class _Reader:
    """The rows of one file by column names, and what is wrong with them."""

    def __init__(self, path: Path, delimiter: str, wanted: Sequence[str]) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._rows, self.notes = read_lines(path, delimiter)
        header = next(self._rows, None)
        if header is None:
            raise InputRefused(_("{name} is empty.").format(name=visible(path.name)))
        self.columns = _columns(path, header[1], wanted, delimiter)
        self._wanted = wanted
        self._width = len(header[1])

    def wrong(self, line: int, message: str, code: str) -> None:
        self.problems.append(Problem(message, _("line {n}").format(n=line), code))

    def rows(self) -> list[tuple[int, list[str]]]:
        """`(line, cells)` of the rows that have all cells that are needed."""
        found = []
        needed = [(name, self.columns[name]) for name in self._wanted]
        for line, cells in self._rows:
            if any(cells[self._width :]):
                self.wrong(line, _("The row has more cells than the header."), "row")
                continue
            empty = next((name for name, at in needed if at >= len(cells) or not cells[at]), None)
            if empty is None:
                found.append((line, cells))
            else:
                self.wrong(line, _("The column {name} is empty here.").format(name=empty), "empty_cell")
        return found

    def number(self, line: int, cells: Sequence[str], name: str) -> int | None:
        cell = cells[self.columns[name]]
        number = _number(cell)
        if number is None:
            told = _("“{value}” in the column {name} is not a whole number from 0.")
            self.wrong(line, told.format(value=visible(cell), name=name), "not_a_number")
        elif number > _LARGEST:
            told = _("{value} in the column {name} is too large; at most {most} is taken.")
            self.wrong(line, told.format(value=visible(cell[:20]), name=name, most=_LARGEST), "too_large")
            return None
        return number


def _read_lengths(path: Path, delimiter: str) -> tuple[_Where, dict[str, dict[str, int]], list[str]]:
    """The documents, and who read each (with the line)."""
    reader = _Reader(path, delimiter, LENGTH_COLUMNS)
    where: _Where = {}
    readers: dict[str, dict[str, int]] = {}
    at = reader.columns
    for line, cells in reader.rows():
        document, coder = cells[at["document"]], cells[at["coder"]]
        length = reader.number(line, cells, "length")
        has_start = "start" in at and at["start"] < len(cells) and cells[at["start"]] != ""
        start = reader.number(line, cells, "start") if has_start else 0
        if length is None or start is None:
            continue
        known = where.setdefault(document, (start, start + length, line))
        own = readers.setdefault(document, {})
        if known[:2] != (start, start + length):
            told = _("{document} has another length or start on line {line}.")
            reader.wrong(line, told.format(document=visible(document), line=known[2]), "other_length")
        elif coder in own:
            told = _("{coder} stands with {document} on line {line} already.")
            reader.wrong(
                line, told.format(coder=visible(coder), document=visible(document), line=own[coder]), "duplicate"
            )
        else:
            own[coder] = line
    if reader.problems:
        raise refuse(path, reader.problems)
    if not where:
        raise InputRefused(
            _("{name} has a header but no documents: it says who read what.").format(name=visible(path.name))
        )
    return where, readers, reader.notes


def _read_spans(
    path: Path, delimiter: str, where: _Where, readers: Mapping[str, Mapping[str, int]], lengths: Path
) -> tuple[list[_Row], list[str]]:
    reader = _Reader(path, delimiter, SPAN_COLUMNS)
    found: list[_Row] = []
    document_at, coder_at, code_at = (reader.columns[name] for name in ("document", "coder", "code"))
    for line, cells in reader.rows():
        document, coder = cells[document_at], cells[coder_at]
        start, end = reader.number(line, cells, "start"), reader.number(line, cells, "end")
        if start is None or end is None:
            continue
        if len(found) >= MOST_SPANS:
            raise InputRefused(
                _("{name} has more than {n} segments: too many.").format(name=visible(path.name), n=MOST_SPANS)
            )
        wrong = _wrong_span(document, coder, start, end, where, readers, lengths)
        if wrong:
            reader.wrong(line, *wrong)
        else:
            found.append((document, coder, start, end, cells[code_at]))
    if reader.problems:
        raise refuse(path, reader.problems)
    return found, reader.notes


def _wrong_span(
    document: str,
    coder: str,
    start: int,
    end: int,
    where: _Where,
    readers: Mapping[str, Mapping[str, int]],
    lengths: Path,
) -> tuple[str, str] | None:
    """What is wrong with a segment, as a sentence and a code."""
    if document not in where:
        told = _("The document {document} is not in {name}.")
        return told.format(document=visible(document), name=visible(lengths.name)), "unknown_document"
    if coder not in readers[document]:
        told = _("{name} does not say that {coder} read {document}.")
        return (
            told.format(name=visible(lengths.name), coder=visible(coder), document=visible(document)),
            "unknown_reader",
        )
    if end <= start:
        told = _("The segment ends at {end}, which is not after its start {start}.")
        return told.format(start=start, end=end), "empty_span"
    first, last, _line = where[document]
    if start < first or end > last:
        told = _("The segment {start}–{end} is not inside {document}, which goes from {first} to {last}.")
        return (
            told.format(start=start, end=end, document=visible(document), first=first, last=last),
            "outside",
        )
    return None


def _check_size(path: Path, documents: int, coders: int, codes: int) -> None:
    cells = max(documents * codes, documents * coders, coders * coders * codes)
    if codes > MOST_CODES or coders > MOST_CODERS or cells > MOST_CELLS:
        raise InputRefused(
            _("{name} is too large: {documents} documents, {coders} coders and {codes} codes.").format(
                name=visible(path.name), documents=documents, coders=coders, codes=codes
            )
        )


def _arrays(
    rows: Sequence[_Row],
    where: _Where,
    readers: Mapping[str, Mapping[str, int]],
    coders: Sequence[str],
    codes: Sequence[str],
) -> tuple[Spans, Reading]:
    import numpy as np

    from hsreview.agreement.unitizing import Reading, Spans

    document_number = {document: number for number, document in enumerate(where)}
    coder_number = {coder: number for number, coder in enumerate(coders)}
    code_number = {code: number for number, code in enumerate(codes)}
    read = np.zeros((len(where), len(coders)), dtype=bool)
    for document, own in readers.items():
        read[document_number[document], [coder_number[coder] for coder in own]] = True
    begins = np.array([start for start, _end, _line in where.values()], dtype=np.int64)
    ends = np.array([end for _start, end, _line in where.values()], dtype=np.int64)
    table = np.array(
        [
            (document_number[document], coder_number[coder], code_number[code], start, end)
            for document, coder, start, end, code in rows
        ],
        dtype=np.int64,
    ).reshape(-1, 5)
    return Spans(*(table[:, column] for column in range(5))), Reading(read, begins, ends - begins)
