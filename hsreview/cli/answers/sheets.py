"""Answers of `sheet`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import PassKey


class _SheetMade(TypedDict):
    path: str
    transcript_id: str
    transcript: str
    coder_id: str
    coder: str
    unit: Literal["sentence", "turn"]
    rows: int
    """Rows that can be coded."""
    codes: int
    """Codes in the lists."""


class SheetMade(_SheetMade, PassKey):
    """A coding sheet that was written."""


class KeptOfSheet(TypedDict):
    """A coding or memo that a sheet no longer has, and that was kept."""

    id: str
    place: str
    """Turn and sentence, such as `12.3`."""
    code: str | None
    """Ref of the code; null for a memo."""


class _SheetRead(TypedDict):
    dry_run: bool
    """True when nothing was stored."""
    transcript_id: str
    transcript: str
    coder_id: str
    coder: str
    rows: int
    """Rows of the sheet that can be coded."""
    missing_rows: int
    """Rows that are no longer in the sheet; what they had stays."""
    added: int
    present: int
    """Codings of the sheet that were there already."""
    removed: int
    """Codings of an earlier reading that the sheet no longer has."""
    memos: int
    """Memos written or changed."""
    memos_removed: int
    kept: list[KeptOfSheet]
    """What an earlier reading put, the sheet no longer has, and stays because of what was done on it since."""
    reviewed: bool
    """Whether it marks (or, in a dry run, would mark) the transcript as reviewed."""


class SheetRead(_SheetRead, PassKey):
    """What a coding sheet brought."""


class TranscriptExported(TypedDict):
    """A coded transcript that was written as a document."""

    path: str
    transcript_id: str
    layer: str
    codings: int


class DecisionsRead(TypedDict):
    """Decisions that a sheet of disagreements brought."""

    dry_run: bool
    stored: int
    present: int
    """Decisions that stood already, with the same reason."""
