"""The chain from words to rows: what a row stands on, and what stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from hsreview.model.framework import Evidence, Row, RowKind, SourceKind, Stance

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ground:
    """One link on which a row stands, directly or through findings."""

    link: Evidence
    stance: Stance
    """What its source does to that row."""


@dataclass(frozen=True)
class Framework:
    """Every row with what it stands on; rows come by kind and in their order."""

    rows: Sequence[Row]
    evidence: Sequence[Evidence]

    @cached_property
    def by_id(self) -> Mapping[str, Row]:
        """Id → row."""
        return {row.id: row for row in self.rows}

    @cached_property
    def links(self) -> Mapping[str, Sequence[Evidence]]:
        """Id of a row → its links, in the order in which they were made."""
        return _grouped((link.row_id, link) for link in self.evidence if link.row_id in self.by_id)

    @cached_property
    def uses(self) -> Mapping[str, Sequence[Evidence]]:
        """Id of a coding or a finding → the links that rest on it."""
        return _grouped((link.source, link) for link in self.evidence if link.row_id in self.by_id)

    @cached_property
    def children(self) -> Mapping[str, Sequence[Row]]:
        """Id of a row → the rows under it; under an empty id those at the top, or whose parent was removed."""
        return _grouped((row.parent_id if row.parent_id in self.by_id else "", row) for row in self.rows)

    def of(self, *kinds: RowKind) -> list[Row]:
        """The rows of these kinds."""
        return [row for row in self.rows if row.kind in kinds]

    def down(self, row_id: str) -> Iterator[Ground]:
        """Every link on which a row stands, through findings, with what it does to the row; its own first.

        A finding is gone into once for each stance in which it is reached.
        """
        waiting, seen = [(row_id, Stance.SUPPORTS)], {(row_id, Stance.SUPPORTS)}
        while waiting:
            here, towards = waiting.pop(0)
            for link in self.links.get(here, ()):
                stance = seen_through(towards, link.stance)
                yield Ground(link, stance)
                step = (link.source, stance)
                if link.source_kind is SourceKind.FINDING and step not in seen:
                    seen.add(step)
                    waiting.append(step)

    def up(self, source: str) -> Iterator[Evidence]:
        """Every link that rests on a coding or a finding, through findings, each once; the nearest first."""
        waiting, seen = [source], {source}
        while waiting:
            for link in self.uses.get(waiting.pop(0), ()):
                yield link
                if link.row_id not in seen:
                    seen.add(link.row_id)
                    waiting.append(link.row_id)

    def is_answered(self, row_id: str) -> bool:
        """Whether what contradicts a row has an answer: in it, or in every contradicted finding that supports it.

        An answer covers all that stands under it.
        """
        waiting, seen, found = [row_id], {row_id}, False
        while waiting:
            here = waiting.pop()
            row = self.by_id.get(here)
            if row is not None and str(row.data.get("answered") or "").strip():
                found = True
            elif here in self._contradicted:
                return False
            else:
                below = [each for each in self._supporting.get(here, ()) if each not in seen]
                seen.update(below)
                waiting += below
        return found

    @cached_property
    def _contradicted(self) -> frozenset[str]:
        """Ids of rows with a link that contradicts them."""
        return frozenset(link.row_id for link in self.evidence if link.stance is Stance.CONTRADICTS)

    @cached_property
    def _supporting(self) -> Mapping[str, Sequence[str]]:
        """Id of a row → the findings that support it."""
        return _grouped(
            (link.row_id, link.source)
            for link in self.evidence
            if link.source_kind is SourceKind.FINDING and link.stance is Stance.SUPPORTS
        )

    def codings(self, row_id: str) -> list[str]:
        """Ids of the codings on which a row stands, directly or through findings, each once."""
        links = (ground.link for ground in self.down(row_id))
        return list(dict.fromkeys(link.source for link in links if link.source_kind is SourceKind.CODING))


def seen_through(towards: Stance, stance: Stance) -> Stance:
    """What a source does to a row, when it does `stance` to a finding that does `towards` to the row."""
    if towards is Stance.SUPPORTS:
        return stance
    if towards is Stance.CONTRADICTS:
        return _OPPOSITE.get(stance, stance)
    return towards


_OPPOSITE = {Stance.SUPPORTS: Stance.CONTRADICTS, Stance.CONTRADICTS: Stance.SUPPORTS}


def _grouped(pairs: Iterable[tuple[str | None, T]]) -> Mapping[str, Sequence[T]]:
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key or "", []).append(value)
    return found
