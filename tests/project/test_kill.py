"""`kill -9` at random moments: nothing that was shown is lost, and nothing half done remains."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.reading import codings_of, transcripts
from tests.builders import a_project

ROOT = Path(__file__).resolve().parents[2]


def _killed_after(root: Path, what: str, lines: int, first: int) -> set[str]:
    """Run the child, kill it after `lines` acknowledged acts, and return everything it had acknowledged."""
    command = [sys.executable, "-m", "tests.project.kill_child", str(root), what, str(first)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        shown = [child.stdout.readline().strip() for _ in range(lines)]
        child.kill()
        shown += child.stdout.read().split()
    return {line for line in shown if line}


def _check(root: Path, what: str, kills: int) -> None:
    project, _coder = a_project(root)
    project.close()
    chance = random.Random(20261121)
    shown: set[str] = set()
    for kill in range(kills):
        shown |= _killed_after(root, what, chance.randint(1, 12), 1 + kill * 1000)
        with Project.open(root) as after:
            stored = {c.id for c in codings_of(after)} if what == "codings" else {t.name for t in transcripts(after)}
            assert shown <= stored
            assert len(stored - shown) <= kill + 2, "at most the act under way at each kill is stored but was not shown"
            assert examine(after.connection) == []


@pytest.mark.parametrize("what", ["codings", "imports"])
def test_nothing_shown_is_lost(tmp_path: Path, what: str) -> None:
    _check(tmp_path, what, 25)


@pytest.mark.deep
@pytest.mark.parametrize("what", ["codings", "imports"])
def test_nothing_shown_is_lost_deep(tmp_path: Path, what: str) -> None:
    _check(tmp_path, what, 500)
