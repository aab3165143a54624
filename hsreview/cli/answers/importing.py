"""Answers of `import`, with and without `--dry-run`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import Role


class Doubt(TypedDict):
    """A warning of a reader."""

    code: str
    """A stable English word."""
    message: str
    count: int


class ImportedFile(TypedDict):
    """What became of a file."""

    file: str
    status: Literal["stored", "known", "refused", "skipped"]
    """`known`: its content is in the project already."""
    transcript_id: str | None
    """Of a stored file."""
    name: str
    """The transcript's name; empty for a file that was refused or skipped."""
    words: int
    turns: int
    reason: str
    """Why a file was refused or skipped."""
    doubts: list[Doubt]


class Imported(TypedDict):
    """What an import did."""

    files: list[ImportedFile]
    warnings: list[str]


class StagedSpeaker(TypedDict):
    """A label with the role that is proposed for it."""

    label: str
    role: Role
    turns: int
    words: int
    sample: str


class StagedTurn(TypedDict):
    """One of the first turns of a file."""

    number: int
    speaker: str | None
    start: int
    label_end: int
    end: int
    text: str


class StagedFile(TypedDict):
    """What a reader found in a file. Of a file that was skipped or could not be read only `file`, `status` and `reason`
    say anything."""

    file: str
    status: Literal["staged", "known", "refused", "skipped"]
    """`known`: its content is in the project already, or in a file before it."""
    reason: str
    name: str
    format: str
    encoding: str
    """Empty where the format fixes it."""
    convention: str
    """How speakers are labelled; `none` when they are not."""
    language: str
    words: int
    turns: int
    speakers: list[StagedSpeaker]
    doubts: list[Doubt]
    readings: dict[str, str]
    """Other encodings, and how the first accented words read in them."""
    sample: list[StagedTurn]
    """The first turns."""


class StagedFiles(TypedDict):
    """What an import would do (`--dry-run`); nothing was stored."""

    files: list[StagedFile]
