"""WebVTT subtitles: blocks between blank lines; voices from `<v Name>` tags."""

from __future__ import annotations

from collections.abc import Iterator

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.intake.encoding import decode
from hsreview.intake.formats.cues import Cue, source_of, timing
from hsreview.intake.source import Source

_NOT_SPOKEN = ("NOTE", "STYLE", "REGION")


def read(data: bytes, name: str, *, encoding: str | None) -> Source:
    """The turns of a WebVTT file, composed to a text. Raises InputRefused when it has no header or no cue."""
    decoded = decode(data, encoding)
    if not decoded.text.startswith("WEBVTT"):
        raise InputRefused(_("This is not a WebVTT file: it does not begin with WEBVTT."))
    cues: list[Cue] = []
    unreadable = 0
    for block in _blocks(decoded.text):
        at = next((n for n, line in enumerate(block[:2]) if "-->" in line), None)
        times = timing(block[at]) if at is not None else None
        if at is not None and times is not None:
            cues.append(Cue(*times, tuple(block[at + 1 :])))
        elif block[0].split(" ")[0].strip() not in _NOT_SPOKEN:
            unreadable += 1
    if not cues:
        raise InputRefused(_("There are no cues in this file."))
    return source_of(cues, "vtt", decoded, unreadable)


def _blocks(text: str) -> Iterator[list[str]]:
    """The groups of lines between blank lines, the header block excepted."""
    block: list[str] = []
    header = True
    for line in [*text.split("\n"), ""]:
        if line:
            block.append(line)
            continue
        if block and not header:
            yield block
        if block:
            header = False
        block = []
