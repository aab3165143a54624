"""What changed in a layer since an export of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Exported:
    """One coding as an earlier workbook holds it."""

    quote_id: str
    code: str
    """Its ref then."""
    start: int | None
    end: int | None
    text: str
    memo: str
    starred: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier workbook as far as a later one is compared with it."""

    project_id: str
    layer: str
    """As its provenance says it, in its own language."""
    made: str
    codings: Mapping[str, Exported]
    """By the id of the coding."""


class Kind(StrEnum):
    """What became of a coding."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ChangedCoding:
    """One coding that is not as it was."""

    kind: Kind
    coding_id: str
    quote_id: str
    code: str
    """Its ref now; of one that is gone, then."""
    fields: tuple[str, ...]
    """What changed: `code`, `span`, `text`, `memo`, `star`."""
    before: str
    """The values of `fields` then, the text of one that is gone."""
    now: str


@dataclass(frozen=True, slots=True)
class ChangedTheme:
    """One theme then and now; `theme_id` is empty for codes that are no longer in the codebook."""

    theme_id: str
    before: int
    now: int
    added: int
    removed: int
    changed: int
    stars_before: int
    stars_now: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed since an export."""

    made: str
    layer: str
    codings: Sequence[ChangedCoding]
    themes: Sequence[ChangedTheme]
