"""A small team with differences, worked out by hand in the tests."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.model.review import Difference, TranscriptConsensus
from hsreview.workflows.adjudicating import consensus_codings, consensus_of
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed
from tests.builders import a_project, code_id, opened


class Team:
    """A project that Awa leads, where Binta and Chaka code `cso-1`; turn 3 is 48–133, turn 5 is 164–242."""

    def __init__(self, root: Path) -> None:
        self.project, self.awa = a_project(root)
        self.binta = store_coder(self.project, Coder(new_id(), "Binta"))
        self.chaka = store_coder(self.project, Coder(new_id(), "Chaka"))
        self.text = opened(self.project)
        self.transcript = self.text.transcript.id

    def code(self, coder: Coder, start: int, end: int, *refs: str, flags: tuple[str, ...] = ()) -> list[str]:
        found = add_codings(
            self.project, coder, self.text.version.id, start, end, [code_id(ref) for ref in refs], flags=flags
        )  # fmt: skip
        return [each.id for each in found]

    def reviewed(self, *coders: Coder) -> None:
        for coder in coders or (self.binta, self.chaka):
            mark_reviewed(self.project, coder, self.transcript)

    def state(self) -> TranscriptConsensus:
        (found,) = consensus_of(self.project)
        return found

    def only(self) -> Difference:
        (found,) = self.state().differences
        return found

    def layer(self) -> list[tuple[str, int, int]]:
        refs = {code_id(ref): ref for ref in ("D1", "D2", "K4")}
        return [(refs[c.code_id], c.start, c.end) for c in consensus_codings(self.project)]
