"""Answers about several states: `overlay matrix`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import TextIn


class StateSide(TypedDict):
    """One project, and what its numbers rest on."""

    name: str
    """What the other lists call it: its state, with the project's name where two projects are of one state."""
    state: str
    project: str
    project_id: str
    layer: str
    codebook: str
    codebook_version: str
    base: str
    """Ref of the codebook under all overlays."""
    base_version: str
    overlays: list[str]
    """`id@version`, the one nearest to the base first."""
    interviews: int
    reviewed: int
    """Interviews on which the numbers rest."""
    respondents_heard: int
    nameless: int
    """Speakers behind whom nobody is known; they are in no number of people."""


class StateCell(TypedDict):
    """What one state says on one code."""

    state: str
    codings: int | None
    """Null where the state does not compare the code; `not_compared` says why."""
    respondents: int | None
    """Who speak in these codings."""
    through: list[str]
    """Refs of codes of the state whose codings count here too."""


class StateCode(TypedDict):
    """One code that at least two states compare."""

    id: str
    ref: str
    label: TextIn
    theme: str
    cells: list[StateCell]
    """One for each state, in their order."""


class CodeNotCompared(TypedDict):
    """One code that one state does not compare."""

    id: str
    ref: str
    label: TextIn
    state: str
    why: Literal[
        "deactivated", "not_used", "missing", "merged", "took_over", "redefined", "unmapped", "broader", "none",
        "target",
    ]  # fmt: skip
    message: str
    """Why, in the interface language."""


class StateMatrix(TypedDict):
    """What several states have in common."""

    internal: bool
    """Always true: numbers of few people are not for publication."""
    states: list[StateSide]
    codes: list[StateCode]
    not_compared: list[CodeNotCompared]
