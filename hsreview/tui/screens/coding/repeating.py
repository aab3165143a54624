"""Which codes `repeat` applies: those of the last selection that still bears what was applied to it."""

from __future__ import annotations

from collections.abc import Iterable

from hsreview.model.coding import Coding
from hsreview.model.text import Span
from hsreview.project import queries
from hsreview.workflows.projects import Project


class Applied:
    """What was applied on this screen, selection by selection; all of it in memory."""

    def __init__(self) -> None:
        self._acts: list[dict[str, str]] = []
        """For each selection, in the order of the acts: code id → coding id."""
        self._span: Span | None = None

    def __bool__(self) -> bool:
        return bool(self._acts)

    def add(self, span: Span, codings: Iterable[Coding]) -> None:
        """Codes applied one after the other to one selection are repeated together."""
        if span != self._span:
            self._acts.append({})
            self._span = span
        self._acts[-1] |= {coding.code_id: coding.id for coding in codings}

    def go_on(self) -> None:
        """What comes now stands elsewhere, even between the same offsets."""
        self._span = None

    def last(self, project: Project) -> list[str]:
        """The codes of the last selection on which any still stands: what was undone or deleted is passed over."""
        for act in reversed(self._acts):
            standing = {coding.id for coding in queries.codings_by_id(project.connection, act.values())}
            if standing:
                return [code_id for code_id, coding_id in act.items() if coding_id in standing]
        return []
