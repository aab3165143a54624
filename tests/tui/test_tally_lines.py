"""The lines of the screen on which hands are counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.model.localized import Localized
from hsreview.project.project import Project
from hsreview.tui.tally_lines import wording
from hsreview.tui.widgets.bar import Line
from hsreview.workflows.coders import coders
from tests.meetings import a_meeting

HEARD = "heard from 3 to 5 of the 16 people interviewed · civil society and policymakers"
GRADE = "strength of evidence: moderate"


def _said(lines: list[Line]) -> list[str]:
    return ["".join(piece.text for piece in left).strip() for left, _right in lines]


@pytest.mark.parametrize(
    ("width", "evidence", "last"),
    [
        (120, 1, [f"{HEARD} · {GRADE}"]),
        (80, 1, [f"{GRADE} · heard from 3 to 5 of the 16 people…"]),
        (80, 2, [HEARD.removesuffix(" policymakers"), f"policymakers · {GRADE}"]),
    ],
)
def test_the_grade_is_never_cut_from_what_is_said_of_the_evidence(
    root: Path, width: int, evidence: int, last: list[str]
) -> None:
    with Project.open(root) as project:
        meeting = a_meeting(project, coders(project)[0])
    ballot = replace(meeting.ballots[0], badge=Localized("", f"{HEARD} · {GRADE}"))
    said = _said(wording(meeting, ballot, "en", width, 3, other=False, evidence=evidence))
    assert said[0] == "Meetings with the state, no. 1" and said[1:] == last
