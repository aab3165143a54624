"""SubRip subtitles: cues are found by their timing lines, whatever blank lines stand between them."""

from __future__ import annotations

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.intake.encoding import decode
from hsreview.intake.formats.cues import Cue, source_of, timing
from hsreview.intake.source import Source


def read(data: bytes, name: str, *, encoding: str | None) -> Source:
    """The turns of a SubRip file, composed to a text. Raises InputRefused when it has no cue."""
    decoded = decode(data, encoding)
    lines = decoded.text.split("\n")
    times = {number: found for number, line in enumerate(lines) if "-->" in line and (found := timing(line))}
    if not times:
        raise InputRefused(_("There are no cues in this file."))
    starts = sorted(times)
    cues = []
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        payload = lines[start + 1 : following]
        if following is not None and payload and payload[-1].strip().isdigit():
            payload.pop()  # the number of the next cue
        cues.append(Cue(*times[start], tuple(line for line in payload if line.strip())))
    before = sum(1 for line in lines[: starts[0]] if line.strip() and not line.strip().isdigit())
    return source_of(cues, "srt", decoded, before)
