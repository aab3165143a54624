"""The running text that intake composes for formats that have none: `Name: words`, a blank line between turns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hsreview.intake.source import LabelMark
from hsreview.model.text import CueTime


@dataclass(frozen=True, slots=True)
class Piece:
    """Something said without a pause in its source: a cue, a cell."""

    text: str
    time: int | None = None
    time_end: int | None = None


@dataclass(slots=True)
class Spoken:
    """One turn to be composed."""

    speaker: str | None
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Composed:
    """The text, its turns, and when its pieces were spoken; offsets are code points of `text`."""

    text: str
    marks: tuple[LabelMark, ...]
    cues: tuple[CueTime, ...]


def joined(spoken: Iterable[tuple[str | None, Piece]]) -> list[Spoken]:
    """Turns from pieces in order: neighbours of one speaker are one turn."""
    turns: list[Spoken] = []
    for speaker, piece in spoken:
        if not turns or turns[-1].speaker != speaker:
            turns.append(Spoken(speaker))
        turns[-1].pieces.append(piece)
    return turns


def compose(turns: Iterable[Spoken]) -> Composed:
    """The text of `turns`, pieces joined by a blank. A turn without a speaker has no label."""
    parts: list[str] = []
    marks: list[LabelMark] = []
    cues: list[CueTime] = []
    at = 0

    def write(text: str) -> None:
        nonlocal at
        parts.append(text)
        at += len(text)

    for turn in turns:
        if parts:
            write("\n\n")
        start = at
        if turn.speaker is not None:
            write(f"{turn.speaker}: ")
        label_end = at
        for number, piece in enumerate(turn.pieces):
            if number:
                write(" ")
            if piece.time is not None:
                cues.append(CueTime(at, piece.time, piece.time_end))
            write(piece.text)
        ends = [piece.time_end for piece in turn.pieces if piece.time_end is not None]
        marks.append(LabelMark(start, label_end, turn.speaker, turn.pieces[0].time, max(ends, default=None)))
    return Composed("".join(parts), tuple(marks), tuple(cues))
