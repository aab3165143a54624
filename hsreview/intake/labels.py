"""Turns over unchanged text: the one labelling convention that a file follows, and the stretches that it marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hsreview.intake.conventions import Candidate, Line, is_note
from hsreview.intake.dominant import NONE, Found, dominant
from hsreview.intake.label_doubts import label_doubts
from hsreview.intake.numbered import NumberedLines, numbered_lines
from hsreview.intake.source import LabelMark, Source
from hsreview.model.staging import Doubt
from hsreview.model.text import Role, Span, Turn, check_turns

_STATED = {"vtt": "cues", "srt": "cues", "csv": "columns", "xlsx": "columns"}
_HEADING = re.compile(r"#{1,6}\s+\S.*")
_SHORT = 80


@dataclass(frozen=True, slots=True)
class Labelling:
    """The turns of a text, the convention they were found by, and what is doubtful about them."""

    turns: tuple[Turn, ...]
    convention: str
    doubts: tuple[Doubt, ...] = ()


def find_turns(source: Source, named: Mapping[str, Role] | None = None) -> Labelling:
    """The turns of a source: as its format states them, else by the labels found in its lines.

    Labels that a user `named` are labels wherever they open a line; with or without a colon.
    """
    if source.marks is not None:
        turns = _from_marks(source.text, source.marks)
        convention = _STATED.get(source.format, "table") if any(t.speaker for t in turns) else NONE
        return _checked(source.text, turns, convention, Found(), NumberedLines())
    lines = split_lines(source.text)
    bold = {start: (start, end) for start, end in source.bold}
    found = dominant(lines, bold, named)
    numbers = numbered_lines(lines, found.labels)
    turns = _cut(source.text, lines, _starts(lines, found, numbers.questions, bold, source.format))
    return _checked(source.text, turns, found.convention, found, numbers)


def find_labels(text: str) -> list[Candidate]:
    """The labels of the one convention that the lines of `text` follow; empty when they follow none."""
    return dominant(split_lines(text), {}).labels


def split_lines(text: str) -> list[Line]:
    """The lines of `text`, cut at LF only."""
    lines: list[Line] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        lines.append(Line(number, start, line))
        start += len(line) + 1
    return lines


def _checked(text: str, turns: list[Turn], convention: str, found: Found, numbers: NumberedLines) -> Labelling:
    check_turns(len(text), turns)
    return Labelling(tuple(turns), convention, tuple(label_doubts(text, turns, found, numbers)))


def _from_marks(text: str, marks: Sequence[LabelMark]) -> list[Turn]:
    """A turn from each mark to the next one; what stands before the first is nobody's."""
    if not marks or marks[0].start > 0:
        marks = [LabelMark(0, 0, None), *marks]
    ends = [*(mark.start for mark in marks[1:]), len(text)]
    return [
        Turn(number, mark.speaker, mark.start, min(mark.label_end, end), end, mark.time, mark.time_end)
        for number, (mark, end) in enumerate(zip(marks, ends, strict=True), 1)
    ]


@dataclass(frozen=True, slots=True)
class _Start:
    """A line at which a turn begins: a label, a note that belongs to nobody, or text that goes on after a note."""

    line: int
    candidate: Candidate | None
    nobody: bool = False
    """What begins here is nobody's: a note, or text of an unlabelled speaker."""


def _starts(
    lines: Sequence[Line], found: Found, questions: frozenset[int], bold: Mapping[int, Span], format_: str
) -> Iterator[_Start]:
    by_line = {c.line: c for c in found.labels}
    after_note = True
    still_theirs = 0  # lines below a label that belong to it although only questions have labels
    for line in lines:
        if not line.text.strip():
            continue
        candidate = by_line.get(line.number)
        if candidate is not None:
            yield _Start(line.number, candidate)
            after_note = found.questions_only or (found.in_part and not candidate.alone)
            still_theirs = int(candidate.alone)
        elif still_theirs and found.questions_only and not _is_note(line, bold, format_):
            still_theirs = 0
        elif line.number in questions:
            yield _Start(line.number, None, nobody=True)
            after_note = False
        elif _is_note(line, bold, format_):
            yield _Start(line.number, None, nobody=True)
            after_note = True
        elif after_note:
            yield _Start(line.number, None, nobody=found.in_part or found.questions_only)
            after_note = False


def _is_note(line: Line, bold: Mapping[int, Span], format_: str) -> bool:
    """Headings, stage directions in square brackets and lone times: lines that nobody says."""
    text = line.text
    if is_note(text):
        return True
    if format_ == "md" and _HEADING.fullmatch(text):
        return True
    run = bold.get(line.start)
    return (
        run is not None
        and run[1] >= line.start + len(text.rstrip())
        and len(text) <= _SHORT
        and text.rstrip()[-1].isalnum()
    )


def _cut(text: str, lines: Sequence[Line], starts: Iterator[_Start]) -> list[Turn]:
    """The turns between the starts; text that goes on after a note is again its speaker's before the note."""
    marks: list[LabelMark] = []
    speaker: str | None = None
    for start in starts:
        line = lines[start.line]
        at = 0 if not marks else line.start
        if start.candidate is not None:
            speaker = start.candidate.label
            marks.append(LabelMark(at, start.candidate.label_end, speaker, start.candidate.time))
        else:
            marks.append(LabelMark(at, at, None if start.nobody else speaker))
    return [_label_alone(text, turn) for turn in _from_marks(text, marks)]


def _label_alone(text: str, turn: Turn) -> Turn:
    """A label that stands alone on its line takes the line ends after it along."""
    if turn.label_end == turn.start:
        return turn
    end = turn.label_end
    while end < turn.end and text[end].isspace():
        end += 1
    return Turn(turn.number, turn.speaker, turn.start, end, turn.end, turn.time, turn.time_end)
