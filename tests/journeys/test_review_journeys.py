"""A lead settles ten differences at a real (pseudo-)terminal, and the program is killed in the midst."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are a POSIX thing")

from hsreview.model.review import Entry, TranscriptConsensus
from hsreview.workflows.adjudicating import consensus_of
from hsreview.workflows.checking import doctor
from hsreview.workflows.comparing import compare
from hsreview.workflows.projects import open_project
from hsreview.workflows.reading import codings_of
from tests.journeys.seat import on
from tests.tui.differing import CHEFS, differing

WORDS = ("Nous", "avons", "travaillé", "avec", "chefs", "budget", "tous", "manger", "femmes", "début")


def standing(root: Path) -> TranscriptConsensus:
    with open_project(root) as project:
        return consensus_of(project)[0]


def measured(root: Path) -> tuple[float | None, int, list[str]]:
    """α over all codes, how many codings the coders have, and what the doctor finds."""
    with open_project(root) as project:
        report = compare(project)
        sound = [str(finding) for finding in doctor(project)]
        return report.overall["krippendorff_alpha_nominal"].value, len(codings_of(project)), sound


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Awa and Moussa agree on one sentence and put other codes on ten words."""
    awa = [("K4", CHEFS), *(("D1", word) for word in WORDS)]
    moussa = [("K4", CHEFS), *(("D2", word) for word in WORDS)]
    return differing(tmp_path / "project", (("Awa", awa), ("Moussa", moussa)))


def test_ten_differences_are_settled_though_the_program_is_killed(root: Path) -> None:
    before = measured(root)
    assert len(standing(root).differences) == 10 and standing(root).settled == ()
    with on(root, columns=80, rows=24, environment={"NO_COLOR": "1"}) as seat:
        seat.see("cso-1")
        seat.press("g", "j")
        seat.see("0/10", "differences open")
        seat.press("enter")
        seat.see("1 of 10", "decided 0/10", "1-2 take")
        seat.press("1", "2", "b", "x")
        seat.see("5 of 10", "decided 4/10 by Awa")
        os.kill(seat.terminal.pid, signal.SIGKILL)
        assert seat.ended() == -signal.SIGKILL
    assert standing(root).open == 6
    with on(root, columns=80, rows=24) as seat:
        seat.see("cso-1")
        seat.press("g", "j")
        seat.see("4/10")
        seat.press("enter")
        seat.see("5 of 10", "decided 4/10 by Awa")
        seat.press("m")
        seat.see("Reason:")
        seat.press("=one word is no theme", "enter")
        seat.see("one word is no theme")
        seat.press("0")
        seat.see("decided 5/10")
        seat.press("1", "1", "u", "1", "2", "2", "2")
        seat.see("decided 10/10", "part of the consensus")
        seat.press("escape")
        seat.see("✓ adjudicated")
        seat.press("ctrl+q")
        assert seat.ended() == 0
    found = standing(root)
    outcomes = [each.decision.outcome.value for each in found.differences if each.decision]
    assert found.entry is Entry.ADJUDICATED and found.open == 0
    assert outcomes == ["take", "take", "both", "neither", "neither", "take", "take", "take", "take", "take"]
    assert [each.decision.because for each in found.differences if each.decision][4] == "one word is no theme"
    assert len(found.settled) == 10, "what both agree on, seven taken, and two of the one where both hold"
    assert measured(root) == before, "the coders' own layers, and what is measured on them, stay as they were"
    assert before[2] == []
