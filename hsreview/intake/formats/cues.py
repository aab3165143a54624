"""What subtitle formats share: from cues to turns."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hsreview.base.messages import ngettext
from hsreview.intake.conventions import is_note
from hsreview.intake.encoding import Decoded
from hsreview.intake.formats.composing import Piece, compose, joined
from hsreview.intake.labels import find_labels
from hsreview.intake.source import Source
from hsreview.intake.times import TIME, milliseconds
from hsreview.model.staging import Doubt

_TIMING = re.compile(rf"\s*({TIME})\s*-->\s*({TIME})(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?[ \t]{1,20}([^<>]{0,200})>|(</v>)")
_TAG = re.compile(rf"</?(?:c|i|b|u|ruby|rt|lang|font)(?:[.\s][^<>]{{0,200}})?>|<{TIME}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: when, and its lines as they stand in the file."""

    time: int
    time_end: int
    lines: tuple[str, ...]


def timing(line: str) -> tuple[int, int] | None:
    """Start and end (milliseconds) when `line` is the timing line of a cue."""
    match = _TIMING.fullmatch(line)
    if match is None:
        return None
    start, end = milliseconds(match[1]), milliseconds(match[2])
    assert start is not None and end is not None
    return start, end


def source_of(cues: Sequence[Cue], format_: str, decoded: Decoded, unreadable: int) -> Source:
    """The composed text of `cues`: voices from `<v>` tags, else from labels such as `Name: …` at the start of lines."""
    voiced = any(_VOICE.search(line) for cue in cues for line in cue.lines)
    spoken = list(_voices(cues) if voiced else _labelled(cues))
    composed = compose(joined(spoken))
    nobody = sum(1 for speaker, _piece in spoken if speaker is None) if voiced else 0
    return Source(
        composed.text,
        format_,
        decoded.encoding,
        marks=composed.marks,
        cues=composed.cues,
        doubts=(*decoded.doubts, *_doubts(cues, unreadable, nobody)),
        readings=decoded.readings,
    )


def _plain(text: str) -> str:
    """Cue text without tags, with entities decoded."""
    return _ENTITY.sub(lambda m: html.unescape(m[0]), _TAG.sub("", text))


def _voices(cues: Sequence[Cue]) -> Iterator[tuple[str | None, Piece]]:
    """Every stretch of every cue with the voice that its tag names; one cue may hold several."""
    for cue in cues:
        speaker: str | None = None
        text = " ".join(cue.lines)
        at = 0
        for match in _VOICE.finditer(text):
            yield from _said(speaker, _plain(text[at : match.start()]), cue)
            speaker = " ".join(_plain(match[1]).split()) or None if match[1] is not None else None
            at = match.end()
        yield from _said(speaker, _plain(text[at:]), cue)


def _labelled(cues: Sequence[Cue]) -> Iterator[tuple[str | None, Piece]]:
    """Every cue with the speaker of the last label before it; a label on a later line divides the cue."""
    lines = [[_plain(line) for line in cue.lines] for cue in cues]
    labels = {c.line: c for c in find_labels("\n".join(line for of_cue in lines for line in of_cue))}
    number = start = 0
    speaker: str | None = None
    for cue, of_cue in zip(cues, lines, strict=True):
        parts: list[tuple[str | None, str]] = []
        for line in of_cue:
            label = labels.get(number)
            if label is not None:
                speaker = label.label
            said = line if label is None else line[label.label_end - start :]
            who = None if label is None and is_note(line) else speaker
            if parts and parts[-1][0] == who:
                parts[-1] = (who, f"{parts[-1][1]} {said}")
            else:
                parts.append((who, said))
            number += 1
            start += len(line) + 1
        for who, said in parts:
            yield from _said(who, said, cue)


def _said(speaker: str | None, text: str, cue: Cue) -> Iterator[tuple[str | None, Piece]]:
    text = text.strip(" \t\n")
    if text:
        yield speaker, Piece(text, cue.time, cue.time_end)


def _doubts(cues: Sequence[Cue], unreadable: int, nobody: int) -> Iterator[Doubt]:
    if unreadable:
        message = ngettext(
            "{count} block is no cue and was left out.", "{count} blocks are no cues and were left out.", unreadable
        )
        yield Doubt("not_cues", message.format(count=unreadable), unreadable)
    if nobody:
        message = ngettext("{count} cue names no voice.", "{count} cues name no voice.", nobody)
        yield Doubt("cues_without_voice", message.format(count=nobody), nobody)
    pairs = list(pairwise(cues))
    late = sum(1 for a, b in pairs if b.time < a.time)
    if late:
        message = ngettext(
            "{count} cue starts before the one above it; the order of the file was kept.",
            "{count} cues start before the one above them; the order of the file was kept.",
            late,
        )
        yield Doubt("cues_out_of_order", message.format(count=late), late)
    overlapping = sum(1 for a, b in pairs if a.time <= b.time < a.time_end)
    if overlapping:
        message = ngettext(
            "{count} cue begins while another is still running.",
            "{count} cues begin while others are still running.",
            overlapping,
        )
        yield Doubt("cues_overlap", message.format(count=overlapping), overlapping)
    untimed = sum(1 for cue in cues if cue.time_end <= cue.time)
    if untimed:
        message = ngettext("{count} cue has no duration.", "{count} cues have no duration.", untimed)
        yield Doubt("cues_untimed", message.format(count=untimed), untimed)
