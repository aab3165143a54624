"""The codebook as its rows: every question, theme and code, also those that nobody uses any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hsreview.model.codebook import Status
from hsreview.model.localized import Localized


@dataclass(frozen=True, slots=True)
class CodeNode:
    """One question, theme or code."""

    id: str
    kind: str
    """`question`, `theme` or `code`."""
    ref: str
    parent_id: str | None
    position: int
    status: str
    merged_into: str | None
    codable: bool
    data: Mapping[str, Any]
    """The keys of its plain JSON that are not fields here."""

    @property
    def label(self) -> Localized:
        """Its name in both languages."""
        return Localized.from_json(self.data.get("label"))

    @property
    def in_use(self) -> bool:
        """Whether it stands in the codebook: accepted, or proposed."""
        return self.status in (Status.ACTIVE, Status.PROPOSED)


@dataclass(frozen=True, slots=True)
class Edit:
    """New values for fields of one row of the codebook."""

    table: str
    """`code`, or `codebook` for what concerns the whole."""
    id: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class CodeTree:
    """Every node, and what the codebook holds beside them."""

    nodes: tuple[CodeNode, ...]
    """In the order of the codebook, siblings beside each other or not."""
    data: Mapping[str, Any]
    """Modifiers, passes, groups … in plain JSON."""

    @cached_property
    def by_id(self) -> dict[str, CodeNode]:
        """Id → node."""
        return {node.id: node for node in self.nodes}

    def children(self, parent_id: str | None) -> list[CodeNode]:
        """The codes directly below a node, in their order."""
        return [node for node in self.nodes if node.kind == "code" and node.parent_id == parent_id]

    def siblings(self, node: CodeNode) -> list[CodeNode]:
        """The nodes that stand in one list with `node`, itself among them."""
        if node.kind == "code":
            return self.children(node.parent_id)
        return [other for other in self.nodes if other.kind == node.kind]

    def below(self, node_id: str) -> list[CodeNode]:
        """All codes below a node; none twice, also where a contradiction made a circle."""
        found: dict[str, CodeNode] = {}
        waiting = self.children(node_id)
        while waiting:
            node = waiting.pop(0)
            if node.id not in found and node.id != node_id:
                found[node.id] = node
                waiting[:0] = self.children(node.id)
        return list(found.values())

    def above(self, node: CodeNode) -> Iterator[CodeNode]:
        """The nodes above one, the nearest first; a node without a known parent has none."""
        seen = {node.id}
        while node.parent_id in self.by_id and node.parent_id not in seen:
            node = self.by_id[node.parent_id]
            seen.add(node.id)
            yield node

    def refs(self, ids: Iterable[str]) -> str:
        """The refs of nodes, for sentences: `D1, D2`."""
        return ", ".join(self.by_id[each].ref for each in ids)
