"""Answers about the framework as files: `framework export`, `framework import`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.framework import RowKindWord


class FrameworkFile(TypedDict):
    """A file that was written."""

    path: str
    rows: int
    public: bool
    sheets: list[str]
    """Titles of the sheets; none of a document."""
    warnings: list[str]
    """Of a public file: which cells repeat what somebody said or name somebody, each in a sentence."""


class FrameworkCellChange(TypedDict):
    """A cell, or a whole row, of a file that says something else than the project."""

    name: str
    """By which it is accepted: `IN1.unit` for a cell, `IN+1` for a new row, `IN1.removed` for a row that is gone."""
    cell: str
    """Of the file: `Indicateurs!F7`; empty for a row that is gone."""
    kind: Literal["new", "filled", "changed", "emptied", "clash", "removed"]
    """`clash`: the project's cell was changed since the file was written, too."""
    row: str
    """Ref; empty for a new row."""
    row_kind: RowKindWord
    column: str
    """Key of the column, `status` or `under`; empty for a whole row."""
    was: str
    """What the file said when it was written."""
    now: str
    """What the project says."""
    after: str
    """What the file says; of a new row its cells."""
    taken: bool
    """Whether it was (or in a dry run would be) stored."""


class FrameworkBookFault(TypedDict):
    """Something in a file that cannot be read."""

    cell: str
    code: str
    message: str


class FrameworkImported(TypedDict):
    """What a file that came back brought."""

    stored: int
    changes: list[FrameworkCellChange]
    faults: list[FrameworkBookFault]
    notices: list[str]
    """What else should be known, comments on cells among it."""
