"""What stands before and after a stretch of a text."""

from __future__ import annotations

from hsreview.project import queries
from hsreview.project.project import Project


def around(project: Project, version_id: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """Up to `reach` characters before and after `[start, end)`, in whole words where there are any, on one line each.

    Labels of speakers are part of them, as they are of the text. `…` says that the text goes on. White space beside the
    stretch is one blank at the end of what stands before it, or at the beginning of what stands after it.
    """
    text = queries.text_of(project.connection, version_id)
    first, last = max(0, start - reach), min(len(text), end + reach)
    before, after = " ".join(text[first:start].split()), " ".join(text[end:last].split())
    if first and not text[first - 1].isspace() and not text[first].isspace():
        before = before.partition(" ")[2] or before
    if last < len(text) and not text[last - 1].isspace() and not text[last].isspace():
        after = after.rpartition(" ")[0] or after
    if before and text[start - 1].isspace():
        before += " "
    if after and text[end].isspace():
        after = " " + after
    return ("…" if first else "") + before, after + ("…" if last < len(text) else "")
