"""The memos of a project: filtered, and searched for words."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.base.errors import HsreviewError
from hsreview.base.messages import N_
from hsreview.model.dataset import MemoRow as MemoRow
from hsreview.model.people import Coder
from hsreview.model.text import Span
from hsreview.model.transcript import Transcript
from hsreview.project.project import Project
from hsreview.project.wording import holds
from hsreview.workflows.places import find_place
from hsreview.workflows.reading import memo_rows, open_text

ABOUT: Mapping[str, str] = {
    "transcript": N_("transcript"),
    "coding": N_("coding"),
    "segment": N_("place in the text"),
    "code": N_("code"),
    "project": N_("project"),
}
"""What a memo can be on."""


def memos(
    project: Project, *, words: str = "", coder_id: str | None = None, transcript_id: str | None = None,
    code_ref: str | None = None, about: str | None = None, viewer: Coder | None = None,
) -> list[MemoRow]:  # fmt: skip
    """Memos by time that `viewer` may see; an argument that is null does not restrict.

    `words` are searched for in the memos as in transcripts: words, "phrases", beginnings (`sécu*`), NEAR. Raises
    InputRefused where they cannot be.
    """
    found = holds(words) if words else None
    return [
        row
        for row in memo_rows(project, coder_id, viewer=viewer)
        if transcript_id in (None, row.transcript_id)
        and code_ref in (None, row.code_ref)
        and about in (None, row.about)
        and (found is None or found(row.text))
    ]


def place_of(project: Project, transcript: Transcript, memo: MemoRow) -> Span | None:
    """Where in the present text a memo is; null for one on the whole transcript, or whose place is gone."""
    if not memo.place:
        return None
    try:
        return find_place(open_text(project, transcript), memo.place)
    except HsreviewError:
        return None
