"""Answers about the team and its results: `coders`, `progress`, `layers`, `export`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import PassKey


class CoderEntry(TypedDict):
    """A member of the team."""

    id: str
    name: str
    role: Literal["coder", "lead", "validator", "archivist"]


class Coders(TypedDict):
    """The team by name."""

    coders: list[CoderEntry]


class _ProgressEntry(TypedDict):
    transcript_id: str
    transcript: str
    coder_id: str
    coder: str
    assigned: bool
    started: bool
    reviewed: bool
    corrected_since: bool
    """Whether the text was corrected after it was marked reviewed; the mark counts all the same."""
    codings: int | None
    """Null where the reader, who codes blind, may not see it; so are the next and the share."""
    coded_turns: int | None
    """Respondents' turns that this coder's codings touch."""
    turns: int
    """Respondents' turns of the transcript."""
    share: float | None
    """Part of these turns that are coded (0–1); null when there are none."""


class ProgressEntry(_ProgressEntry, PassKey):
    """How far one coder is with one transcript. `pass` is empty for the first pass."""


class Progress(TypedDict):
    """Every coder with every transcript they were given, coded or marked."""

    progress: list[ProgressEntry]


class _LayerEntry(TypedDict):
    name: str
    """The coder's name, `name/pass` for another reading by the same coder, or `consensus`."""
    coder_id: str | None
    """Null for the consensus layer."""
    codings: int | None
    """Null where the reader, who codes blind, may not see all of it."""


class LayerEntry(_LayerEntry, PassKey):
    """Whose codings are meant. `pass` is empty for a first reading."""


class Layers(TypedDict):
    """The layers that hold codings."""

    layers: list[LayerEntry]


class Exported(TypedDict):
    """A workbook that was written."""

    path: str
    layer: str
    sheets: list[str]
    left_out: list[str]
