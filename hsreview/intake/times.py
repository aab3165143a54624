"""Clock times as they stand in transcripts and subtitles, in milliseconds."""

from __future__ import annotations

import re

TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
"""A regular expression for `1:02:03.4`, `00:12:03`, `53:39`."""

_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?")


def milliseconds(text: str) -> int | None:
    """The first clock time in `text` (`h:mm:ss.mmm`, hours and fraction optional), in milliseconds."""
    match = _TIME.search(text)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))
