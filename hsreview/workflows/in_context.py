"""What stands before and after a stretch of a text."""

from __future__ import annotations

from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.coding import get_coding


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


def coding_in_context(project: Project, coding_id: str, reach: int) -> str:
    """The words of a coding in brackets, between what stands `around` them. Raises InputRefused when it is gone."""
    coding = get_coding(project, coding_id)
    before, after = around(project, coding.version_id, coding.start, coding.end, reach)
    words = queries.text_of(project.connection, coding.version_id)[coding.start : coding.end]
    return f"{before}[{' '.join(words.split())}]{after}".strip()
